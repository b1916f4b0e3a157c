import type { Cluster } from '../../cluster/index.ts'
import { isKserve } from '../../kinds/index.ts'
import { refOf } from '../../object/index.ts'
import { problemWith, type Problem } from '../../problem/index.ts'
import type { RenderedObject } from '../../render/index.ts'

/** Splits what the API server knows from what it does not (KServe is not installed, say): one problem per kind. */
export async function checkKinds(cluster: Cluster, objects: readonly RenderedObject[]) {
  const groups = Map.groupBy(objects, ({ object }) => `${object.kind}.${object.apiVersion}`)
  const asked = [...groups.values()].map(async group => {
    const [first] = group
    return { group, first, kind: first && (await cluster.kind(refOf(first.object))) }
  })
  const served: RenderedObject[] = []
  const problems: Problem[] = []
  for (const { group, first, kind } of await Promise.all(asked)) {
    if (first === undefined) continue
    if (kind === undefined) problems.push(unserved(first, group.length))
    else if (!kind.namespaced) problems.push(clusterWide(first))
    else served.push(...group)
  }
  return { served, problems }
}

/** What is not known without a cluster: a kind of somebody's own that has no namespaces. */
function clusterWide({ object, endpoint }: RenderedObject): Problem {
  return problemWith({
    code: 'bad-value',
    message: `a ${object.kind} is cluster-scoped, and a set holds namespaced objects only`,
    endpoint: endpoint.name,
    place: endpoint.placeOf('kind'),
    remedy: 'Apply it with the rest of the setup of the cluster.',
  })
}

function unserved({ object, endpoint }: RenderedObject, count: number): Problem {
  const others = count > 1 ? ` (${count} objects need it)` : ''
  return problemWith({
    code: 'kind-missing',
    message: `the cluster does not know the kind ${object.kind} of ${object.apiVersion}${others}`,
    endpoint: endpoint.name,
    place: endpoint.placeOf('spec.runtime'),
    remedy: isKserve(object)
      ? 'Install KServe, or serve without it: runtime: deployment, in the endpoint or for the whole environment.'
      : 'Install what brings this kind (its CustomResourceDefinition), or remove the object from the endpoint.',
  })
}
