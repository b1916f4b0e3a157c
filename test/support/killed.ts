import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { startApply } from './start-apply.ts'
import { aCluster, aFaultProxy, aNamespace } from './cluster.ts'
import { applyObjects, endState, requestFor, settings, type Objects } from './engine.ts'
import { EACH } from './thorough.ts'

const TTL_SECONDS = 3

/** As many applies are killed side by side. */
const LANES = 6

/** Two states of a set. */
export interface Scenario {
  before: Objects
  after: Objects
  /** Compared at the end beside those that every set may have. */
  kinds?: readonly Pick<KubeObject, 'apiVersion' | 'kind'>[]
  /** That the test may take. */
  minutes?: number
  /** Of every so many requests it is killed at one. */
  each?: number
}

/** An apply from the one to the other is killed at each of its requests, once per request; the next one must not notice. */
export function killedEverywhere(scenario: Scenario) {
  return async (t: ExecutionContext<{ sandbox: Sandbox }>) => {
    t.timeout((scenario.minutes ?? 10) * 60_000)
    const cluster = await aCluster(t, t.context.sandbox)
    const expected = await killedAt(t, { cluster, scenario, point: Number.POSITIVE_INFINITY })
    t.log(`${expected.requests} requests`)
    t.true(expected.requests > 15)
    const points = Array.from({ length: expected.requests }, (_, point) => point).filter(
      point => point % (scenario.each ?? EACH) === 0,
    )
    const lane = async () => {
      for (let point = points.shift(); point !== undefined; point = points.shift()) {
        const found = await killedAt(t, { cluster, scenario, point })
        const where = `killed at request ${point + 1}, ${found.last}`
        t.true(found.lockSeconds < TTL_SECONDS + 20, `${where}: ${found.lockSeconds} s`)
        t.false(found.isRenewed, `${where}: nobody renews a dead one's lock`)
        t.deepEqual(found.state, expected.state, where)
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
  }
}

interface Point {
  cluster: Cluster
  scenario: Scenario
  /** The request that is never answered. */
  point: number
}

/** Applies the first state, kills an apply of the second at a request, applies it again. */
async function killedAt(
  t: ExecutionContext<{ sandbox: Sandbox }>,
  { cluster, scenario, point }: Point,
) {
  const namespace = await aNamespace(t, cluster)
  const stranger = await cluster.apply(
    { ...settings('stranger', 'mine'), metadata: { name: 'stranger', namespace } },
    { fieldManager: 'somebody' },
  )
  const { kinds = [] } = scenario
  const begin = requestFor(namespace, scenario.before)
  await applyObjects({ cluster, request: begin, options: { wait: false } })
  const { requests, last } = await killApply(t, {
    namespace,
    objects: scenario.after,
    point,
  })
  const killed = Date.now()
  const { outcome, events } = await applyObjects({
    cluster,
    request: requestFor(namespace, scenario.after),
    commit: 'b'.repeat(40),
    options: { wait: true },
  })
  t.is(outcome.result, 'succeeded', `after request ${point + 1}, ${last}`)
  const timeOf = (type: string) => events.find(event => event.type === type)?.time ?? ''
  const untouched = await cluster.get({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace,
    name: 'stranger',
  })
  t.is(untouched?.metadata.resourceVersion, stranger.metadata.resourceVersion)
  const lease = await cluster.get({ ...LEASE, namespace })
  return {
    requests,
    last,
    isRenewed: lease !== undefined && Date.parse(renewalOf(lease)) > killed,
    // It may have had nothing left to do, and so no need of the lock.
    lockSeconds: (Date.parse(timeOf('lock-acquired')) - Date.parse(timeOf('started'))) / 1000 || 0,
    state: await endState(cluster, namespace, kinds),
  }
}

/** One that was killed after everything was done leaves its Lease, which the next apply, having nothing to do, does not need. */
const LEASE = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  name: 'slipway-models-test',
} as const

function renewalOf(lease: KubeObject): string {
  return (lease['spec'] as { renewTime?: string } | undefined)?.renewTime ?? ''
}

interface Killing {
  namespace: string
  objects: Objects
  point: number
}

/** SIGKILL as soon as the request is on its way; it never arrives. Those before it did: their answers may not have. */
async function killApply(
  t: ExecutionContext<{ sandbox: Sandbox }>,
  { namespace, objects, point }: Killing,
) {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const rule = proxy.on({ skip: point }, { type: 'hang' })
  const options = { lockTtlSeconds: TTL_SECONDS, wait: true }
  const job = { kubeconfig: proxy.kubeconfig, namespace, objects, options }
  const { child, ended } = await startApply(t, job)
  while (rule.hits() === 0 && child.exitCode === null) await sleep(2)
  child.kill('SIGKILL')
  await ended
  const { length } = proxy.seen
  const { method = '', path = '' } = proxy.seen[point] ?? {}
  await proxy.close()
  return { requests: length, last: `${method} ${path.replace(/\?.*/, '')}` }
}
