import { asProblem, ClusterError } from '../../cluster/index.ts'
import type { Cluster } from '../../cluster/index.ts'
import { OTHER_WORKLOADS, RELATED_TYPES, SUFFIXED } from '../../kinds/index.ts'
import type { Type } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { listOutsiders } from '../../plan/index.ts'
import type { Problem } from '../../problem/index.ts'

interface Listing {
  cluster: Cluster
  setId: string
  namespace: string
}

/** All of a namespace that an import looks at, one list for each kind; kinds that may not be listed are told. */
export async function listNamespace({
  cluster,
  setId,
  namespace,
}: Listing): Promise<{ live: KubeObject[]; problems: Problem[] }> {
  const related = await listOutsiders({ cluster, setId }, namespace)
  const further = [...SUFFIXED, ...OTHER_WORKLOADS].filter(type => !isListed(type, RELATED_TYPES))
  const lists = await Promise.all(further.map(async type => listed(cluster, type, namespace)))
  return {
    live: [...related.objects, ...lists.flatMap(({ items }) => items)],
    problems: [...related.problems, ...lists.flatMap(({ problem }) => problem ?? [])],
  }
}

function isListed({ apiVersion, kind }: Type, types: readonly Type[]): boolean {
  return types.some(type => type.apiVersion === apiVersion && type.kind === kind)
}

async function listed(
  cluster: Cluster,
  { apiVersion, kind }: Type,
  namespace: string,
): Promise<{ items: KubeObject[]; problem?: Problem }> {
  try {
    if ((await cluster.kind({ apiVersion, kind })) === undefined) return { items: [] }
    const { items } = await cluster.list({ apiVersion, kind, namespace })
    return { items: items.map(item => ({ ...item, apiVersion, kind })) }
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    const problem = asProblem(error)
    const message = `objects of kind ${kind} could not be looked for: ${problem.message}`
    return { items: [], problem: { ...problem, severity: 'warning', message } }
  }
}
