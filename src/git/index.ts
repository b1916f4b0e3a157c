export { openRepository } from './repository.ts'
export type { Commit, HistoryQuery, Repository, RevertPlan } from './repository.ts'
