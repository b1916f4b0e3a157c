import { Agent, createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import { at, entries, type KubeObject } from '../../src/object/index.ts'
import { podLabelsOf } from '../../src/kinds/index.ts'
import type { Kubectl } from './kubectl.ts'

/**
 * A small gateway: it accepts the HTTPRoutes of a namespace, and is a real reverse proxy by their weights and by the ready endpoints of
 * EndpointSlices. Each ready pod is a real HTTP server on loopback, which goes as a kubelet lets it go: when its preStop hook has ended.
 */
export interface GatewayRun {
  /** Sends so many requests one after the other, and tells what answered: `chat-b 200`. */
  ask: (count: number) => Promise<void>
  /** How often which pods answered, by the label that they are found by. */
  answers: Map<string, number>
  failures: string[]
  /** Asks on until the work is done. */
  during: <Result>(work: () => Promise<Result>) => Promise<Result>
}

interface World {
  routes: readonly KubeObject[]
  services: readonly KubeObject[]
  slices: readonly KubeObject[]
  pods: readonly KubeObject[]
}

const LOOK_MS = 200

export async function aGateway(
  t: ExecutionContext,
  { cluster, kubectl, namespace }: { cluster: Cluster; kubectl: Kubectl; namespace: string },
): Promise<GatewayRun> {
  const servers = new Map<string, Server>()
  const agent = new Agent({ keepAlive: true })
  const accepted = new Map<string, number>()
  const ended = new AbortController()
  let world: World = { routes: [], services: [], slices: [], pods: [] }

  const look = async () => {
    // A route is said to be accepted, and a pod is chosen, only when what stands behind them is there.
    const next = await read(cluster, namespace)
    await Promise.all(next.pods.filter(isReady).map(serve))
    world = next
    await Promise.all(world.routes.map(route => accept(route)))
    const alive = new Set(world.pods.map(nameOf))
    for (const name of servers.keys()) if (!alive.has(name)) retire(name)
  }
  const accept = async (route: KubeObject) => {
    const { name, generation = 0 } = route.metadata
    if (accepted.get(name) === generation) return
    await kubectl(...acceptanceOf(route, namespace))
    accepted.set(name, generation)
  }
  const serve = async (pod: KubeObject) => {
    if (servers.has(nameOf(pod))) return
    const said = podLabel(pod)
    // A connection that a server closes for being idle may be asked once more at that very moment: a failure of nobody's.
    const server = createServer({ keepAliveTimeout: 0 }, (_, response) => response.end(said))
    servers.set(nameOf(pod), server)
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  }
  const leaving = new Set<string>()
  const retire = (name: string) => {
    if (leaving.has(name)) return
    leaving.add(name)
    void setTimeout(PRE_STOP_SECONDS * 1000, undefined, { signal: ended.signal }).then(
      () => close(servers.get(name)),
      () => undefined,
    )
  }

  const looking = (async () => {
    while (!ended.signal.aborted) {
      await look().catch((error: unknown) => t.log(String(error)))
      await setTimeout(LOOK_MS)
    }
  })()
  t.teardown(async () => {
    ended.abort()
    await looking
    for (const server of servers.values()) close(server)
    agent.destroy()
  })

  const answers = new Map<string, number>()
  const failures: string[] = []
  const askOnce = async () => {
    const { backend, pod = '' } = chosen(world)
    const server = servers.get(pod)
    const said =
      server === undefined ? `503 ${backend} has no ${pod || 'pod'}` : await answerOf(server, agent)
    if (said.startsWith('200 ')) {
      const who = said.slice(4)
      answers.set(who, (answers.get(who) ?? 0) + 1)
    } else failures.push(said)
  }
  const ask = async (count: number) => {
    for (let index = 0; index < count; index += 1) await askOnce()
  }
  return {
    ask,
    answers,
    failures,
    during: async work => {
      const done = new AbortController()
      const asking = (async () => {
        while (!done.signal.aborted) {
          await ask(20)
          await setTimeout(100)
        }
      })()
      const result = await work().finally(() => done.abort())
      await asking
      return result
    },
  }
}

/** As the pods' own hooks say. */
const PRE_STOP_SECONDS = 10

async function read(cluster: Cluster, namespace: string): Promise<World> {
  const list = async (apiVersion: string, kind: string) =>
    (await cluster.list({ apiVersion, kind, namespace })).items
  const [routes, services, slices] = await Promise.all([
    list('gateway.networking.k8s.io/v1', 'HTTPRoute'),
    list('v1', 'Service'),
    list('discovery.k8s.io/v1', 'EndpointSlice'),
  ])
  // Afterwards: a pod that is an endpoint is then known to be ready.
  const pods = await list('v1', 'Pod')
  return { routes, services, slices, pods }
}

/** A backend by weight, then one of its ready endpoints. */
function chosen({ routes, services, slices }: World): { backend: string; pod?: string } {
  const rules = entries(at(routes[0], 'spec', 'rules'))
  const backends = entries(rules[0]?.['backendRefs'])
  const sum = backends.reduce((total, { weight }) => total + Number(weight), 0)
  let point = Math.random() * sum
  const backend = backends.find(({ weight }) => (point -= Number(weight)) < 0)
  const service = services.find(({ metadata }) => metadata.name === backend?.['name'])
  const ready = slices
    .filter(
      ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service?.metadata.name,
    )
    .flatMap(slice => entries(slice['endpoints']))
    .filter(endpoint => at(endpoint, 'conditions', 'ready') === true)
    .map(endpoint => String(at(endpoint, 'targetRef', 'name')))
  const pod = ready[Math.floor(Math.random() * ready.length)]
  return { backend: String(backend?.['name']), ...(pod !== undefined && { pod }) }
}

function answerOf(server: Server, agent: Agent): Promise<string> {
  const { port } = (server.address() as AddressInfo | null) ?? { port: 9 }
  return new Promise(done => {
    const asking = request({ host: '127.0.0.1', port, path: '/', agent }, response => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => done(`${response.statusCode} ${Buffer.concat(parts).toString()}`))
    })
    asking.on('error', error => done(`502 ${error.message}`))
    asking.end()
  })
}

function isReady(pod: KubeObject): boolean {
  const conditions = entries(at(pod, 'status', 'conditions'))
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
}

function close(server: Server | undefined): void {
  server?.close()
  server?.closeAllConnections()
}

const nameOf = ({ metadata }: KubeObject) => metadata.name

const podLabel = (pod: KubeObject) =>
  podLabelsOf(pod)?.['slipway.dev/endpoint'] ?? pod.metadata.labels?.['slipway.dev/endpoint'] ?? ''

/** Arguments of kubectl that say, as a gateway's controller does, that the route is taken. */
export function acceptanceOf(route: KubeObject, namespace: string): string[] {
  const { name, generation } = route.metadata
  const conditions = ['Accepted', 'ResolvedRefs'].map(type => ({
    type,
    status: 'True',
    reason: type,
    message: '',
    observedGeneration: generation,
    lastTransitionTime: new Date().toISOString(),
  }))
  const parents = entries(at(route, 'spec', 'parentRefs')).map(parentRef => ({
    parentRef,
    controllerName: 'example.com/gateway',
    conditions,
  }))
  const patch = JSON.stringify({ status: { parents } })
  const what = ['patch', 'httproute', name, '-n', namespace, '--subresource=status']
  return [...what, '--type=merge', '-p', patch]
}
