import type { IncomingMessage } from 'node:http'
import { eventReader, type RawEvent } from './answer/event.ts'
import { readAnswer } from './answer/read-answer.ts'
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

export type Change = Exclude<RawEvent, { type: 'error' }>

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
}: WatchRequest): AsyncGenerator<Change, void, undefined> {
  const { transport, signal } = session
  const { labelSelector, fieldSelector } = query
  const request = {
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
  } as const
  const read = eventReader(kind, query)
  const response = await transport.stream(request)
  const stop = () => response.destroy()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    for await (const text of linesOf(response))
      yield changeOf(readAnswer({ request, text, read }), kind)
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
    if (parts.length > 0) yield Buffer.concat(parts).toString('utf8')
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

/** An ERROR carries a Status: 410 when the resourceVersion is too old. */
function changeOf(event: RawEvent, { kind }: ServedKind): Change {
  if (event.type !== 'error') return event
  const { status } = event
  const code = typeof status['code'] === 'number' ? status['code'] : 500
  throw new ClusterError(
    failureOf({ status: code, headers: {}, text: JSON.stringify(status), kind }),
  )
}
