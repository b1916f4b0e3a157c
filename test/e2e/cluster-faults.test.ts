import type { ExecutionContext } from 'ava'
import {
  ClusterError,
  type Cluster,
  type ConnectOptions,
  type RetryNotice,
} from '../../src/cluster/index.ts'
import { refOf } from '../../src/object/index.ts'
import { aCluster, aConfigMap, aFaultProxy, aNamespace, firstSync } from '../support/cluster.ts'
import type { Fault, FaultProxy, Match } from '../support/proxy.ts'
import { sandboxTest, type SandboxContext } from '../support/sandbox.ts'

/** A real API server behind a proxy that makes trouble: what is tried again, and what is not. */

const { serial } = sandboxTest()

interface Setting {
  proxy: FaultProxy
  cluster: Cluster
  namespace: string
  notices: RetryNotice[]
}

async function aSetting(
  t: ExecutionContext<SandboxContext>,
  options: ConnectOptions = {},
): Promise<Setting> {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const notices: RetryNotice[] = []
  const cluster = await aCluster(t, {
    kubeconfig: proxy.kubeconfig,
    onRetry: notice => notices.push(notice),
    ...options,
  })
  const namespace = await aNamespace(t, await aCluster(t, t.context.sandbox))
  await cluster.kind({ apiVersion: 'v1', kind: 'ConfigMap' })
  return { proxy, cluster, namespace, notices }
}

const CONFIG_MAPS = /\/configmaps/

const answer = (status: number, message: string, headers: Record<string, string> = {}): Fault => ({
  type: 'answer',
  status,
  body: {
    kind: 'Status',
    status: 'Failure',
    message,
    code: status,
    ...(status === 500 && { reason: 'InternalError' }),
  },
  headers,
})

const WEBHOOK =
  'Internal error occurred: failed calling webhook "inferenceservice.kserve-webhook-server.defaulter": failed to call webhook: Post "https://x.svc:443/mutate": dial tcp 127.0.0.1:23010: connect: connection refused'

/** Fault, what people are told. */
const PASSING: [string, Fault, RegExp][] = [
  ['429', answer(429, 'Too many requests'), /slow down/],
  ['503', answer(503, 'apiserver is shutting down'), /trouble \(503\)/],
  [
    '502 of a load balancer',
    { type: 'answer', status: 502, body: '<html>Bad Gateway</html>' },
    /trouble \(502\)/,
  ],
  ['504', answer(504, 'Timeout: request did not complete within the allotted timeout'), /in time/],
  ['etcd leader change', answer(500, 'etcdserver: leader changed'), /trouble \(500\)/],
  [
    'quota race',
    answer(
      409,
      'Operation cannot be fulfilled on resourcequotas "q": the object has been modified',
    ),
    /trouble \(409\)/,
  ],
  [
    'K6 · webhook down',
    answer(500, WEBHOOK),
    /webhook inferenceservice\.kserve-webhook-server\.defaulter/,
  ],
  ['connection reset', { type: 'reset' }, /connection to the API server was lost/],
  ['answer lost', { type: 'lose-answer' }, /connection to the API server was lost/],
  ['answer cut off', { type: 'truncate', bytes: 40 }, /connection to the API server was lost/],
  ['no answer', { type: 'hang' }, /did not answer in time/],
]

for (const [title, fault, reason] of PASSING) {
  serial(`R4 · an apply gets through: ${title}`, async t => {
    const { proxy, cluster, namespace, notices } = await aSetting(t, { requestTimeoutSeconds: 1 })
    const rule = proxy.on({ method: 'PATCH', path: CONFIG_MAPS, times: 2 }, fault)
    const object = await cluster.apply(aConfigMap(namespace, 'a', { x: '1' }))
    t.is(rule.hits(), 2)
    t.deepEqual(object.data, { x: '1' })
    t.is(cluster.requests.patch, 3)
    t.deepEqual(
      notices.map(notice => [notice.verb, notice.attempt, notice.ref?.name]),
      [
        ['patch', 1, 'a'],
        ['patch', 2, 'a'],
      ],
    )
    t.regex(notices[0]?.reason ?? '', reason)
  })
}

