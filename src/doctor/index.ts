/** What an apply rests on, looked at before it; and everything about an endpoint that failed. Reads only, apart from one dry-run. */
export { examine } from './examine.ts'
export { examineProjectOnGithub } from './github/examine-project.ts'
export type { DoctorReport, Finding } from './finding.ts'
export { gatherBundles } from './bundle/gather.ts'
export type { Bundle } from './bundle/gather.ts'
export { gatherInTrouble } from './bundle/in-trouble.ts'
export type { ContainerLog } from './bundle/logs.ts'
