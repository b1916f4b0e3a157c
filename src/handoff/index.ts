/** What another engine needs to take a project over: pure functions of what is rendered, and the writing of it. */
export { handOver } from './hand-over.ts'
export type { HandedOver, HandoffRequest } from './hand-over.ts'
export { writeArtifact } from './oci/write-artifact.ts'
