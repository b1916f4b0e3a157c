import type { ExecutionContext } from 'ava'
import {
  asProblem,
  ClusterError,
  connect,
  type Cluster,
  type ConnectOptions,
} from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { SlipwayError, type Problem } from '../../src/problem/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { aCluster, aFaultProxy, aNamespace } from './cluster.ts'
import { applyObjects, endState, requestFor, type Objects } from './engine.ts'
import type { Fault } from './proxy.ts'
import { EACH } from './thorough.ts'

/** An apply whose requests are answered wrongly, one after the other. */

const status = (code: number, reason: string, headers?: Record<string, string>): Fault => ({
  type: 'answer',
  status: code,
  body: { kind: 'Status', status: 'Failure', code, reason, message: `played: ${reason}` },
  ...(headers === undefined ? {} : { headers }),
})

export const ANSWERS: Record<string, Fault> = {
  409: status(409, 'Conflict'),
  429: status(429, 'TooManyRequests', { 'Retry-After': '0' }),
  500: status(500, 'InternalError'),
  503: status(503, 'ServiceUnavailable'),
}

export const CONNECTIONS: Record<string, Fault> = {
  'a hang': { type: 'hang' },
  'a cut connection': { type: 'reset' },
  'a lost answer': { type: 'lose-answer' },
  'a truncated body': { type: 'truncate', bytes: 40 },
}

const lie = (body: unknown): Fault => ({ type: 'answer', status: 200, body })

/** Answered with success, by something that is no API server or that answers somebody else. */
export const LIES: Record<string, Fault> = {
  'JSON of something else': lie({ status: 'ok' }),
  'a sign-in page': lie('<html>Please sign in</html>'),
  'a list of nothing': lie({ kind: 'List', apiVersion: 'v1', metadata: {}, items: [] }),
  'a success without a subject': lie({ kind: 'Status', apiVersion: 'v1', status: 'Success' }),
  "another's object": lie({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'other', namespace: 'default', uid: 'u-1', resourceVersion: '1' },
  }),
}

type T = ExecutionContext<{ sandbox: Sandbox }>

/** Two states of a set: from one to the other and back. */
export interface Played {
  states: readonly [Objects, Objects]
  /** Compared at the end beside those that every set may have. */
  kinds?: readonly Pick<KubeObject, 'apiVersion' | 'kind'>[]
}

interface Faults extends Played {
  faults: Record<string, Fault>
  /** Of requests that are left without an answer; those that get one have time, since the machine may be slow. */
  requestTimeoutSeconds?: number
  /** The fault stays, from the request on that it begins at. */
  isLasting?: boolean
  step?: number
}

const PATIENT_SECONDS = 30

/** Every fault at every EACH-th request, side by side; with `step`, at every so many. */
export async function faultsEverywhere(t: T, played: Faults): Promise<void> {
  const { faults, requestTimeoutSeconds = PATIENT_SECONDS, step = EACH } = played
  const direct = await aCluster(t, t.context.sandbox)
  const expected = await cleanStates(t, direct, played)
  await Promise.all(
    Object.entries(faults).map(([name, fault], lane) =>
      faultEverywhere(t, {
        ...played,
        name,
        fault,
        requestTimeoutSeconds: fault.type === 'answer' ? PATIENT_SECONDS : requestTimeoutSeconds,
        direct,
        expected,
        first: lane % step,
        step,
      }),
    ),
  )
}

interface Playing extends Played {
  name: string
  fault: Fault
  requestTimeoutSeconds: number
  direct: Cluster
  expected: unknown[]
  isLasting?: boolean
  /** The request that it begins at. */
  first: number
  step: number
}

/** An apply with the fault at its first request and one without, an apply with the fault at its second request, … */
async function faultEverywhere(t: T, playing: Playing): Promise<void> {
  const { name, fault, requestTimeoutSeconds, direct, expected } = playing
  const { isLasting = false, first, step, states, kinds } = playing
  const namespace = await aNamespace(t, direct)
  await applyObjects({ cluster: direct, request: requestFor(namespace, states[0]) })
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  let told = 0
  for (let point = first, which = 1; ; point += step, which = 1 - which) {
    const request = requestFor(namespace, states[which === 0 ? 0 : 1])
    proxy.clear()
    const rule = proxy.on({ skip: point, ...(!isLasting && { times: 1 }) }, fault)
    const way = { kubeconfig: proxy.kubeconfig, requestTimeoutSeconds }
    const problems = await throughProxy(way, async cluster => {
      const options = { lockTtlSeconds: 3, ...(isLasting && { deleteTimeoutSeconds: 2 }) }
      const { outcome } = await applyObjects({ cluster, request, options })
      return outcome.result === 'succeeded' ? [] : outcome.problems
    })
    const { method = '', path = '' } = proxy.seen[point] ?? {}
    const where = `${name} at request ${point + 1}, ${method} ${path.replace(/\?.*/, '')}`
    for (const problem of problems)
      t.true(isPrecise(problem), `${where}: ${JSON.stringify(problem)}`)
    if (problems.length > 0) told += 1
    else
      t.deepEqual(await endState(direct, namespace, kinds), expected[which], `${where}: a success`)
    proxy.clear()
    const { outcome } = await applyObjects({ cluster: direct, request })
    t.is(outcome.result, 'succeeded', where)
    t.deepEqual(await endState(direct, namespace, kinds), expected[which], where)
    // With problems and without a fault it was the machine that was too slow: on to the next.
    if (rule.hits() === 0 && problems.length === 0) {
      t.log(`${name}: ${point} requests, of which ${told} ended the apply`)
      t.true(point > 15)
      return
    }
  }
}

/** How both states look when nothing goes wrong, each reached from the other. */
async function cleanStates(t: ExecutionContext, cluster: Cluster, { states, kinds }: Played) {
  const namespace = await aNamespace(t, cluster)
  const [first, second] = states
  const ends: unknown[][] = []
  for (const objects of [first, second, first]) {
    // oxlint-disable-next-line no-await-in-loop
    await applyObjects({ cluster, request: requestFor(namespace, objects) })
    // oxlint-disable-next-line no-await-in-loop
    ends.push(await endState(cluster, namespace, kinds))
  }
  const [, there, back] = ends
  return [back, there]
}

/** The problems that an apply ended with; a bug is thrown on. */
async function throughProxy(
  way: ConnectOptions,
  work: (cluster: Cluster) => Promise<Problem[]>,
): Promise<Problem[]> {
  let cluster: Cluster | undefined
  try {
    cluster = await connect(way)
    return await work(cluster)
  } catch (error) {
    if (error instanceof ClusterError) return [asProblem(error)]
    if (error instanceof SlipwayError) return [...error.problems]
    throw error
  } finally {
    cluster?.close()
  }
}

function isPrecise({ code, message, remedy }: Problem): boolean {
  return code !== 'internal' && message.length > 10 && (remedy ?? '').length > 10
}
