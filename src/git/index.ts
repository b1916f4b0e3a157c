export { recordedIn } from './recorded.ts'
export { isOutsideGit } from './outside.ts'
export { openRepository } from './repository.ts'
export type {
  Commit,
  Difference,
  HistoryQuery,
  PushedTo,
  Repository,
  RevertPlan,
  Signature,
} from './repository.ts'
