import { formatRef, refOf, type KubeObject } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { plural } from '../../words/index.ts'
import { engineOf } from '../observe/engine.ts'

export interface EngineQuestion {
  environment: string
  /** Of the set, as they are now. */
  live: readonly KubeObject[]
  /** --take-back */
  takeBack: boolean
  /** The plan is only looked at. */
  isPreview: boolean
}

/** What an engine applies is its to apply: two that do take the objects from one another, and prune what only the other has. */
export function checkEngines(question: EngineQuestion): Problem[] {
  const { environment, live, takeBack, isPreview } = question
  if (takeBack) return []
  const owned = live.flatMap(object => {
    const engine = engineOf(object)
    return engine === undefined ? [] : [{ object, engine }]
  })
  const byOwner = Map.groupBy(owned, ({ engine }) => engine.owner)
  return [...byOwner].flatMap(([owner, objects]): Problem[] => {
    const [first] = objects
    if (first === undefined) return []
    const example = formatRef(refOf(first.object))
    return [
      {
        code: 'foreign-owner',
        severity: isPreview ? 'warning' : 'error',
        message: `${owner} applies ${environment}: ${plural(objects.length, 'object')}, ${example} among them`,
        object: example,
        cause:
          'Two engines that apply the same objects overwrite each other at every reconciliation.',
        remedy: `Commit, and let it apply. To take the set back, ${first.engine.release}; then apply once with --take-back.`,
      },
    ]
  })
}
