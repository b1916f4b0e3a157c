export { recordedIn } from './recorded.ts'
export { openRepository } from './repository.ts'
export type { Commit, HistoryQuery, PushedTo, Repository, RevertPlan } from './repository.ts'