serial('R4 · Retry-After is honoured', async t => {
  const { proxy, cluster, namespace, notices } = await aSetting(t)
  proxy.on({ method: 'PATCH', times: 1 }, answer(429, 'Too many requests', { 'Retry-After': '1' }))
  const started = performance.now()
  await cluster.apply(aConfigMap(namespace, 'a'))
  t.true(performance.now() - started >= 1000)
  t.is(notices[0]?.delaySeconds, 1)
})

serial('R4 · lists, reads and deletes get through as well', async t => {
  const { proxy, cluster, namespace } = await aSetting(t)
  const { metadata } = await cluster.apply(aConfigMap(namespace, 'a'))
  const ref = refOf(aConfigMap(namespace, 'a'))
  proxy.on({ method: 'GET', path: CONFIG_MAPS, times: 1 }, { type: 'truncate', bytes: 100 })
  t.is(
    (await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace })).items.some(
      item => item.metadata.name === 'a',
    ),
    true,
  )
  proxy.on({ method: 'GET', path: CONFIG_MAPS, times: 1 }, { type: 'reset' })
  t.is((await cluster.get(ref))?.metadata.uid, metadata.uid)
  // In the background: it is gone at once, and no garbage collector is waited for.
  proxy.on({ method: 'DELETE', times: 1 }, { type: 'lose-answer' })
  t.is(await cluster.delete(ref, { propagation: 'Background', uid: metadata.uid ?? '' }), 'absent')
  proxy.on({ method: 'GET', path: /\/apis\/apps\/v1$/, times: 1 }, answer(503, 'starting'))
  t.truthy(await cluster.kind({ apiVersion: 'apps/v1', kind: 'Deployment' }))
})

/** Request, fault: carried out at most once. */
const ONCE: [string, Match, Fault][] = [
  ['a create whose answer is lost', { method: 'POST', path: CONFIG_MAPS }, { type: 'lose-answer' }],
  ['a create that is not answered', { method: 'POST', path: CONFIG_MAPS }, { type: 'hang' }],
  ['a delete without a UID whose answer is lost', { method: 'DELETE' }, { type: 'lose-answer' }],
]

for (const [title, match, fault] of ONCE) {
  serial(`R4 · not sent twice: ${title}`, async t => {
    const { proxy, cluster, namespace, notices } = await aSetting(t, { requestTimeoutSeconds: 1 })
    const rule = proxy.on(match, fault)
    const object = aConfigMap(namespace, 'a')
    const run =
      match.method === 'POST'
        ? cluster.create(object)
        : cluster
            .apply(object)
            .then(() => cluster.delete(refOf(object), { propagation: 'Background' }))
    await t.throwsAsync(run, { instanceOf: ClusterError })
    t.is(rule.hits(), 1)
    t.deepEqual(notices, [])
  })
}

serial('R4 · a create is sent again when it was certainly refused', async t => {
  const { proxy, cluster, namespace } = await aSetting(t)
  proxy.on({ method: 'POST', path: CONFIG_MAPS, times: 2 }, answer(429, 'Too many requests'))
  t.truthy((await cluster.create(aConfigMap(namespace, 'a'))).metadata.uid)
})

serial('R4 · the budget ends; the last refusal is told', async t => {
  const { proxy, cluster, namespace } = await aSetting(t, { retry: { attempts: 3 } })
  const rule = proxy.on({ method: 'PATCH' }, answer(503, 'apiserver is shutting down'))
  const error = await t.throwsAsync(cluster.apply(aConfigMap(namespace, 'a')), {
    instanceOf: ClusterError,
  })
  t.like(error.failure, { type: 'server', status: 503, message: 'apiserver is shutting down' })
  t.is(rule.hits(), 3)
})

serial('K6 · the patience for a webhook ends as well', async t => {
  const { proxy, cluster, namespace } = await aSetting(t, { webhookPatienceSeconds: 1 })
  const rule = proxy.on({ method: 'PATCH' }, answer(500, WEBHOOK))
  const error = await t.throwsAsync(cluster.apply(aConfigMap(namespace, 'a')), {
    instanceOf: ClusterError,
  })
  t.is(error.failure.type, 'webhook-unavailable')
  t.true(rule.hits() >= 2)
})

