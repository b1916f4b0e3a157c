export { readStatus } from './read-status.ts'
export type { StatusQuestion } from './read-status.ts'
export type { ShownEndpoint, StatusReport } from './status-report.ts'
