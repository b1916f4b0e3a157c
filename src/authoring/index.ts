/** Files that a project did not have: a project itself, an endpoint, what is imported from a cluster. Nothing that is there is overwritten. */
export { importAll } from './import-all.ts'
export type { ImportAllRequest, ImportedNamespace } from './import-all.ts'
export { importOne } from './import-one.ts'
export type { ImportedOne, ImportOneRequest } from './import-one.ts'
export { importRuntimes } from './import-runtimes.ts'
export { checkNewEndpoint, writeNewEndpoint } from './new-endpoint.ts'
export { writeNewProject } from './new-project.ts'
