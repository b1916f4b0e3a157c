/** A plan on its way: made, approved, carried out, made anew where another apply came first, and the way back from what failed. */
export { deliver } from './deliver.ts'
export type { Delivered } from './deliver.ts'
export type { Course, Delivery } from './delivery.ts'
export { applyLastGood } from './last-good.ts'
export type { FailedApply, WayBack } from './last-good.ts'
export type { Failure, OutcomeReport } from './outcome-report.ts'
export { projectDelivery } from './project-delivery.ts'
export type { ProjectDelivery } from './project-delivery.ts'
