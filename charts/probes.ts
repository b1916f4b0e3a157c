import type { k8s } from 'cdk8s-plus-28'
import { BUILT_IN, type Endpoint } from '../src/spec/index.ts'
import type { Plain } from './plain.ts'

export type Probe = Plain<k8s.Probe>

/** Of the startup probe, where the spec does not say otherwise. */
const STARTUP = { periodSeconds: 10, timeoutSeconds: 5 }

/** The server's ports, by which a probe may name one. */
export type Ports = Pick<Endpoint['spec'], 'port' | 'ports'>

export interface Handler {
  path?: string | undefined
  port?: number | string | undefined
  scheme?: string | undefined
  headers?: Readonly<Record<string, string>> | undefined
  grpc?: true | { service?: string | undefined } | undefined
  tcp?: true | undefined
  exec?: readonly string[] | undefined
}

interface ProbeSettings extends Handler {
  initialDelay?: number | undefined
  period?: number | undefined
  timeout?: number | undefined
  failures?: number | undefined
  successes?: number | undefined
}

/** All three probes ask the one port, by number (K1, K2), unless the spec names another way. */
export function probesOf({ spec }: Endpoint) {
  const { readiness, liveness } = spec.probes
  const probe = (settings: ProbeSettings | false | undefined) =>
    settings === false || settings === undefined
      ? undefined
      : probeOf(settings, usual(spec.probes), spec)
  return {
    startupProbe: startupProbe(spec),
    readinessProbe: probe(readiness),
    livenessProbe: probe(liveness),
  }
}

/** Holds the other two off while the model loads: as many failures as fit into loadTime. */
function startupProbe(spec: Endpoint['spec']): Probe | undefined {
  const settings = spec.probes.startup
  if (settings === false || (settings === undefined && spec.loadTime === 0)) return undefined
  const { initialDelay, period = STARTUP.periodSeconds, timeout, failures } = settings ?? {}
  const fitting = Math.ceil((spec.loadTime - (initialDelay ?? 0)) / period)
  const asked = {
    ...settings,
    period,
    timeout: timeout ?? STARTUP.timeoutSeconds,
    failures: failures ?? Math.max(1, fitting),
  }
  return probeOf(asked, likeReadiness(spec.probes), spec)
}

/** What is ready by gRPC, a connection or a command has started by it, too. */
function likeReadiness(probes: Endpoint['spec']['probes']): Handler {
  const [{ readiness }, shared] = [probes, usual(probes)]
  if (readiness === false || readiness === undefined) return shared
  const { exec, grpc, tcp, port, scheme } = readiness
  const isOther = [exec, grpc, tcp, port, scheme].some(field => field !== undefined)
  return isOther ? withHandler(readiness, shared) : shared
}

function usual(probes: Endpoint['spec']['probes']): Handler {
  return { ...probes, path: probes.path ?? BUILT_IN.probes.path }
}

function probeOf(settings: ProbeSettings, shared: Handler, ports: Ports): Probe {
  return {
    ...actionOf(withHandler(settings, shared), ports),
    ...timesOf(settings),
  }
}

/** When and how often it asks; what is not said is left out. */
export function timesOf({ initialDelay, period, timeout, failures, successes }: ProbeSettings) {
  return {
    // The API server keeps no zero.
    initialDelaySeconds: initialDelay === 0 ? undefined : initialDelay,
    periodSeconds: period,
    timeoutSeconds: timeout,
    failureThreshold: failures,
    successThreshold: successes,
  }
}

/** A way of its own is a probe's whole way; a path or a port alone differs from the shared one. */
export function withHandler(own: Handler, shared: Handler): Handler {
  const { path, port, scheme, headers, grpc, tcp, exec } = own
  if (exec !== undefined) return { exec }
  if (grpc !== undefined) return { grpc, port: port ?? shared.port }
  if (tcp !== undefined) return { tcp, port: port ?? shared.port }
  const common = {
    path: path ?? shared.path,
    port: port ?? shared.port,
    scheme: scheme ?? shared.scheme,
    headers: headers ?? shared.headers,
  }
  if (path !== undefined) return common
  return { ...common, grpc: shared.grpc, tcp: shared.tcp, exec: shared.exec }
}

export function actionOf(handler: Handler, ports: Ports): Probe {
  const { exec, grpc, tcp, path = '/', port = ports.port, scheme, headers } = handler
  if (exec !== undefined) return { exec: { command: exec } }
  if (grpc !== undefined) {
    const service = grpc === true ? undefined : grpc.service
    return { grpc: { port: numberOf(port, ports), service } }
  }
  if (tcp !== undefined) return { tcpSocket: { port } }
  const httpHeaders = Object.entries(headers ?? {}).map(([name, value]) => ({ name, value }))
  return {
    httpGet: {
      path,
      port,
      scheme,
      httpHeaders: httpHeaders.length === 0 ? undefined : httpHeaders,
    },
  }
}

/** Kubernetes takes no name of a port here; one that `ports` does not have is left for the check of what is rendered. */
function numberOf(port: number | string, { port: main, ports }: Ports): number {
  if (typeof port === 'number') return port
  const found = ports?.[port]?.port ?? (port === 'http' ? main : undefined)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return found ?? (port as unknown as number)
}

/** Seconds that a container may take to start before it is killed (startup probe), or said to take. */
export function startupSeconds(endpoint: Endpoint): number {
  const probe = startupProbe(endpoint.spec)
  if (probe === undefined) return endpoint.spec.loadTime
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probe
  return initialDelaySeconds + periodSeconds * failureThreshold
}
