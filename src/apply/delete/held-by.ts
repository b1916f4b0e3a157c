import { isOf, POD } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'

/** What a deletion waits for, as a clause: `Deployment/chat (finalizers: example.com/hold)`, `3 pods`. */
export function heldBy(left: readonly KubeObject[]): string {
  const pods = left.filter(object => isOf(object, POD))
  const others = left.filter(object => !isOf(object, POD)).map(named)
  if (pods.length === 0) return others.join(', ')
  const [first] = pods
  return pods.length === 1 && first !== undefined ? named(first) : `${pods.length} pods`
}

function named(object: KubeObject): string {
  const { deletionTimestamp, finalizers = [] } = object.metadata
  const name = `${object.kind}/${object.metadata.name}`
  if (deletionTimestamp === undefined || finalizers.length === 0) return name
  return `${name} (finalizers: ${finalizers.join(', ')})`
}
