import type { Cluster } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'

/** Who answers in a namespace, as a watcher of its pods and Services sees it, moment by moment. */
export interface Watched {
  /** Ends the watch: of those that answered in the beginning, who did not at some moment since. `Deployment/a`, `Service/b`. */
  gaps: () => Promise<ReadonlySet<string>>
}

interface Seen {
  pods: Map<string, KubeObject>
  services: Map<string, KubeObject>
}

export async function watchGaps(cluster: Cluster, namespace: string): Promise<Watched> {
  const seen: Seen = { pods: new Map(), services: new Map() }
  const found = new Set<string>()
  let asked: ReadonlyMap<string, number[]> | undefined
  const look = () => {
    for (const [name, ports] of asked ?? []) if (!answers(name, ports, seen)) found.add(name)
  }
  const streams = [
    follow({ cluster, namespace, kind: 'Pod', objects: seen.pods, look }),
    follow({ cluster, namespace, kind: 'Service', objects: seen.services, look }),
  ]
  await Promise.all(streams.map(({ begun }) => begun))
  asked = answering(seen)
  return {
    gaps: async () => {
      await Promise.all(streams.map(({ upToNow }) => upToNow()))
      return found
    },
  }
}

/** With the ports that a Service answers on. */
function answering(seen: Seen): ReadonlyMap<string, number[]> {
  const apps = [...seen.pods.values()].flatMap(({ metadata }) => metadata.labels?.['app'] ?? [])
  const all: [string, number[]][] = [
    ...apps.map((app): [string, number[]] => [`Deployment/${app}`, []]),
    ...[...seen.services.values()].map((service): [string, number[]] => [
      `Service/${service.metadata.name}`,
      specOf(service).ports.map(({ port }) => port),
    ]),
  ]
  return new Map(all.filter(([name, ports]) => answers(name, ports, seen)))
}

function answers(key: string, ports: readonly number[], { pods, services }: Seen): boolean {
  const [kind, name = ''] = key.split('/')
  if (kind === 'Deployment') return hasReady(pods, { app: name })
  const service = services.get(name)
  if (service === undefined) return false
  const spec = specOf(service)
  return (
    hasReady(pods, spec.selector) && ports.every(port => spec.ports.some(own => own.port === port))
  )
}

function specOf({ spec }: KubeObject) {
  const { selector = {}, ports = [] } = spec as {
    selector?: Record<string, string>
    ports?: { port: number }[]
  }
  return { selector, ports }
}

function hasReady(pods: Seen['pods'], selector: Record<string, string>): boolean {
  return [...pods.values()].some(
    pod =>
      isReady(pod) &&
      Object.entries(selector).every(([label, value]) => pod.metadata.labels?.[label] === value),
  )
}

/** One that is ending gets no new requests. */
function isReady({ metadata, status }: KubeObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] }
  const isUp = conditions.some(each => each.type === 'Ready' && each.status === 'True')
  return isUp && metadata.deletionTimestamp === undefined
}

interface Following {
  cluster: Cluster
  namespace: string
  kind: 'Pod' | 'Service'
  objects: Map<string, KubeObject>
  look: () => void
}

function follow({ cluster, namespace, kind, objects, look }: Following) {
  const stop = new AbortController()
  const marker = `marker-${kind.toLowerCase()}`
  const begun = Promise.withResolvers<void>()
  const marked = Promise.withResolvers<void>()
  const work = async () => {
    const query = { apiVersion: 'v1', kind, namespace }
    for await (const event of cluster.watch(query, stop.signal)) {
      if (event.type === 'sync') objects.clear()
      for (const object of event.type === 'sync' ? event.items : [event.object]) {
        const { name, uid = '' } = object.metadata
        const key = kind === 'Pod' ? uid : name
        if (event.type === 'deleted') objects.delete(key)
        else if (name === marker) marked.resolve()
        else objects.set(key, object)
      }
      look()
      begun.resolve()
    }
  }
  const fail = (error: unknown) => {
    begun.reject(error)
    marked.reject(error)
  }
  void work().catch(fail)
  return {
    begun: begun.promise,
    /** A watch tells in order: what was before the marker has been seen when the marker is. */
    upToNow: async () => {
      await cluster.create(MARKERS[kind](marker, namespace))
      await marked.promise
      stop.abort()
      const ref = { apiVersion: 'v1', kind, namespace, name: marker }
      const live = await cluster.get(ref)
      await cluster.delete(ref, { propagation: 'Background', uid: live?.metadata.uid ?? '' })
    },
  }
}

const MARKERS = {
  Pod: (name: string, namespace: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      schedulingGates: [{ name: 'example.com/never' }],
      containers: [{ name: 'none', image: 'registry.example.com/none:1' }],
    },
  }),
  Service: (name: string, namespace: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { ports: [{ port: 1 }] },
  }),
}
