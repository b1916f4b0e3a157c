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
  ports?: { name?: string; containerPort: number }[]
  readinessProbe?: Probe
  livenessProbe?: Probe
  startupProbe?: Probe
}

/**
 * As the pod is, not as the spec says: a patch may have moved its probe. The container that has the spec's port is the server,
 * else the first with a probe.
 */
export function askedPod(pod: KubeObject, specPort: number): AskedPod {
  const { containers = [] } = (pod['spec'] ?? {}) as { containers?: Container[] }
  const server = containers.find(each => hasPort(each, specPort)) ?? containers.find(probeOf)
  const probe = server && probeOf(server)
  const probed = server && probe && portOf(server, probe.port)
  const port = server === undefined || hasPort(server, specPort) ? specPort : (probed ?? specPort)
  // A probe of another port (a sidecar's, one for management) is no request to the server.
  if (probe === undefined || probed !== port) return { port }
  return { port, healthPath: probe.path ?? '/' }
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
