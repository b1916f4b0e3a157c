import { ClusterError, asProblem, type Cluster, type KindRef } from '../../cluster/index.ts'
import { RELATED_TYPES, kindOf } from '../../kinds/index.ts'
import { APPLYSET, controllerOf, type KubeObject } from '../../object/index.ts'
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

interface Looking {
  cluster: Cluster
  setId: string
  /** What cannot be listed is an error. */
  includeRelated?: boolean
}

/** Objects of a namespace that are not of the set; kinds that may not be listed are told. */
export async function listOutsiders(looking: Looking, namespace: string): Promise<Found> {
  const lists = await Promise.all(RELATED_TYPES.map(kind => listKind(looking, kind, namespace)))
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
function isOwnersMatter(object: KubeObject): boolean {
  return controllerOf(object) !== undefined && kindOf(object).scales === undefined
}
