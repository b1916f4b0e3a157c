import { groupOf } from '../object/index.ts'
import type { Reader } from './answer/reader.ts'
import { resourcesReader, versionsReader } from './answer/served.ts'
import type { KindRef, ServedKind } from './cluster.ts'
import { ClusterError, failureType } from './failure/failure.ts'
import type { Transport } from './transport/transport.ts'

/**
 * What the API server serves: one request per group and version that is really asked for, remembered.
 * An aggregated API that is broken is thus never touched unless its own kinds are.
 */
export interface Discovery {
  kind: (type: KindRef, signal?: AbortSignal) => Promise<ServedKind | undefined>
  versions: (group: string, signal?: AbortSignal) => Promise<readonly string[]>
}

/** A kind that is missing may be installed while we run: ask again, but not for each of a thousand objects. */
const MISSING_FOR_SECONDS = 2

/** Remembers for as long as the connection lasts. */
export function createDiscovery(transport: Transport): Discovery {
  const versions = remember((apiVersion, signal) => readVersion(transport, apiVersion, signal))
  const groups = remember((group, signal) => readGroup(transport, group, signal))
  return {
    kind: async ({ apiVersion, kind }, signal) =>
      versions({ key: apiVersion, isEnough: kinds => kinds?.has(kind) === true, signal }).then(
        kinds => kinds?.get(kind),
      ),
    versions: async (group, signal) =>
      group === ''
        ? ['v1']
        : ((await groups({ key: group, isEnough: found => found !== undefined, signal })) ?? []),
  }
}

interface Lookup<T> {
  key: string
  isEnough: (answer: T) => boolean
  signal: AbortSignal | undefined
}

/** Keeps answers; failures are forgotten, and so, after a while, are answers that did not help. */
function remember<T>(
  ask: (key: string, signal?: AbortSignal) => Promise<T>,
): (lookup: Lookup<T>) => Promise<T> {
  const known = new Map<string, { answer: Promise<T>; at: number }>()
  const fetch = (key: string, signal: AbortSignal | undefined) => {
    const answer = ask(key, signal)
    known.set(key, { answer, at: performance.now() })
    answer.catch(() => known.delete(key))
    return answer
  }
  const look = async ({ key, isEnough, signal }: Lookup<T>) => {
    const kept = known.get(key)
    if (kept === undefined) return fetch(key, signal)
    const answer = await kept.answer
    const isFresh = performance.now() - kept.at < MISSING_FOR_SECONDS * 1000
    if (isEnough(answer) || isFresh) return answer
    const newer = known.get(key)
    return newer === undefined || newer === kept ? fetch(key, signal) : newer.answer
  }
  return async lookup => {
    try {
      return await look(lookup)
    } catch (error) {
      // Whoever asked first was interrupted; we were not.
      if (failureType(error) !== 'aborted' || lookup.signal?.aborted === true) throw error
      return look(lookup)
    }
  }
}

/** https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api, unaggregated. */
export function rootOf(apiVersion: string): string {
  return groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`
}

async function readVersion(
  transport: Transport,
  apiVersion: string,
  signal?: AbortSignal,
): Promise<Map<string, ServedKind> | undefined> {
  const read = resourcesReader(apiVersion)
  const path = rootOf(apiVersion)
  const found = await discover({ transport, path, read, signal })
  if (found === undefined && apiVersion === CORE) throw noApiServer(path)
  return found
}

/** What every API server has. One that does not is another server, of which "not found" says nothing of the cluster. */
const CORE = 'v1'

function noApiServer(path: string): ClusterError {
  const message = `GET ${path} was answered with "not found", as by no API server of Kubernetes`
  return new ClusterError({ type: 'unexpected', status: 404, message })
}

function readGroup(
  transport: Transport,
  group: string,
  signal?: AbortSignal,
): Promise<string[] | undefined> {
  return discover({ transport, path: `/apis/${group}`, read: versionsReader(group), signal })
}

interface Discovering<T> {
  transport: Transport
  path: string
  read: Reader<T>
  signal: AbortSignal | undefined
}

/** Undefined where the API server says that there is nothing. */
async function discover<T>({
  transport,
  path,
  read,
  signal,
}: Discovering<T>): Promise<T | undefined> {
  try {
    const request = { verb: 'discover', method: 'GET', path, idempotent: true, signal } as const
    return await transport.json(request, read)
  } catch (error) {
    if (failureType(error) === 'not-found') return undefined
    throw error
  }
}
