import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import {
  acquireLease,
  asProblem,
  type Cluster,
  type Lease,
  type LeaseOptions,
} from '../../src/cluster/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { aCluster, aFaultProxy } from '../support/cluster.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** One writer per set and cluster: leases on a real API server, with holders that race, die and are cut off. */

const { serial } = sandboxTest()

const NAMESPACE = 'default'

/** Options of one lease that is removed after the test. */
function aLease(t: ExecutionContext, cluster: Cluster, holder = 'alice'): LeaseOptions {
  const name = `test-${randomUUID().slice(0, 8)}`
  t.teardown(() => cluster.withSignal().delete(refOfLease(name), { propagation: 'Background' }))
  return { namespace: NAMESPACE, name, holder, ttlSeconds: 3, waitSeconds: 0 }
}

const refOfLease = (name: string) => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  namespace: NAMESPACE,
  name,
})

const problemOf = (error: unknown) =>
  error instanceof SlipwayError ? error.problems[0] : undefined

/** A holder as a crash leaves it: a Lease that nobody renews any more. */
async function aDeadHolder(
  cluster: Cluster,
  { name }: LeaseOptions,
  secondsAgo: number,
): Promise<void> {
  const time = new Date(cluster.serverTime().getTime() - secondsAgo * 1000)
    .toISOString()
    .replace('Z', '000Z')
  await cluster.create({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      holderIdentity: 'ci-run-7#dead',
      leaseDurationSeconds: 3,
      acquireTime: time,
      renewTime: time,
      leaseTransitions: 4,
    },
  })
}

serial(
  'R1 · of four that start together exactly one holds the lock; then the next, without a gap',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const base = aLease(t, cluster)
    const holders: string[] = []
    let holding = 0
    const runs = ['a', 'b', 'c', 'd'].map(async holder => {
      const lease = await acquireLease(cluster, {
        ...base,
        holder,
        waitSeconds: 120,
        ttlSeconds: 30,
      })
      holding += 1
      t.is(holding, 1)
      holders.push(holder)
      await delay(100)
      t.true(lease.isHeld())
      holding -= 1
      await lease.release()
    })
    const started = performance.now()
    await Promise.all(runs)
    t.deepEqual(holders.toSorted(), ['a', 'b', 'c', 'd'])
    // Those who wait are woken by the release, not by a timer.
    t.true(performance.now() - started < 20_000)
    t.is(await cluster.get(refOfLease(base.name)), undefined)
  },
)

serial('R1 · of four that find a dead holder exactly one takes over', async t => {
  const clusters = await Promise.all(['a', 'b', 'c', 'd'].map(() => aCluster(t, t.context.sandbox)))
  const first = await aCluster(t, t.context.sandbox)
  const base = aLease(t, first)
  await aDeadHolder(first, base, 3600)
  const results = await Promise.allSettled(
    clusters.map((cluster, index) =>
      acquireLease(cluster, { ...base, holder: `run-${index}`, ttlSeconds: 30 }),
    ),
  )
  const leases = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
  const refusals = results.flatMap(result =>
    result.status === 'rejected' ? [problemOf(result.reason)?.code] : [],
  )
  t.is(leases.length, 1)
  t.is(leases[0]?.takenOverFrom, 'ci-run-7')
  t.deepEqual(refusals, ['lock-held', 'lock-held', 'lock-held'])
  t.is((await specOf(first, base.name)).leaseTransitions, 5)
  await leases[0]?.release()
})

interface LeaseSpec {
  leaseTransitions?: number
  renewTime?: string
}

async function specOf(cluster: Cluster, name: string): Promise<LeaseSpec> {
  const lease = await cluster.get(refOfLease(name))
  return lease?.spec ?? {}
}

serial('R1 · who does not wait is told who holds the lock, and since when', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const base = aLease(t, cluster, 'https://ci.example.com/runs/7')
  const lease = await acquireLease(cluster, base)
  const error = await t.throwsAsync(acquireLease(cluster, { ...base, holder: 'bob' }), {
    instanceOf: SlipwayError,
  })
  const problem = asProblem(error)
  t.is(problem.code, 'lock-held')
  t.regex(
    problem.message,
    /^another apply holds the lock: https:\/\/ci\.example\.com\/runs\/7, for \d+[smh]/,
  )
  await lease.release()
  const next = await acquireLease(cluster, { ...base, holder: 'bob' })
  t.is(next.takenOverFrom, undefined)
  await next.release()
})

serial('R1 · the waiting has an end, and says for whom it waits', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const base = aLease(t, cluster)
  const lease = await acquireLease(cluster, base)
  const waited: string[] = []
  const started = performance.now()
  const waiting = acquireLease(cluster, {
    ...base,
    holder: 'bob',
    waitSeconds: 4,
    onWaiting: holder => waited.push(holder),
  })
  const error = await t.throwsAsync(waiting, { instanceOf: SlipwayError })
  t.is(problemOf(error)?.code, 'lock-held')
  // Longer than the time to live: the holder is alive and renews.
  t.true(performance.now() - started >= 4000)
  t.deepEqual(waited, ['alice'])
  t.true(lease.isHeld())
  await lease.release()
})

serial('R1 · a holder that just died is replaced after its time to live, not before', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const base = aLease(t, cluster)
  await aDeadHolder(cluster, base, 0)
  const started = performance.now()
  const lease = await acquireLease(cluster, { ...base, holder: 'bob', waitSeconds: 60 })
  const waited = (performance.now() - started) / 1000
  t.true(waited >= 2.9 && waited < 30, `${waited} s`)
  t.is(lease.takenOverFrom, 'ci-run-7')
  await lease.release()
})

