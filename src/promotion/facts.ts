import type { ShownEndpoint } from '../overview/index.ts'
import type { Revision } from '../plan/index.ts'

/** What is known of an endpoint in the environment that it is to be promoted from. */
export interface SourceFacts {
  endpoint: string
  /** The environment. */
  source: string
  /** The newest revision of the record that the endpoint was part of. */
  applied?: Revision | undefined
  /** How it is now, held against the commit that was applied. */
  status?: Pick<ShownEndpoint, 'state' | 'message' | 'sync' | 'deviations' | 'unseen'> | undefined
  /** For how long it has been as it is. */
  course?: Course | undefined
  image: RunningImage
}

/** The applies in a row, up to the newest one, after which the endpoint was ready and rendered as it does now. */
export interface Course {
  /** ISO time of the first of them. */
  since: string
  /** Of the newest that asked a smoke test. */
  smokedAt?: string
}

/** The image of the model server, as it was pulled. */
export type RunningImage =
  | { state: 'pinned'; image: string }
  /** No ready pod says a digest. */
  | { state: 'unknown' }
  /** Pods run different ones. */
  | { state: 'mixed'; images: readonly string[] }

/** What a promotion rests on: it goes into the commit's message. */
export interface Evidence {
  endpoint: string
  source: string
  commit: string
  subject?: string
  actor: string
  /** ISO times. */
  since: string
  smokedAt: string
  soakSeconds: number
  image: string
}
