import { TRACK_LABEL } from './labels.ts'
import type { KubeObject } from './ref.ts'

/** Whether an object is of a candidate, and not of what serves. */
export function isTracked(object: Pick<KubeObject, 'metadata'> | undefined): boolean {
  return object?.metadata.labels?.[TRACK_LABEL] !== undefined
}
