import { JOB } from './job.ts'
import type { Kind } from './kind.ts'

/** Its pods are those of Jobs that are made later: a change replaces none. */
export const CRON_JOB: Kind = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  wave: 'configuration',
  makes: [JOB],
}
