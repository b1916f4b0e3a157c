import type { Cluster } from '../../cluster/index.ts'
import { keyOf, refOf, setId, setParent } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { listOutsiders } from '../../plan/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { EndpointSet } from '../../spec/index.ts'

interface Looking {
  cluster: Cluster
  set: EndpointSet
  workload: KubeObject
  related: readonly KubeObject[]
}

/** Other objects of the workload's namespace that may lead to its pods or scale them; kinds that may not be listed are told. */
export async function outsidersFor({
  cluster,
  set: { project, environment },
  workload,
  related,
}: Looking): Promise<{ others: KubeObject[]; problems: Problem[] }> {
  const id = setId(setParent(project, environment.name, environment.namespace))
  const namespace = workload.metadata.namespace ?? environment.namespace
  const { objects, problems } = await listOutsiders({ cluster, setId: id }, namespace)
  const known = new Set([workload, ...related].map(object => keyOf(refOf(object))))
  return { others: objects.filter(object => !known.has(keyOf(refOf(object)))), problems }
}
