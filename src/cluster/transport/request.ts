import type { ObjectRef } from '../../object/index.ts'

export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'discover'
  | 'review'
  | 'logs'

/** One request to the API server, before it is known who we are. */
export interface ApiRequest {
  verb: Verb
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  query?: Record<string, string | undefined>
  body?: unknown
  contentType?: string
  accept?: string
  /** The object concerned, for messages and for blotting out Secrets. */
  ref?: ObjectRef
  kind?: string
  /** Sending it twice does no harm. */
  idempotent: boolean
  /** Goes past the queue: lease renewals must not wait behind a thousand writes. */
  urgent?: boolean
  signal?: AbortSignal | undefined
  /** Asked right before it is sent, each time; false is like an interruption. */
  maySend?: () => boolean
}

/** A retry is about to happen. */
export interface RetryNotice {
  verb: Verb
  /** The object concerned, where the request is about one. */
  ref?: ObjectRef
  /** One clause: `the API server asks to slow down`. */
  reason: string
  /** How many times the request has been sent, counted from 1. */
  attempt: number
  delaySeconds: number
}

/** A remark of the API server on a request that it accepted (deprecated version, object being deleted). */
export interface Warning {
  message: string
  ref?: ObjectRef
}

/** Path and query; what is undefined is left out. */
export function pathOf({ path, query = {} }: ApiRequest): string {
  const search = Object.entries(query)
    .flatMap(([key, value]) => (value === undefined ? [] : `${key}=${encodeURIComponent(value)}`))
    .join('&')
  return search === '' ? path : `${path}?${search}`
}

/** For notices: the object, where the request is about one. */
export const aboutRef = ({ ref }: ApiRequest): { ref?: ObjectRef } =>
  ref === undefined ? {} : { ref }
