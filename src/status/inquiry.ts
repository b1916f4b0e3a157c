import type { KubeObject } from '../object/index.ts'
import type { View } from './view.ts'

/** One object, and all that bears on what can be said of it. */
export interface Inquiry {
  /** Live. */
  object: KubeObject
  /** Live objects that it owns or selects, and their events; more does no harm. */
  related: View
  /** As rendered. */
  desired?: KubeObject | undefined
  /**
   * When we wrote it (ISO 8601), by the API server's clock (the time of our managedFields entry): conditions and events from
   * before do not count as failures. Absent when nothing was written.
   */
  since?: string | undefined
  /** ISO 8601, for ages and settling times; without it no clock plays a part. */
  now?: string | undefined
}

/** The same question about an object that belongs to the one asked about. */
export function about(object: KubeObject, { related, since, now }: Inquiry): Inquiry {
  return { object, related, since, now }
}
