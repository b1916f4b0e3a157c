import { ENDPOINT_LABEL, RECOMMENDED } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { isMark } from '../metadata.ts'
import type { Remark } from '../compare.ts'

/** Warnings of what is live and not as the spec renders it: what, where, why, and what to do. */
export function unsaidOf(remarks: readonly Remark[]): Problem[] {
  return remarks.flatMap(remark => {
    const { object, path, live, rendered } = remark
    if (path === '' || live === undefined) return []
    const becomes = rendered === undefined ? 'is not in the spec' : 'is something else in the spec'
    return [
      {
        code: 'not-imported' as const,
        severity: 'warning' as const,
        object,
        message: `${path} of ${object} ${becomes}`,
        ...reasonOf(remark),
      },
    ]
  })
}

const OURS = new Set<string>([...Object.values(RECOMMENDED), ENDPOINT_LABEL])

function reasonOf({ path }: Remark): Pick<Problem, 'cause' | 'remedy'> {
  const label = path.replace(/^metadata\.labels\./, '')
  if (isMark(path.replace(/^metadata\.(labels|annotations)\./, '')))
    return {
      cause:
        'By this mark another manager knows the object as its own, and an apply leaves it to that.',
      remedy: 'Remove the object there, and the mark from it, before slipway applies it.',
    }
  if (OURS.has(label) && label !== path)
    return {
      cause: 'slipway sets this label itself, on the object; pods keep theirs.',
      remedy: 'If something finds the object by it, let that look for another label.',
    }
  return {
    cause: 'Neither a field of the spec nor a patch sets it.',
    remedy: 'Add a patch under spec.patches; "slipway diff" shows what an apply would change.',
  }
}
