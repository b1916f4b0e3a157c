import type { Cluster } from '../../cluster/index.ts'
import { formatRef, keyOf, refOf, setId, setParent, type KubeObject } from '../../object/index.ts'
import { ownerOf } from '../../plan/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import { listNamespace } from '../namespace/list-namespace.ts'

interface Looking {
  cluster: Cluster
  set: EndpointSet
  workload: KubeObject
  related: readonly KubeObject[]
}

/**
 * Other objects of the workload's namespace that may lead to its pods, scale them, or run pods like them; kinds that may not be listed are told, and
 * who else answers for the workload.
 */
export async function outsidersFor({
  cluster,
  set: { project, environment },
  workload,
  related,
}: Looking): Promise<{ others: KubeObject[]; problems: Problem[] }> {
  const id = setId(setParent(project, environment.name, environment.namespace))
  const namespace = workload.metadata.namespace ?? environment.namespace
  const { live, problems } = await listNamespace({ cluster, setId: id, namespace })
  const known = new Set([workload, ...related].map(object => keyOf(refOf(object))))
  return {
    others: live.filter(object => !known.has(keyOf(refOf(object)))),
    problems: [...ownedElsewhere(workload, id), ...problems],
  }
}

/** An apply refuses what somebody else answers for, so it is told before the spec is written. */
export function ownedElsewhere(workload: KubeObject, id: string): Problem[] {
  const owner = ownerOf(workload, id)
  if (owner === undefined) return []
  const object = formatRef(refOf(workload))
  return [
    {
      code: 'foreign-owner',
      severity: 'warning',
      message: `${object} belongs to ${owner}`,
      object,
      cause: 'As long as it does, applying its endpoint is refused.',
      remedy: 'Let it go where it is managed now, without deleting it, before you apply.',
    },
  ]
}
