import type { KubeObject, ObjectRef, SetParent, Wave } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import type { RevisionInfo } from '../project/index.ts'
import type { Revision } from './revisions.ts'

/** The complete decision, as plain data, made before the first write. Apply obeys it and decides nothing. */
export interface Plan {
  project: string
  environment: string
  parent: SetParent
  setId: string
  /** What is applied. */
  revision: RevisionInfo
  /** Only to be looked at: it is never applied. */
  isPreview?: true
  /** Ordered by wave, then by name. */
  actions: Action[]
  /** Objects that are as they should be. */
  unchanged: ObjectRef[]
  /** Every endpoint of the plan's scope, those that leave included. */
  endpoints: PlannedEndpoint[]
  /** Namespaces that are missing and that the environment wants made. */
  createNamespaces: string[]
  /** Refusals (severity error: nothing may be applied) and warnings. */
  problems: Problem[]
  /** Objects that belong to an endpoint by reference but not to the set (D3): reported only. */
  related: RelatedObject[]
  /** What the parent must say before and after (KEP-3659: superset first, narrowed after pruning). */
  inventory: InventoryChange
  /** Limited to these endpoints; absent when the plan is about the whole set. */
  only?: string[]
  /** resourceVersion of the parent when live state was read: every apply that writes changes it. */
  parentVersion?: string
  /** The newest entry of the record. */
  lastRevision?: Revision
  /** Of what is reviewed: same actions and same contents give the same hash. */
  hash: string
}

export interface PlannedEndpoint {
  name: string
  /** Desired objects, by whose readiness the endpoint is judged; empty for one that leaves. */
  objects: KubeObject[]
  /** Nothing changes and everything was ready when the plan was made: no waiting. */
  settled: boolean
  /** How long its pods may take to become ready: load budget, scheduling and image pull. */
  readySeconds: number
}

/** What the parent says now, and must say before the first write and after the last prune (KEP-3659). */
export interface InventoryChange {
  recorded?: Inventory
  before: Inventory
  after: Inventory
}

export interface Inventory {
  groupKinds: string[]
  namespaces: string[]
}

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
  /** Live replicas that git leaves to an autoscaler: kept through the write, and handed over. */
  replicas?: number
  /** Apply with force: only where the plan found that every conflict is ours to take. */
  force?: boolean
  /** For prunes: goes before all writes, because what is written needs its GPUs. */
  first?: boolean
  /** For prunes: the endpoint that takes its place under another name, and must be ready before. */
  successor?: string
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

export interface RelatedObject {
  ref: ObjectRef
  endpoint: string
  /** `its scaleTargetRef points at Deployment/llm-ops/chat` */
  reason: string
  /** Another set, tool or controller answers for it: never deleted. */
  isForeign?: true
  uid?: string
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

export function countActions(plan: Plan): PlanCounts {
  const counts: PlanCounts = {
    create: 0,
    update: 0,
    adopt: 0,
    replace: 0,
    prune: 0,
    switch: 0,
    unchanged: plan.unchanged.length,
  }
  for (const action of plan.actions) counts[action.type] += 1
  return counts
}
