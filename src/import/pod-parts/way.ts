import {
  at,
  defined,
  entries,
  equalValues,
  number,
  text,
  type JsonMap,
} from '../../object/index.ts'
import { BUILT_IN } from '../../spec/index.ts'
import { some } from '../read.ts'

/** How a probe asks, in the words of the spec: a path, a port that is not the one port, a scheme, headers; or grpc, tcp, exec. */
export type Way = JsonMap

/** How the three probes of a container ask: what they have in common, for `probes` itself, and what each has to say; `main` is spec.port. */
export function waysOf(container: unknown, main: number) {
  const [ready, live, startup] = ['readinessProbe', 'livenessProbe', 'startupProbe'].map(kind =>
    at(container, kind),
  )
  const [readyWay, liveWay, startWay] = [ready, live, startup].map(probe => wayOf(probe, main))
  const usual = BUILT_IN.probes.path
  const shared = sharedWay([readyWay, liveWay, startWay], usual)
  return {
    shared: { ...shared, path: shared['path'] === usual ? undefined : shared['path'] },
    readiness: { probe: ready, way: readyWay && saidWay(readyWay, shared) },
    liveness: { probe: live, way: liveWay && saidWay(liveWay, shared) },
    startup: {
      probe: startup,
      way: startWay && saidStart(startWay, { shared, ready: readyWay, main }),
    },
  }
}

/** Undefined where there is no probe. */
function wayOf(probe: unknown, main: number): Way | undefined {
  if (probe === undefined) return undefined
  const [http, grpc, tcp, command] = [
    at(probe, 'httpGet'),
    at(probe, 'grpc'),
    at(probe, 'tcpSocket'),
    at(probe, 'exec', 'command'),
  ]
  if (http !== undefined) return httpWay(http, main)
  if (grpc !== undefined) return defined({ grpc: serviceOf(grpc), port: portOf(grpc, main) })
  if (tcp !== undefined) return defined({ tcp: true, port: portOf(tcp, main) })
  return command === undefined ? {} : { exec: command }
}

function httpWay(http: unknown, main: number): Way {
  const scheme = text(at(http, 'scheme'))
  return defined({
    path: text(at(http, 'path')) ?? '/',
    port: portOf(http, main),
    scheme: scheme === 'HTTP' ? undefined : scheme,
    headers: headersOf(http),
  })
}

/** A header that is there twice has no form. */
function headersOf(http: unknown): JsonMap | undefined {
  const headers = entries(at(http, 'httpHeaders')).map(({ name, value }) => [name, value])
  const members = Object.fromEntries(headers) as JsonMap
  return Object.keys(members).length === headers.length ? some(members) : undefined
}

function serviceOf(grpc: unknown): true | JsonMap {
  const service = text(at(grpc, 'service')) ?? ''
  return service === '' ? true : { service }
}

function portOf(action: unknown, main: number): unknown {
  const port = at(action, 'port')
  return number(port) === main ? undefined : port
}

/** What all probes that ask by request or port have in common. */
function sharedWay(ways: readonly (Way | undefined)[], usualPath: string): Way {
  const asked = ways.filter(way => way !== undefined && way['exec'] === undefined)
  const requests = asked.filter(way => way?.['path'] !== undefined)
  const [path = usualPath] = requests.map(way => way?.['path'])
  return defined({
    path,
    port: commonOf(asked, 'port'),
    scheme: commonOf(requests, 'scheme'),
    headers: commonOf(requests, 'headers'),
  })
}

function commonOf(ways: readonly (Way | undefined)[], field: string): unknown {
  const [first, ...others] = ways.map(way => way?.[field])
  return others.every(other => equalValues(other, first)) ? first : undefined
}

/** What a probe has to say of its way where `shared` holds for it. */
function saidWay(way: Way, shared: Way): Way {
  const own = Object.entries(way).filter(([field, value]) => !equalValues(value, shared[field]))
  return Object.fromEntries(own)
}

/** The same for a startup probe, which asks as the readiness probe does where that has a way of its own (charts/probes.ts). */
function saidStart(way: Way, { shared, ready, main }: Beside): Way {
  if (ready === undefined || !isOther(saidWay(ready, shared))) return saidWay(way, shared)
  if (equalValues(way, ready)) return {}
  if (way['exec'] !== undefined) return way
  const { port = ready['port'] === undefined ? undefined : main, ...rest } = way
  if (way['path'] === undefined) return defined({ ...rest, port })
  const scheme = way['scheme'] ?? (ready['scheme'] === undefined ? undefined : 'HTTP')
  const headers = way['headers'] ?? (ready['headers'] === undefined ? undefined : {})
  return defined({ ...rest, port, scheme, headers })
}

interface Beside {
  shared: Way
  /** Of the readiness probe. */
  ready: Way | undefined
  /** spec.port */
  main: number
}

function isOther(own: Way): boolean {
  return ['exec', 'grpc', 'tcp', 'port', 'scheme'].some(field => own[field] !== undefined)
}
