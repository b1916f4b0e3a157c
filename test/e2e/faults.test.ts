import type { ExecutionContext } from 'ava'
import { asProblem, ClusterError, connect } from '../../src/cluster/index.ts'
import type { Cluster, ConnectOptions } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import type { Problem } from '../../src/problem/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { aCluster, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { applyObjects, endState, requestFor, settings } from '../support/engine.ts'
import type { Objects } from '../support/engine.ts'
import type { Fault } from '../support/proxy.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { EACH } from '../support/thorough.ts'

/** Every request of an apply is answered wrongly, one after the other: it gets over it or says what is wrong, and the next one converges. */

const { serial } = sandboxTest()

const status = (code: number, reason: string, headers?: Record<string, string>): Fault => ({
  type: 'answer',
  status: code,
  body: { kind: 'Status', status: 'Failure', code, reason, message: `played: ${reason}` },
  ...(headers === undefined ? {} : { headers }),
})

const ANSWERS: Record<string, Fault> = {
  409: status(409, 'Conflict'),
  429: status(429, 'TooManyRequests', { 'Retry-After': '0' }),
  500: status(500, 'InternalError'),
  503: status(503, 'ServiceUnavailable'),
}

const CONNECTIONS: Record<string, Fault> = {
  'a hang': { type: 'hang' },
  'a cut connection': { type: 'reset' },
  'a lost answer': { type: 'lose-answer' },
  'a truncated body': { type: 'truncate', bytes: 40 },
}

const lie = (body: unknown): Fault => ({ type: 'answer', status: 200, body })

/** Answered with success, by something that is no API server or that answers somebody else. */
const LIES: Record<string, Fault> = {
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

/** From one to the other and back: each creates, updates, replaces and prunes. */
const STATES: [Objects, Objects] = [
  {
    kept: [settings('kept', 'one')],
    swapped: [settings('swapped', 'one', { immutable: true })],
    first: [settings('first', 'one')],
  },
  {
    kept: [settings('kept', 'two')],
    swapped: [settings('swapped', 'two', { immutable: true })],
    second: [settings('second', 'two')],
  },
]

serial(
  'R4, D7 · 409, 429, 500 or 503 to any one request: it gets over it or says why, then converges',
  t => faultsEverywhere(t, { faults: ANSWERS }),
)

serial('R4, D7 · a hang or a broken connection at any one request: the same', t =>
  faultsEverywhere(t, { faults: CONNECTIONS, requestTimeoutSeconds: 1 }),
)

serial('S1, S2 · a lie to any one request: nothing of it is believed, then it converges', t =>
  faultsEverywhere(t, { faults: LIES }),
)

serial('S1, S2 · lies from any request on: no success is reported, then it converges', async t => {
  t.timeout(170_000)
  const direct = await aCluster(t, t.context.sandbox)
  const expected = await cleanStates(t, direct)
  const lanes = Object.entries(LIES)
  await Promise.all(
    lanes.map(([name, fault], lane) =>
      faultEverywhere(t, {
        name,
        fault,
        direct,
        expected,
        requestTimeoutSeconds: 30,
        isLasting: true,
        first: lane,
        step: lanes.length,
      }),
    ),
  )
})

serial(
  'R6 · when a replacement cannot be created, the error holds what was deleted, and the next apply converges',
  async t => {
    const direct = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, direct)
    await applyObjects({ cluster: direct, request: requestFor(namespace, STATES[0]) })
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const refusal = {
      kind: 'Status',
      status: 'Failure',
      code: 422,
      reason: 'Invalid',
      message: 'no',
    }
    const patched = { method: 'PATCH', path: /configmaps\/swapped\?(?!.*dryRun)/ }
    proxy.on(patched, { type: 'answer', status: 422, body: refusal })
    const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
    const request = requestFor(namespace, STATES[1])
    const { outcome } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'failed')
    t.is(outcome.endpoints['kept'], 'ready', 'the others go on')
    const [problem] = outcome.problems
    t.is(problem?.code, 'write-failed')
    t.regex(problem?.message ?? '', /ConfigMap\/.*\/swapped was deleted to be replaced/)
    const manifest = JSON.parse(
      /what was deleted: (.*)/.exec(problem?.cause ?? '')?.[1] ?? '{}',
    ) as KubeObject
    t.deepEqual(manifest['data'], { value: 'one' })
    t.is((await applyObjects({ cluster: direct, request })).outcome.result, 'succeeded')
  },
)

type T = ExecutionContext<{ sandbox: Sandbox }>

interface Faults {
  faults: Record<string, Fault>
  /** Short where hanging requests are to end soon; long where nothing hangs, and the machine may be slow. */
  requestTimeoutSeconds?: number
}

async function faultsEverywhere(
  t: T,
  { faults, requestTimeoutSeconds = 30 }: Faults,
): Promise<void> {
  t.timeout(170_000)
  const direct = await aCluster(t, t.context.sandbox)
  const expected = await cleanStates(t, direct)
  await Promise.all(
    Object.entries(faults).map(([name, fault], lane) =>
      faultEverywhere(t, {
        name,
        fault,
        requestTimeoutSeconds,
        direct,
        expected,
        first: lane % EACH,
        step: EACH,
      }),
    ),
  )
}

interface Playing {
  name: string
  fault: Fault
  requestTimeoutSeconds: number
  direct: Cluster
  expected: unknown[]
  /** The fault stays, from the request on that it begins at. */
  isLasting?: boolean
  /** Which requests it begins at. */
  first?: number
  step?: number
}

/** An apply with the fault at its first request and one without, an apply with the fault at its second request, … */
async function faultEverywhere(t: T, playing: Playing): Promise<void> {
  const { name, fault, requestTimeoutSeconds, direct, expected } = playing
  const { isLasting = false, first = 0, step = 1 } = playing
  const namespace = await aNamespace(t, direct)
  await applyObjects({ cluster: direct, request: requestFor(namespace, STATES[0]) })
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  let told = 0
  for (let point = first, which = 1; ; point += step, which = 1 - which) {
    const request = requestFor(namespace, STATES[which === 0 ? 0 : 1])
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
    else t.deepEqual(await endState(direct, namespace), expected[which], `${where}: a success`)
    proxy.clear()
    const { outcome } = await applyObjects({ cluster: direct, request })
    t.is(outcome.result, 'succeeded', where)
    t.deepEqual(await endState(direct, namespace), expected[which], where)
    // With problems and without a fault it was the machine that was too slow: on to the next.
    if (rule.hits() === 0 && problems.length === 0) {
      t.log(`${name}: ${point} requests, of which ${told} ended the apply`)
      t.true(point > 15)
      return
    }
  }
}

/** How both states look when nothing goes wrong. */
async function cleanStates(t: ExecutionContext, cluster: Cluster) {
  const namespace = await aNamespace(t, cluster)
  const states = []
  for (const objects of STATES) {
    await applyObjects({ cluster, request: requestFor(namespace, objects) })
    states.push(await endState(cluster, namespace))
  }
  return states
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
