import type { Kind } from './kind.ts'
import { SCALED_OBJECT } from './scaled-object.ts'

/** Of KEDA, which makes Jobs of it (https://keda.sh/docs/latest/reference/scaledjob-spec/). */
export const SCALED_JOB: Kind = {
  apiVersion: SCALED_OBJECT.apiVersion,
  kind: 'ScaledJob',
  wave: 'traffic',
  atomic: ['triggers'],
}
