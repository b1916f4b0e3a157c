import type { IncomingMessage } from 'node:http'
import type { KubeObject } from '../object/index.ts'
import type { ListQuery, ServedKind } from './cluster.ts'
import { ClusterError } from './failure/failure.ts'
import type { Session } from './session.ts'
import { listPath } from './resource.ts'
import { failureOf } from './failure/status.ts'

export interface WatchRequest {
  session: Session
  kind: ServedKind
  query: ListQuery
  resourceVersion: string
}

export interface RawEvent {
  type: 'added' | 'modified' | 'deleted' | 'bookmark'
  object: KubeObject
}

/** The API server ends the watch after this time; the next one goes on from there. */
const LASTS_SECONDS = 290

/** Bookmarks come every minute: a longer silence means that the connection is dead, whatever TCP says. */
const SILENT_SECONDS = 100

/** One watch request: its events until the API server ends it or the signal aborts. Throws ClusterError. */
export async function* watchFrom({
  session,
  kind,
  query,
  resourceVersion,
}: WatchRequest): AsyncGenerator<RawEvent, void, undefined> {
  const { transport, signal } = session
  const { labelSelector, fieldSelector } = query
  const response = await transport.stream({
    verb: 'watch',
    method: 'GET',
    path: listPath(kind, query),
    query: {
      watch: 'true',
      resourceVersion,
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(LASTS_SECONDS),
      labelSelector,
      fieldSelector,
    },
    kind: kind.kind,
    idempotent: true,
    signal,
  })
  const stop = () => response.destroy()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    for await (const line of linesOf(response)) yield eventOf(line, kind)
  } finally {
    signal?.removeEventListener('abort', stop)
    response.destroy()
  }
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<string, void, undefined> {
  const silence = setTimeout(() => response.destroy(), SILENT_SECONDS * 1000)
  let parts: Buffer[] = []
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      silence.refresh()
      let start = 0
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        parts.push(chunk.subarray(start, end))
        start = end + 1
        yield Buffer.concat(parts).toString('utf8')
        parts = []
      }
      if (start < chunk.length) parts.push(chunk.subarray(start))
    }
  } catch (error) {
    throw new ClusterError(
      {
        type: 'unreachable',
        status: 0,
        why: 'reset',
        message: 'the connection of a watch was closed',
      },
      { cause: error },
    )
  } finally {
    clearTimeout(silence)
  }
}

const NEWLINE = 0x0a

const TYPES: Record<string, RawEvent['type']> = {
  ADDED: 'added',
  MODIFIED: 'modified',
  DELETED: 'deleted',
  BOOKMARK: 'bookmark',
}

function eventOf(line: string, { kind }: ServedKind): RawEvent {
  const { type, object } = parse(line)
  const known = TYPES[type]
  if (known !== undefined) return { type: known, object: object as KubeObject }
  // ERROR carries a Status: 410 when the resourceVersion is too old.
  const { code = 500 } = object as { code?: number }
  throw new ClusterError(
    failureOf({ status: code, headers: {}, text: JSON.stringify(object), kind }),
  )
}

function parse(line: string): { type: string; object: unknown } {
  try {
    return JSON.parse(line) as { type: string; object: unknown }
  } catch (error) {
    throw new ClusterError(
      {
        type: 'unreachable',
        status: 0,
        why: 'reset',
        message: 'a watch broke off in the middle of an event',
      },
      { cause: error },
    )
  }
}
