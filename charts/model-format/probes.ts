import { isMap } from '../../src/object/index.ts'
import type { Container } from '../../src/serving-runtime/index.ts'
import type { Endpoint } from '../../src/spec/index.ts'
import { actionOf, timesOf, withHandler, type Handler, type Ports, type Probe } from '../probes.ts'

type Probes = Endpoint['spec']['probes']
type Settings = Exclude<Probes['startup'], false | undefined>

const PROBES = { readiness: 'readinessProbe', liveness: 'livenessProbe' } as const
const HANDLERS = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const

/** What an endpoint changes of its serving runtime's probes: merged over them field by field, as KServe does it. */
export function formatProbesOf(endpoint: Endpoint, runtime: Container) {
  const { probes } = endpoint.spec
  const probe = (kind: 'readiness' | 'liveness') => {
    const settings = probes[kind]
    if (settings === undefined || settings === false) return undefined
    return changed(settings, {
      below: probeOf(runtime, PROBES[kind]),
      shared: probes,
      ports: endpoint.spec,
    })
  }
  const livenessProbe = probe('liveness')
  return {
    readinessProbe: probe('readiness'),
    livenessProbe,
    startupProbe: startupProbe(endpoint, { runtime, livenessProbe }),
  }
}

interface Surroundings {
  below: Probe | undefined
  shared: Handler
  ports: Ports
}

function changed(settings: Settings, { below, shared, ports }: Surroundings): Probe {
  return { ...handlerOf(withHandler(settings, shared), below, ports), ...timesOf(settings) }
}

/** Without a path it is asked as the runtime asks; where that does not, by TCP as KServe does. */
function handlerOf(handler: Handler, below: Probe | undefined, ports: Ports): Probe {
  const { path, grpc, tcp, exec } = handler
  if ([path, grpc, tcp, exec].some(way => way !== undefined)) return actionOf(handler, ports)
  return below === undefined ? { tcpSocket: { port: ports.port } } : {}
}

interface Given {
  runtime: Container
  livenessProbe: Probe | undefined
}

/** As long as loadTime, where a liveness probe would otherwise kill a server that loads. */
function startupProbe({ spec }: Endpoint, { runtime, livenessProbe }: Given): Probe | undefined {
  const { startup: settings } = spec.probes
  const below = probeOf(runtime, 'startupProbe')
  const liveness = { ...probeOf(runtime, 'livenessProbe'), ...livenessProbe }
  const isNeeded = below !== undefined || HANDLERS.some(handler => liveness[handler] !== undefined)
  if (settings === false || (settings === undefined && (!isNeeded || spec.loadTime === 0))) {
    return undefined
  }
  const own = changed(settings ?? {}, {
    below: below ?? handlerAlone(liveness),
    shared: spec.probes,
    ports: spec,
  })
  const wanted = { ...STARTUP, ...(below ?? handlerAlone(liveness)), ...defined(own) }
  const failureThreshold = settings?.failures ?? fitting(spec.loadTime, wanted)
  if (below === undefined) return { ...wanted, failureThreshold }
  return settings === undefined && failureThreshold === (below.failureThreshold ?? 3)
    ? undefined
    : { ...own, failureThreshold }
}

const STARTUP = { periodSeconds: 10, timeoutSeconds: 5 }

function fitting(loadTime: number, { initialDelaySeconds = 0, periodSeconds = 10 }: Probe): number {
  return Math.max(1, Math.ceil((loadTime - initialDelaySeconds) / periodSeconds))
}

function handlerAlone(probe: Probe): Probe | undefined {
  const found = HANDLERS.find(handler => probe[handler] !== undefined)
  return found === undefined ? undefined : { [found]: probe[found] }
}

function probeOf(container: Container, name: string): Probe | undefined {
  const probe = container[name]
  return isMap(probe) ? probe : undefined
}

function defined(probe: Probe): Probe {
  return Object.fromEntries(Object.entries(probe).filter(([, value]) => value !== undefined))
}
