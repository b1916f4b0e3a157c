import type { ExecutionContext } from 'ava'
import {
  ClusterError,
  type Cluster,
  type ListQuery,
  type RetryNotice,
  type WatchEvent,
} from '../../src/cluster/index.ts'
import { refOf } from '../../src/object/index.ts'
import { aCluster, aConfigMap, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Watches of a real API server, over connections that break. */

const { serial } = sandboxTest()

const WATCHED = /[?&]watch=true/

/** `added a`, `sync a b` … of the config maps that carry our label. */
interface Followed {
  seen: string[]
  /** Resolves when the words have been seen, in this order, since the last call. */
  sees: (...words: string[]) => Promise<void>
  stop: () => Promise<void>
}

function follow(t: ExecutionContext, cluster: Cluster, namespace: string): Followed {
  const controller = new AbortController()
  const query: ListQuery = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace,
    labelSelector: 'watched=yes',
  }
  const seen: string[] = []
  let from = 0
  let wake = () => {}
  const ended = (async () => {
    for await (const event of cluster.watch(query, controller.signal)) {
      seen.push(wordsOf(event))
      wake()
    }
  })()
  t.teardown(() => controller.abort())
  return {
    seen,
    async sees(...words) {
      const deadline = AbortSignal.timeout(90_000)
      for (const word of words) {
        while (seen.indexOf(word, from) < 0) {
          await new Promise<void>((resolve, reject) => {
            wake = resolve
            deadline.addEventListener('abort', () =>
              reject(new Error(`${word} was not seen: ${seen.join(', ')}`)),
            )
            ended.catch(reject)
          })
        }
        from = seen.indexOf(word, from) + 1
      }
    },
    stop: () => {
      controller.abort()
      return ended
    },
  }
}

function wordsOf(event: WatchEvent): string {
  if (event.type !== 'sync') return `${event.type} ${event.object.metadata.name}`
  return ['sync', ...event.items.map(item => item.metadata.name)].join(' ')
}

function watched(namespace: string, name: string, data: Record<string, string> = {}) {
  const object = aConfigMap(namespace, name, data)
  object.metadata.labels = { watched: 'yes' }
  return object
}

serial('R2 · a watch begins with everything there is, and goes on with every change', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  await cluster.apply(watched(namespace, 'a'))
  const events = follow(t, cluster, namespace)
  await events.sees('sync a')
  await cluster.apply(aConfigMap(namespace, 'unlabelled'))
  await cluster.apply(watched(namespace, 'b'))
  await cluster.apply(watched(namespace, 'b', { x: '1' }))
  await cluster.delete(refOf(watched(namespace, 'a')), { propagation: 'Background' })
  await events.sees('added b', 'modified b', 'deleted a')
  await events.stop()
  t.deepEqual(events.seen, ['sync a', 'added b', 'modified b', 'deleted a'])
})

serial(
  'R2 · a watch that breaks is resumed where it was: nothing is lost, nothing comes twice',
  async t => {
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const notices: RetryNotice[] = []
    const cluster = await aCluster(t, {
      kubeconfig: proxy.kubeconfig,
      onRetry: notice => notices.push(notice),
    })
    const direct = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, direct)
    const events = follow(t, cluster, namespace)
    await events.sees('sync')
    await direct.apply(watched(namespace, 'a'))
    await events.sees('added a')
    await proxy.down()
    await direct.apply(watched(namespace, 'b'))
    await direct.delete(refOf(watched(namespace, 'a')), { propagation: 'Background' })
    await proxy.up()
    await events.sees('added b', 'deleted a')
    t.deepEqual(events.seen, ['sync', 'added a', 'added b', 'deleted a'])
    t.is(cluster.requests.list, 1)
    t.is(notices[0]?.verb, 'watch')
    t.is(notices[0]?.reason, 'the connection to the API server was lost')
    await events.stop()
  },
)

serial('R2 · a watch whose place is forgotten (410) lists anew', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const namespace = await aNamespace(t, cluster)
  await cluster.apply(watched(namespace, 'a'))
  const events = follow(t, cluster, namespace)
  await events.sees('sync a')
  await cluster.apply(watched(namespace, 'b'))
  await events.sees('added b')
  const status = {
    kind: 'Status',
    status: 'Failure',
    message: 'too old resource version: 1 (9)',
    reason: 'Expired',
    code: 410,
  }
  const expired = proxy.on(
    { path: WATCHED, times: 1 },
    { type: 'answer', status: 410, body: status },
  )
  proxy.cut()
  await events.sees('sync a b')
  const inStream = proxy.on(
    { path: WATCHED, times: 1 },
    { type: 'answer', status: 200, body: `${JSON.stringify({ type: 'ERROR', object: status })}\n` },
  )
  proxy.cut()
  await events.sees('sync a b')
  await cluster.apply(watched(namespace, 'c'))
  await events.sees('added c')
  t.deepEqual([expired.hits(), inStream.hits()], [1, 1])
  t.is(cluster.requests.list, 3)
  await events.stop()
})

serial('R2 · a watch survives an API server that answers with errors for a while', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const namespace = await aNamespace(t, cluster)
  const events = follow(t, cluster, namespace)
  await events.sees('sync')
  const trouble = proxy.on({ path: WATCHED, times: 3 }, { type: 'answer', status: 503 })
  proxy.cut()
  await cluster.apply(watched(namespace, 'a'))
  await events.sees('added a')
  t.is(trouble.hits(), 3)
  await events.stop()
})

serial('a watch ends quietly, whether it reads, waits or lists when it is stopped', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const reading = follow(t, cluster, 'default')
  await reading.sees('sync')
  await t.notThrowsAsync(reading.stop())
  const hanging = proxy.on({ path: /configmaps/ }, { type: 'hang' })
  const listing = follow(t, cluster, 'default')
  while (hanging.hits() === 0) await new Promise(resolve => setTimeout(resolve, 10))
  await t.notThrowsAsync(listing.stop())
  t.deepEqual(listing.seen, [])
})

serial('what cannot get better ends a watch with its reason', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const events = cluster.watch(
    { apiVersion: 'example.com/v1', kind: 'Nothing' },
    AbortSignal.timeout(90_000),
  )
  const error = await t.throwsAsync(events[Symbol.asyncIterator]().next(), {
    instanceOf: ClusterError,
  })
  t.is(error.failure.type, 'kind-missing')
})
