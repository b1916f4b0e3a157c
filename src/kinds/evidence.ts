import type { Type } from './kind.ts'

/** Kinds that are only looked at, to explain others; nothing else is known of them. */

/** Of the core API, and alike in events.k8s.io. */
export const EVENT = { apiVersion: 'v1', kind: 'Event' } as const satisfies Type
export const LIMIT_RANGE = { apiVersion: 'v1', kind: 'LimitRange' } as const satisfies Type
export const NODE = { apiVersion: 'v1', kind: 'Node' } as const satisfies Type
