import { versionReader } from './answer/served.ts'
import { failureType } from './failure/failure.ts'
import type { Session } from './session.ts'

/** The API server's version; empty where it may not be read. The first request of a connection. */
export async function readVersion({ transport, signal }: Session): Promise<string> {
  try {
    return await transport.json(
      { verb: 'discover', method: 'GET', path: '/version', idempotent: true, signal },
      versionReader,
    )
  } catch (error) {
    const type = failureType(error)
    if (type === 'forbidden' || type === 'not-found') return ''
    throw error
  }
}
