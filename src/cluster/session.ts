import { isOf } from '../kinds/index.ts'
import type { ObjectRef } from '../object/index.ts'
import type { KindRef, ServedKind } from './cluster.ts'
import type { Reader } from './answer/reader.ts'
import type { Discovery } from './discovery.ts'
import { ClusterError } from './failure/failure.ts'
import { LEASE_KIND } from './lease/record.ts'
import type { ApiRequest } from './transport/request.ts'
import type { Transport } from './transport/transport.ts'

/** What every operation needs: the connection, and the signal of this view of it. */
export interface Session {
  transport: Transport
  discovery: Discovery
  signal: AbortSignal | undefined
  /** Asked before each write. */
  mayWrite?: () => boolean
}

/** Throws `kind-missing` where undefined would be a lie. */
export async function servedKind(
  { discovery, signal }: Session,
  { apiVersion, kind }: KindRef,
): Promise<ServedKind> {
  const served = await discovery.kind({ apiVersion, kind }, signal)
  if (served !== undefined) return served
  throw new ClusterError({
    type: 'kind-missing',
    status: 404,
    apiVersion,
    kind,
    message: `the API server does not serve ${kind} in ${apiVersion}`,
  })
}

/** A request about one object; gives what the reader finds in the answer. */
export function sendObject<T>(
  { transport, signal, mayWrite }: Session,
  request: ApiRequest & { ref: ObjectRef },
  read: Reader<T>,
): Promise<T> {
  // A lease that waits in a queue is lost.
  const urgent = isOf(request.ref, LEASE_KIND)
  const isFenced = mayWrite !== undefined && request.method !== 'GET'
  return transport.json(
    {
      ...request,
      urgent,
      signal,
      ...(isFenced && { maySend: mayWrite }),
    },
    read,
  )
}
