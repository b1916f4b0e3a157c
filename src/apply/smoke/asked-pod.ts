import { KSERVE } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'

/** Where a pod is asked. */
export interface AskedPod {
  port: number
  /** The path that its probe asks; undefined where no probe asks by HTTP. */
  healthPath?: string
}

interface Probe {
  httpGet?: { path?: string; port?: number | string }
}

interface Container {
  name?: string
  ports?: { name?: string; containerPort: number }[]
  readinessProbe?: Probe
  livenessProbe?: Probe
  startupProbe?: Probe
}

/**
 * As the pod is, not as the spec says: a patch may have moved its probe. KServe's transformer is asked where there is one, else the container
 * that has the spec's port, else the first with a probe.
 */
export function askedPod(pod: KubeObject, specPort: number): AskedPod {
  const { containers = [] } = (pod['spec'] ?? {}) as { containers?: Container[] }
  const entrance = transformerIn(pod, containers)
  const wanted = entrance?.ports?.[0]?.containerPort ?? (entrance ? KSERVE.port : specPort)
  const server =
    entrance ?? containers.find(each => hasPort(each, wanted)) ?? containers.find(probeOf)
  const probe = server && probeOf(server)
  const probed = server && probe && portOf(server, probe.port)
  const isSaid = entrance !== undefined || server === undefined || hasPort(server, wanted)
  const port = isSaid ? wanted : (probed ?? wanted)
  // A probe of another port (a sidecar's, one for management) is no request to the server.
  if (probe === undefined || probed !== port) return { port }
  return { port, healthPath: probe.path ?? '/' }
}

/**
 * The transformer of an InferenceService, at whose first port requests come in, whatever the model server's: beside the server, or in pods of
 * its own (KServe's service_reconciler.go).
 */
function transformerIn(
  { metadata: { labels = {} } }: KubeObject,
  containers: readonly Container[],
): Container | undefined {
  if (!(KSERVE.podLabel in labels)) return undefined
  const inside = containers.find(({ name }) => name === KSERVE.transformer)
  if (inside !== undefined || labels[KSERVE.component] !== 'transformer') return inside
  return containers.find(({ name }) => name === KSERVE.container) ?? containers[0]
}

function hasPort({ ports = [] }: Container, port: number): boolean {
  return ports.some(({ containerPort }) => containerPort === port)
}

function probeOf({ readinessProbe, livenessProbe, startupProbe }: Container) {
  return [readinessProbe, livenessProbe, startupProbe].find(probe => probe?.httpGet)?.httpGet
}

/** A probe may name its port. */
function portOf({ ports = [] }: Container, port: number | string | undefined): number | undefined {
  if (typeof port === 'number') return port
  return ports.find(({ name }) => name === port)?.containerPort
}
