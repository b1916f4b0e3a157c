import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExecutionContext } from 'ava'
import { asProblem, ClusterError, type Cluster, type PodRequest } from '../../src/cluster/index.ts'
import { servePods } from '../../src/sandbox/index.ts'
import { writePodLogs } from '../support/sandbox-trouble.ts'
import { aCluster, aDeployment, aNamespace } from '../support/cluster.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Requests and logs of pods, through the API server. */

const { serial } = sandboxTest()

interface Heard {
  method: string
  path: string
  host: string
  body: string
}

interface PodServer {
  port: number
  heard: Heard[]
}

/** What really answers: /health at once, /predict with what it was sent, /slow never. */
async function aServer(t: ExecutionContext): Promise<PodServer> {
  const heard: Heard[] = []
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const { method = '', url = '', headers } = request
    const body = Buffer.concat(chunks).toString('utf8')
    heard.push({ method, path: url, host: headers.host ?? '', body })
    if (url === '/slow') return
    response.writeHead(url === '/predict' ? 201 : 200, { 'Content-Type': 'application/json' })
    response.end(url === '/predict' ? body : JSON.stringify({ status: 'ok' }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(async () => {
    server.closeAllConnections()
    await new Promise<void>(resolve => server.close(() => resolve()))
  })
  return { port: (server.address() as AddressInfo).port, heard }
}

/** The name of a running pod. */
async function aPod(cluster: Cluster, namespace: string): Promise<string> {
  await cluster.apply(aDeployment(namespace, 'server'))
  const query = { apiVersion: 'v1', kind: 'Pod', namespace }
  for await (const event of cluster.watch(query, AbortSignal.timeout(120_000))) {
    const pods = event.type === 'sync' ? event.items : [event.object]
    const running = pods.find(pod => (pod.status as { phase?: string }).phase === 'Running')
    if (running !== undefined) return running.metadata.name
  }
  throw new Error('no pod was started within 120 s')
}

serial('K4 · a pod answers through the port-forward, to GET and to POST', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const { port, heard } = await aServer(t)
  await servePods(t.context.sandbox, { port, namespace })
  const pod = await aPod(cluster, namespace)
  const request: PodRequest = {
    namespace,
    pod,
    port: 8000,
    method: 'GET',
    path: '/health',
    timeoutSeconds: 60,
  }

  // In a sandbox that has only just begun, kwok looks for its port-forwards a little later.
  let health = { status: 0, body: '', latencySeconds: 0 }
  await eventually(async () => {
    health = await cluster.requestPod(request).catch(() => health)
    return health.status > 0
  })
  t.deepEqual([health.status, health.body], [200, '{"status":"ok"}'])
  t.true(health.latencySeconds > 0 && health.latencySeconds < 60)

  const body = { prompt: 'hi'.repeat(100_000) }
  const predict = await cluster.requestPod({ ...request, method: 'POST', path: '/predict', body })
  t.is(predict.status, 201)
  t.deepEqual(JSON.parse(predict.body), body)
  t.deepEqual(
    heard.map(({ method, path, host }) => `${method} ${path} ${host}`),
    ['GET /health localhost:8000', 'POST /predict localhost:8000'],
  )
})

serial('K4 · no answer, nobody listening and no pod are told apart', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const { port } = await aServer(t)
  await servePods(t.context.sandbox, { port, namespace })
  const pod = await aPod(cluster, namespace)
  const failureOf = async (more: Partial<PodRequest>) => {
    const request: PodRequest = {
      namespace,
      pod,
      port: 8000,
      method: 'GET',
      path: '/health',
      timeoutSeconds: 60,
      ...more,
    }
    const error = await t.throwsAsync(cluster.requestPod(request), { instanceOf: ClusterError })
    return error.failure
  }
  t.like(await failureOf({ path: '/slow', timeoutSeconds: 1 }), {
    type: 'timeout',
    message: `GET /slow on port 8000 of Pod/${namespace}/${pod} was not answered within 1 s`,
  })
  t.like(await failureOf({ pod: 'no-such-pod' }), { type: 'not-found' })

  const closed = await aClosedPort()
  await servePods(t.context.sandbox, { port: closed, namespace })
  const refused = await failureOf({})
  t.like(refused, { type: 'pod-unreachable', refused: true })
  t.regex(asProblem(new ClusterError(refused)).remedy ?? '', /port/)
})

async function aClosedPort(): Promise<number> {
  const server = http.createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>(resolve => server.close(() => resolve()))
  return port
}

serial('K3 · the last lines of a container, and of the instance before', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const pod = await aPod(cluster, namespace)
  await writePodLogs(t.context.sandbox, {
    namespace,
    lines: ['one', 'two', 'three'],
    previous: ['it crashed'],
  })
  const query = { namespace, pod, container: 'server' }
  t.is(await cluster.logs({ ...query, tailLines: 2 }), 'two\nthree\n')
  t.is(await cluster.logs({ ...query, previous: true }), 'it crashed\n')
  const error = await t.throwsAsync(cluster.logs({ namespace, pod: 'no-such-pod' }), {
    instanceOf: ClusterError,
  })
  t.is(error.failure.type, 'not-found')
})
