import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { withLock } from './lock.ts'
import { cacheFolder } from './places.ts'

// Below Linux' range for outgoing connections, so that nobody gets the port by chance before it is used;
// any of many, so that whoever looks for one at the same moment hardly finds the same.
const LOWEST = 12_000
const HIGHEST = 31_999

/** Ports of 127.0.0.1 that nobody listens on. */
export async function findFreePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1))
    if (await isFree(port)) ports.add(port)
  }
  return [...ports]
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true })
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/** Ports are chosen before they are listened on: only one start of this user does that at a time. */
export async function withPorts<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  return await withLock(path.join(cacheFolder(), 'ports.lock'), { signal }, work)
}
