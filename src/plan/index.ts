export { atRevision, FOUND, judgeBase } from './base.ts'
export type { Base } from './base.ts'
export { countActions } from './plan.ts'
export type {
  Action,
  ActionType,
  FieldChange,
  Inventory,
  InventoryChange,
  Plan,
  PlanCounts,
  PlannedEndpoint,
  RelatedObject,
} from './plan.ts'
export { asFirstApplied } from './decide/first-apply.ts'
export { takenOver } from './decide/takeover.ts'
export { groupKind } from './observe/inventory.ts'
export { checkReferences } from './observe/references.ts'
export { planSet } from './plan-set.ts'
export type { PlanOptions, PlanRequest } from './scope.ts'
export { readSet } from './observe/read-set.ts'
export { appliedTo, readSync, syncState } from './sync.ts'
export type { Deviation, KnownDecisions, Sync, SyncState } from './sync.ts'
export { compareRenders } from './compare-renders.ts'
export type { ObjectChange } from './compare-renders.ts'
export { manifestOf } from './decide/replacement.ts'
export { REVISIONS_KEY, revisionsOf } from './revisions.ts'
export type { Result, Revision } from './revisions.ts'
export { portForward, readingOf, rolePermissions } from './permissions.ts'
export type { Permission, PermissionsInput } from './permissions.ts'
export { forbiddenVerbs, withPermissions } from './missing-permissions.ts'
export { partsLost, SERVED_BY_RUNTIMES } from './losses/parts.ts'
export { podLabels } from './losses/pods.ts'
export { referencesLost } from './losses/references.ts'
export { listOutsiders } from './observe/outsiders.ts'
export type { Found } from './observe/outsiders.ts'
