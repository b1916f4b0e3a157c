import type { UnmarkedMember } from './observe/unmarked.ts'
import type { KubeObject, ObjectRef, SetParent } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import type { WaitParts } from '../words/index.ts'
import type { RevisionInfo } from '../project/index.ts'
import type { Action } from './action.ts'
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
  /** Objects that are as they should be. */
  unchanged: ObjectRef[]
  /** Every endpoint of the plan's scope, those that leave included, with all that is done for it. */
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
  /** Endpoints are deleted because somebody asked for it, whatever git says. */
  deletion?: Deletion
  /** The newest entry of the record. */
  lastRevision?: Revision
  /** Of what is reviewed: same actions and same contents give the same hash. */
  hash: string
}

export interface Deletion {
  /** Deleted endpoints that git still has: the next apply creates them again. */
  inGit: string[]
}

export interface PlannedEndpoint {
  name: string
  /** Ordered by wave, then by name. */
  actions: Action[]
  /** Desired objects, by whose readiness the endpoint is judged; empty for one that leaves. */
  objects: KubeObject[]
  /** Nothing changes and everything was ready when the plan was made: no waiting. */
  settled: boolean
  /** How long its pods may take to become ready: load budget, scheduling and image pull. */
  readySeconds: number
  /** What that is the sum of; absent where something else decides it. */
  budget?: WaitParts
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
  /** Members without the set's label; absent where there are none. */
  unmarked?: UnmarkedMember[]
}

export interface RelatedObject {
  ref: ObjectRef
  endpoint: string
  /** `its scaleTargetRef points at Deployment/llm-ops/chat` */
  reason: string
  /** Another set, tool or controller answers for it, or it only needs what goes: never deleted. */
  isForeign?: true
  uid?: string
}
