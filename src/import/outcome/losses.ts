import { formatRef, keyOf, refOf, type KubeObject } from '../../object/index.ts'
import { partsLost, referencesLost } from '../../plan/index.ts'
import { hasErrors, type Problem } from '../../problem/index.ts'

interface Input {
  rendered: { objects: readonly KubeObject[]; problems: readonly Problem[] }
  live: readonly KubeObject[]
  others: readonly KubeObject[]
}

/** What an apply of the rendered objects would take from others, as a plan says it (docs/decisions/0053). */
export function lossesOf({ rendered, live, others }: Input): Problem[] {
  if (rendered.objects.length === 0 || hasErrors(rendered.problems))
    return [...rendered.problems, invalid(live)]
  const results = new Map(rendered.objects.map(object => [keyOf(refOf(object)), object]))
  return live.flatMap(object => {
    const result = results.get(keyOf(refOf(object)))
    if (result === undefined) return []
    const outsiders = others.filter(other => !results.has(keyOf(refOf(other))))
    const lost = [
      ...referencesLost({ live: object, result, isAdopted: true }, outsiders),
      ...partsLost(object, result),
    ]
    return lost.map(loss => problemOf(object, loss))
  })
}

function problemOf(object: KubeObject, loss: string): Problem {
  const ref = formatRef(refOf(object))
  return {
    code: 'guard',
    severity: 'error',
    object: ref,
    message: `an apply of the imported ${ref} would take from others: ${loss}`,
    cause: 'The spec cannot say it, so git would not have it.',
    remedy: 'Nothing was written. To write the spec all the same: --allow-loss.',
  }
}

function invalid([workload]: readonly KubeObject[]): Problem {
  const ref = workload === undefined ? 'object' : formatRef(refOf(workload))
  return {
    code: 'guard',
    severity: 'error',
    message: `${ref} is not imported, as its spec would not be valid`,
    remedy:
      'Fix what is named above. Or write the spec as it is, and correct it by hand: --allow-loss.',
  }
}
