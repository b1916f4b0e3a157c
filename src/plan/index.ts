export { FOUND, judgeBase } from './base.ts'
export type { Base } from './base.ts'
export { actionsOf, countActions, hasDifferences } from './actions.ts'
export type { Action, ActionType, FieldChange, PlanCounts } from './action.ts'
export type {
  Deletion,
  Inventory,
  InventoryChange,
  Plan,
  PlannedEndpoint,
  RelatedObject,
} from './plan.ts'
export { asFirstApplied } from './decide/first-apply.ts'
export { takenOver } from './decide/takeover.ts'
export { checkReferences } from './observe/missing-references.ts'
export { planSet } from './plan-set.ts'
export type { PlanOptions, PlanRequest } from './scope.ts'
export { readRevisions } from './observe/read-revisions.ts'
export { readSet } from './observe/read-set.ts'
export type { SetState } from './observe/read-set.ts'
export { appliedTo, readSync, syncState } from './sync.ts'
export type { Deviation, KnownDecisions, Sync, SyncState } from './sync.ts'
export { compareRenders } from './compare-renders.ts'
export type { ObjectChange } from './compare-renders.ts'
export { manifestOf } from './decide/replacement.ts'
export { asCreated, replicasStillHeld } from './decide/scaling.ts'
export { lastOf, REVISIONS_KEY, revisionsOf } from './revisions.ts'
export type { Result, Revision } from './revisions.ts'
export { portForward, rolePermissions } from './permissions.ts'
export { rolesFor } from './roles.ts'
export type { Permission, PermissionsInput } from './permissions.ts'
export { forbiddenVerbs, withPermissions } from './missing-permissions.ts'
export { partsLost } from './losses/parts.ts'
export { referencesLost } from './losses/lost-references.ts'
export { ownerOf } from './observe/existing.ts'
export { SET_IDENTITY } from './observe/foreign-owner.ts'
export { listOutsiders } from './observe/outsiders.ts'
export type { Found } from './observe/outsiders.ts'
export { UNMARKED_KEY, unmarkedText } from './observe/unmarked.ts'
