import { asProblem, ClusterError, type Cluster } from '../../cluster/index.ts'
import {
  DEPLOYMENT,
  KSERVE,
  OTHER_WORKLOADS,
  RELATED_TYPES,
  SUFFIXED,
  type Type,
} from '../../kinds/index.ts'
import { defined, type KubeObject } from '../../object/index.ts'
import { listOutsiders } from '../../plan/index.ts'
import type { Problem } from '../../problem/index.ts'
import { shareOf } from '../canary/revision-before.ts'

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
  // What serves beside a candidate is in Deployments that Knative made.
  const isShared = related.objects.some(each => shareOf(each) !== undefined)
  const beside = isShared ? [{ ...DEPLOYMENT, labelSelector: KSERVE.revision }] : []
  const lists = await Promise.all(
    [...further, ...beside].map(async type => listed(cluster, type, namespace)),
  )
  return {
    live: [...related.objects, ...lists.flatMap(({ items }) => items)],
    problems: [...related.problems, ...lists.flatMap(({ problem }) => problem ?? [])],
  }
}

function isListed({ apiVersion, kind }: Type, types: readonly Type[]): boolean {
  return types.some(type => type.apiVersion === apiVersion && type.kind === kind)
}

/** Of one kind; none where it is not served, and why where it may not be listed. */
export async function listed(
  cluster: Cluster,
  { apiVersion, kind, labelSelector }: Type & { labelSelector?: string },
  namespace: string,
): Promise<{ items: KubeObject[]; problem?: Problem }> {
  try {
    const query = { apiVersion, kind, namespace, ...defined({ labelSelector }) }
    const { items } = await cluster.list(query)
    return { items }
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    const problem = asProblem(error)
    const message = `objects of kind ${kind} could not be looked for: ${problem.message}`
    return { items: [], problem: { ...problem, severity: 'warning', message } }
  }
}
