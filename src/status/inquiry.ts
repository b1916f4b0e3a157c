import { FIELD_MANAGER, type KubeObject } from '../object/index.ts'
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
   * When we wrote it (ISO 8601), by the API server's clock: conditions and events from before do not count as failures.
   * Left out, it is the time of our own managedFields entry, if there is one.
   */
  since?: string | undefined
  /** ISO time of the last write to any object of the endpoint: one may mend what is wrong with another. */
  writtenAt?: string | undefined
  /** ISO 8601, for ages and settling times; without it no clock plays a part. */
  now?: string | undefined
}

/** Completes a question by when the object was written. */
export function dated(inquiry: Inquiry): Inquiry {
  return { ...inquiry, since: inquiry.since ?? writtenAt(inquiry.object) }
}

/** The server leaves the time alone when an apply changes nothing. */
function writtenAt({ metadata }: KubeObject): string | undefined {
  return metadata.managedFields?.find(
    ({ manager, operation }) => manager === FIELD_MANAGER && operation === 'Apply',
  )?.time
}

/** The same question about an object that belongs to the one asked about. */
export function about(object: KubeObject, { related, since, now }: Inquiry): Inquiry {
  return { object, related, since, now }
}