serial('R4 · an API server that restarts is waited for', async t => {
  const { proxy, cluster, namespace, notices } = await aSetting(t)
  await proxy.down()
  const applying = cluster.apply(aConfigMap(namespace, 'a'))
  while (notices.length < 2) await new Promise(resolve => setTimeout(resolve, 10))
  await proxy.up()
  t.truthy((await applying).metadata.uid)
  t.true(notices.some(notice => notice.reason === 'the API server refuses connections'))
})

serial('a list whose continue token expires on the way is asked for once more, whole', async t => {
  const { proxy, cluster, namespace } = await aSetting(t)
  // A watch begins with small pages.
  const names = Array.from({ length: 110 }, (_, index) => `c-${index}`)
  await Promise.all(names.map(name => cluster.apply(aConfigMap(namespace, name))))
  const expired = proxy.on(
    { path: /continue=/ },
    {
      type: 'answer',
      status: 410,
      body: { status: 'Failure', reason: 'Expired', message: 'too old', code: 410 },
    },
  )
  const items = await firstSync(cluster, { apiVersion: 'v1', kind: 'ConfigMap', namespace })
  t.is(items.filter(item => item.metadata.name.startsWith('c-')).length, 110)
  t.is(expired.hits(), 1)
  t.is(cluster.requests.list, 3)
})

serial(
  'an interruption ends requests, retries and queues at once; another view goes on',
  async t => {
    const controller = new AbortController()
    const { proxy, cluster, namespace } = await aSetting(t, { signal: controller.signal })
    const slow = proxy.on({ method: 'PATCH', path: /slow/ }, { type: 'hang' })
    const busy = proxy.on(
      { method: 'PATCH', path: /busy/ },
      answer(429, 'Too many requests', { 'Retry-After': '30' }),
    )
    const runs = [
      ...Array.from({ length: 40 }, (_, index) =>
        cluster.apply(aConfigMap(namespace, `slow-${index}`)),
      ),
      cluster.withSignal(controller.signal).apply(aConfigMap(namespace, 'busy')),
    ]
    while (slow.hits() < 15) await new Promise(resolve => setTimeout(resolve, 10))
    const started = performance.now()
    controller.abort()
    const types = (await Promise.allSettled(runs)).map(
      result =>
        result.status === 'rejected' &&
        result.reason instanceof ClusterError &&
        result.reason.failure.type,
    )
    t.deepEqual([...new Set(types)], ['aborted'])
    t.true(performance.now() - started < 15_000, 'no request is waited for')
    t.true(slow.hits() + busy.hits() <= 16)
    proxy.clear()
    t.truthy((await cluster.withSignal().apply(aConfigMap(namespace, 'after'))).metadata.uid)
  },
)

serial(
  'the interruption of one view does not reach another that waits for the same answer',
  async t => {
    const { proxy, cluster } = await aSetting(t)
    const controller = new AbortController()
    const job = { apiVersion: 'batch/v1', kind: 'Job' }
    const hanging = proxy.on({ path: /\/apis\/batch\/v1$/, times: 1 }, { type: 'hang' })
    const first = cluster.withSignal(controller.signal).kind(job)
    const second = cluster.kind(job)
    while (hanging.hits() === 0) await new Promise(resolve => setTimeout(resolve, 10))
    controller.abort()
    const error = await t.throwsAsync(first, { instanceOf: ClusterError })
    t.is(error.failure.type, 'aborted')
    t.like(await second, { plural: 'jobs' })
  },
)

serial('what answers without being an API server is told', async t => {
  const { proxy, cluster, namespace } = await aSetting(t)
  proxy.on(
    { method: 'PATCH' },
    { type: 'answer', status: 200, body: '<html>Please sign in</html>' },
  )
  const error = await t.throwsAsync(cluster.apply(aConfigMap(namespace, 'a')), {
    instanceOf: ClusterError,
  })
  t.regex(error.failure.message, /not JSON/)
})
