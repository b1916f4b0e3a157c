import { isOf, POD } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { forcibleFinalizers } from '../../status/index.ts'

/** One step beyond what a deletion does by itself. */
export interface Forcing {
  /** Its finalizers are taken off, or the pod goes without its node's word that it has ended. */
  how: 'finalizers' | 'pod'
  object: KubeObject
}

export interface ForcingInput {
  /** What a deletion has left. */
  left: readonly KubeObject[]
  /** UIDs of the deleted object, which comes first, and of all that it owned, gone or not. */
  family: ReadonlySet<string>
  forceFinalizers: boolean
  forceDeletePods: boolean
  /** The API server's time. */
  now: Date
}

/** What may be done by force (D2, D8): only to what is being deleted, and that nothing outside the family owns. */
export function forcings({ left, family, now, ...asked }: ForcingInput): Forcing[] {
  const ours = left.filter(object => isDoomed(object, family))
  const held = ours.filter(object => forcibleFinalizers(object).length > 0)
  const late = ours.filter(object => isLatePod(object, now))
  return [
    ...(asked.forceFinalizers ? held.map(object => ({ how: 'finalizers' as const, object })) : []),
    ...(asked.forceDeletePods ? late.map(object => ({ how: 'pod' as const, object })) : []),
  ]
}

function isDoomed({ metadata }: KubeObject, family: ReadonlySet<string>): boolean {
  const [root] = family
  const { uid, deletionTimestamp, ownerReferences = [] } = metadata
  const isOurs = uid === root || ownerReferences.every(owner => family.has(owner.uid))
  return deletionTimestamp !== undefined && isOurs
}

/** A pod's deletionTimestamp is the end of its grace period. */
function isLatePod(object: KubeObject, now: Date): boolean {
  return isOf(object, POD) && Date.parse(object.metadata.deletionTimestamp ?? '') <= now.getTime()
}
