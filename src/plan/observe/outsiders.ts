import { APPLYSET } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { asProblem, ClusterError } from '../../cluster/index.ts'
import type { Cluster, KindRef } from '../../cluster/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { Scope } from '../scope.ts'

/** Objects outside the set that may point at those of the set, and what could not be looked for. */
export interface Found {
  objects: KubeObject[]
  problems: Problem[]
}

/** Of a namespace, listed when first asked for. */
export type Outsiders = (namespace: string) => Promise<Found>

export function outsidersOf(scope: Scope): Outsiders {
  const known = new Map<string, Promise<Found>>()
  return namespace => {
    const found = known.get(namespace) ?? listOutsiders({ ...scope, ...scope.options }, namespace)
    known.set(namespace, found)
    return found
  }
}

const CANDIDATES: KindRef[] = [
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' },
]

interface Looking {
  cluster: Cluster
  setId: string
  /** What cannot be listed is an error. */
  includeRelated?: boolean
}

/** Objects of a namespace that are not of the set; kinds that may not be listed are told. */
export async function listOutsiders(looking: Looking, namespace: string): Promise<Found> {
  const lists = await Promise.all(CANDIDATES.map(kind => listKind(looking, kind, namespace)))
  return {
    objects: lists.flatMap(({ items }) => items),
    problems: lists.flatMap(({ problem }) => problem ?? []),
  }
}

/** One kind that cannot be listed (we may not, a conversion webhook is down) keeps nothing from going: this is for information. */
async function listKind(looking: Looking, kind: KindRef, namespace: string) {
  const { cluster, setId, includeRelated } = looking
  try {
    if ((await cluster.kind(kind)) === undefined) return { items: [] }
    // The set itself, which may be large, stays on the server.
    const labelSelector = `${APPLYSET.partOf}!=${setId}`
    const { items } = await cluster.list({ ...kind, namespace, labelSelector })
    return { items: items.filter(object => !isOwnersMatter(object)) }
  } catch (error) {
    const isTold = error instanceof ClusterError && error.failure.type !== 'unexpected'
    if (!isTold || includeRelated === true) throw error
    const problem = asProblem(error)
    const message = `related objects of kind ${kind.kind} could not be looked for: ${problem.message}`
    return { items: [], problem: { ...problem, severity: 'warning' as const, message } }
  }
}

/** What a controller made; but an autoscaler that it made decides our replicas. */
function isOwnersMatter({ kind, metadata }: KubeObject): boolean {
  const hasController = metadata.ownerReferences?.some(owner => owner.controller === true)
  return hasController === true && kind !== 'HorizontalPodAutoscaler'
}
