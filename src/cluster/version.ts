import { ClusterError } from './failure/failure.ts'
import type { Session } from './session.ts'
import { BUDGET } from './transport/retry.ts'

/** Somebody waits at a terminal: a server that is not there is told soon. */
const IMPATIENT = { ...BUDGET, attempts: 3, seconds: 10 }

/** The API server's version; empty where it may not be read. The first request of a connection. */
export async function readVersion({ transport, signal }: Session): Promise<string> {
  try {
    const { gitVersion = '' } = await transport.json<{ gitVersion?: string }>(
      { verb: 'discover', method: 'GET', path: '/version', idempotent: true, signal },
      IMPATIENT,
    )
    return gitVersion
  } catch (error) {
    const type = error instanceof ClusterError ? error.failure.type : undefined
    if (type === 'forbidden' || type === 'not-found') return ''
    throw error
  }
}
