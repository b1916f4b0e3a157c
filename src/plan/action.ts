import { isWorkload, waveOf, type Wave } from '../kinds/index.ts'
import { defined, type KubeObject, type ObjectRef } from '../object/index.ts'

/**
 * create    not there: apply
 * update    apply changes fields in place
 * adopt     there, without our label: apply takes it into the set
 * replace   an immutable field changes: delete, wait until gone, create
 * prune     in the set, no longer rendered: delete, wait until gone
 * switch    the other runtime's object of an endpoint that goes on: deleted before the new one is created
 */
export type ActionType = 'create' | 'update' | 'adopt' | 'replace' | 'prune' | 'switch'

export interface Action {
  type: ActionType
  ref: ObjectRef
  endpoint: string
  wave: Wave
  /** UID of the live object that the decision is about; absent for create. */
  uid?: string
  /** resourceVersion of the live object that is to be changed in place. */
  version?: string
  /** What to apply; absent for prune and switch. */
  desired?: KubeObject
  /** Field paths with both values; Secret values are fingerprints. Empty for create, prune and switch. */
  changes: FieldChange[]
  /** Why, as a clause: `spec.selector is immutable`, `no longer rendered`. */
  reason: string
  /** Whether running pods are replaced by it. */
  restartsPods: boolean
  /** What it takes from objects outside the set, and of an object that others made: a clause each. */
  losses?: string[]
  /** Of a Service whose selector changes: ready pods match the new one now. */
  keepsPods?: true
  /** managedFields entries of earlier managers to be moved to ours before the write. */
  migrate?: string[]
  /** Replicas that git leaves to an autoscaler: of what is new, those that it is created with; else the live ones, handed over before the write. */
  replicas?: number
  /** Apply with force: only where the plan found that every conflict is ours to take. */
  force?: boolean
  /** For prunes: goes before all writes, because what is written needs its GPUs. */
  first?: boolean
  /** For prunes: the endpoint that takes its place under another name, and must be ready before. */
  successor?: string
  /** Leads requests to pods: only when the endpoint's pods are ready and have answered. */
  held?: true
  /** Where it is held: what is written first, which leads no requests to its new pods yet. */
  interim?: KubeObject
  /** No longer covers pods that go: only when they are gone. */
  last?: true
  /** For prunes: as soon as the writes are done, and before anything is waited for. */
  soon?: true
  /** For prunes: only when gateways have had time to take up that requests go elsewhere. */
  settles?: true
  /** For replace: the live object without what the API server adds, in case the new one cannot be created. Of a Secret, nothing. */
  previous?: KubeObject
  /** For replace: the live object is already being deleted; it is only waited for. */
  terminating?: boolean
}

export interface FieldChange {
  /** `spec.template.spec.containers[name=server].image` */
  path: string
  before?: unknown
  after?: unknown
}

export interface PlanCounts {
  create: number
  update: number
  adopt: number
  replace: number
  prune: number
  switch: number
  unchanged: number
}

type Leaving = Pick<Action, 'ref' | 'endpoint' | 'reason' | 'soon'> & {
  type?: 'switch'
  uid: string | undefined
}

/** What is deleted, of a given UID only. */
export function removalOf({ ref, ...leaving }: Leaving): Action {
  const restartsPods = isWorkload(ref)
  return defined({
    type: 'prune' as const,
    ref,
    wave: waveOf(ref),
    changes: [],
    restartsPods,
    ...leaving,
  })
}
