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
export { planSet } from './plan-set.ts'
export type { PlanOptions, PlanRequest } from './scope.ts'
export { compareRenders } from './compare-renders.ts'
export type { ObjectChange } from './compare-renders.ts'
export { REVISIONS_KEY, revisionsOf } from './revisions.ts'
export type { Result, Revision, RevisionInfo } from './revisions.ts'