serial('R1 · a lease is renewed while it is held', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const base = aLease(t, cluster)
  const lease = await acquireLease(cluster, base)
  const first = await specOf(cluster, base.name)
  await delay(4000)
  t.not((await specOf(cluster, base.name)).renewTime, first.renewTime)
  t.true(lease.isHeld())
  t.false(lease.signal.aborted)
  await lease.release()
  t.false(lease.isHeld())
  t.false(lease.signal.aborted)
})

/** Resolves with the reason, at the latest after so many seconds. */
async function lossOf({ signal }: Lease, seconds: number): Promise<string | undefined> {
  if (!signal.aborted)
    await Promise.race([
      new Promise(resolve => signal.addEventListener('abort', resolve)),
      delay(seconds * 1000),
    ])
  return problemOf(signal.reason)?.message
}

serial('R1 · a holder that is cut off stops before another can begin', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const cut = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const other = await aCluster(t, t.context.sandbox)
  const base = aLease(t, other)
  const lease = await acquireLease(cut, base)
  proxy.on({ path: /leases/ }, { type: 'hang' })
  const lost = lossOf(lease, 60).then(message => ({ message, at: performance.now() }))
  const next = await acquireLease(other, { ...base, holder: 'bob', waitSeconds: 60 })
  const begun = performance.now()
  const { message, at } = await lost
  t.regex(message ?? '', /^the lock was lost: it could not be renewed for \d s$/)
  t.true(at < begun, `stopped ${begun - at} ms before`)
  t.false(lease.isHeld())
  t.is(next.takenOverFrom, 'alice')
  await next.release()
})

serial('R1 · a short interruption does not lose the lock, nor does a lost answer', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const base = { ...aLease(t, cluster), ttlSeconds: 6 }
  const lost = proxy.on({ method: 'PUT', path: /leases/, times: 1 }, { type: 'lose-answer' })
  const refused = proxy.on(
    { method: 'PUT', path: /leases/, times: 1 },
    { type: 'answer', status: 503 },
  )
  const lease = await acquireLease(cluster, base)
  t.is(await lossOf(lease, 8), undefined)
  t.deepEqual([lost.hits(), refused.hits()], [1, 1])
  t.true(lease.isHeld())
  await lease.release()
  t.is(await cluster.get(refOfLease(base.name)), undefined)
})

serial('R1 · a lock that was won without hearing of it is held', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const base = aLease(t, cluster)
  const lost = proxy.on({ method: 'POST', path: /leases/ }, { type: 'lose-answer' })
  const lease = await acquireLease(cluster, base)
  t.is(lost.hits(), 1)
  t.true(lease.isHeld())
  await lease.release()
  t.is(await cluster.get(refOfLease(base.name)), undefined)
})

serial('R1 · a lease that somebody else took or deleted is lost at once', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  // Longer than a busy API server may take to answer: lost for what happened to it, not for its age.
  const deleted = { ...aLease(t, cluster), ttlSeconds: 15 }
  const first = await acquireLease(cluster, deleted)
  await cluster.delete(refOfLease(deleted.name), { propagation: 'Background' })
  t.is(await lossOf(first, 60), 'the lock was lost: it was deleted')
  await t.notThrowsAsync(first.release())

  const taken = { ...aLease(t, cluster), ttlSeconds: 15 }
  const second = await acquireLease(cluster, taken)
  await cluster.patch(refOfLease(taken.name), {
    type: 'merge',
    body: { spec: { holderIdentity: 'mallory#1' } },
  })
  t.is(await lossOf(second, 60), 'the lock was lost: mallory holds it now')
  await second.release()
  t.truthy(await cluster.get(refOfLease(taken.name)))
})

serial(
  'R1 · an interruption ends the waiting, and does not keep a lock from being released',
  async t => {
    const controller = new AbortController()
    const cluster = await aCluster(t, { ...t.context.sandbox, signal: controller.signal })
    const base = aLease(t, cluster)
    const lease = await acquireLease(cluster, base)
    const waiting = acquireLease(cluster, {
      ...base,
      holder: 'bob',
      waitSeconds: 120,
      signal: controller.signal,
    })
    await delay(200)
    controller.abort()
    t.is(asProblem(await t.throwsAsync(waiting)).code, 'interrupted')
    t.true(lease.isHeld())
    await lease.release()
    t.is(await cluster.withSignal().get(refOfLease(base.name)), undefined)
  },
)

serial('R1 · a lock in a namespace that does not exist is refused at once', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const error = await t.throwsAsync(
    acquireLease(cluster, {
      ...aLease(t, cluster),
      namespace: 'no-such-namespace',
      waitSeconds: 120,
    }),
  )
  t.is(asProblem(error).code, 'namespace-missing')
})

serial('R1 · behind a fence that has fallen nothing is written, nor tried again', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const name = `test-${randomUUID().slice(0, 8)}`
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: NAMESPACE } }
  let isHeld = true
  const fenced = cluster.fencedBy(() => isHeld)
  const refused = proxy.on({ method: 'PATCH', path: /configmaps/ }, { type: 'answer', status: 503 })
  const writing = fenced.apply(object)
  while (refused.hits() === 0) await delay(5)
  isHeld = false
  proxy.clear()
  t.is(asProblem(await t.throwsAsync(writing)).code, 'interrupted')
  t.is(asProblem(await t.throwsAsync(fenced.create(object))).code, 'interrupted')
  t.is(await fenced.get({ ...object, ...object.metadata }), undefined)
  const sent = proxy.seen.filter(({ path }) => path.includes('/configmaps'))
  t.deepEqual(
    sent.map(({ method }) => method),
    ['GET'],
    'since the fence fell',
  )
})
