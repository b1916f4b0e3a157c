import type { Kind } from './kind.ts'
import { POD_TEMPLATE } from './pod-template.ts'
import { POD } from './pod.ts'

export const JOB: Kind = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  wave: 'configuration',
  pods: { ...POD_TEMPLATE, replicas: ['spec', 'parallelism'] },
  makes: [POD],
}
