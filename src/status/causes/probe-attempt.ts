import type { PodContainer } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Probe } from '../shapes.ts'
import { eventText, isAboutContainer } from '../view.ts'
import { cleaned } from '../wording.ts'

export type ProbeKind = 'readiness' | 'liveness' | 'startup'

/** A probe that failed: what it tried and what came back. */
export interface ProbeAttempt {
  kind: ProbeKind
  /** `GET :8000/health`, `TCP :8000`, `exec` */
  tried: string
  port?: number
  path?: string
  /** `connection refused`, `HTTP status 404`, `no answer in time` */
  answer: string
  /** The event's own words. */
  text: string
}

const FAILED = /^(Readiness|Liveness|Startup) probe (?:failed|errored[^:]*): ([\s\S]*)$/

/** The last failed probe of a container, from its events; port and path that the event does not say come from the probe. */
export function probeAttempt(
  container: PodContainer,
  { related }: Inquiry,
): ProbeAttempt | undefined {
  const event = related
    .eventsOf(container.pod)
    .findLast(
      each =>
        each.reason === 'Unhealthy' &&
        isAboutContainer(each, container.name) &&
        FAILED.test(eventText(each)),
    )
  const [, name = '', output = ''] = FAILED.exec(event ? eventText(event) : '') ?? []
  if (event === undefined) return undefined
  const kind = kindOf(name)
  const probe = container.spec[`${kind}Probe`]
  return {
    kind,
    ...target(probe, output, container),
    answer: answerOf(output),
    text: cleaned(eventText(event)),
  }
}

function kindOf(name: string): ProbeKind {
  if (name === 'Liveness') return 'liveness'
  return name === 'Startup' ? 'startup' : 'readiness'
}

/** What the kubelet asks a container that it does not call ready, such as `GET :8000/health`, and by which probe; undefined without one. */
export function askedOf(container: PodContainer): Pick<ProbeAttempt, 'kind' | 'tried'> | undefined {
  const { spec, status } = container
  const kind = spec.startupProbe !== undefined && status.started !== true ? 'startup' : 'readiness'
  const probe = spec[`${kind}Probe`]
  return probe && { kind, tried: target(probe, '', container).tried }
}

function target(
  probe: Probe | undefined,
  output: string,
  container: PodContainer,
): Pick<ProbeAttempt, 'tried' | 'port' | 'path'> {
  const [, urlPort, urlPath = '/'] = /"https?:\/\/[^/"]*:(\d+)(\/[^"]*)?"/.exec(output) ?? []
  if (urlPort !== undefined) return httpTarget(Number(urlPort), urlPath)
  if (probe?.httpGet !== undefined)
    return httpTarget(portNumber(probe.httpGet.port, container), probe.httpGet.path ?? '/')
  if (probe?.tcpSocket !== undefined) return portTarget('TCP', probe.tcpSocket.port, container)
  if (probe?.grpc !== undefined) return portTarget('gRPC', probe.grpc.port, container)
  return { tried: probe?.exec === undefined ? 'the probe' : 'its command' }
}

function httpTarget(
  port: number | undefined,
  path: string,
): Pick<ProbeAttempt, 'tried' | 'port' | 'path'> {
  const tried = `GET :${port ?? '?'}${path}`
  return port === undefined ? { tried, path } : { tried, port, path }
}

function portTarget(
  protocol: string,
  declared: number | string | undefined,
  container: PodContainer,
): Pick<ProbeAttempt, 'tried' | 'port'> {
  const port = portNumber(declared, container)
  const tried = `${protocol} :${port ?? '?'}`
  return port === undefined ? { tried } : { tried, port }
}

function portNumber(port: number | string | undefined, { spec }: PodContainer): number | undefined {
  if (typeof port === 'number') return port
  return spec.ports?.find(({ name }) => name === port)?.containerPort
}

/** Of Go's net/http, and of pkg/probe/grpc: the server is there and speaks otherwise than the probe. A TLS alert begins with \x15\x03. */
const WRONG_LANGUAGE: [pattern: RegExp, answer: string][] = [
  [/malformed HTTP response "\\x1[56]\\x03/, 'the server speaks HTTPS'],
  [/server gave HTTP response to HTTPS client/, 'the server speaks HTTP'],
  [/does not implement the grpc health protocol/, 'it does not implement the grpc health protocol'],
]

function answerOf(output: string): string {
  const [, status] = /statuscode: (\d+)/.exec(output) ?? []
  if (status !== undefined) return `HTTP status ${status}`
  if (/connection refused/.test(output)) return 'connection refused'
  const spoken = WRONG_LANGUAGE.find(([pattern]) => pattern.test(output))
  if (spoken !== undefined) return spoken[1]
  if (/deadline exceeded|Client\.Timeout|timed out|timeout:/i.test(output))
    return 'no answer in time'
  const [, program] =
    /exec: "([^"]{1,100})": (?:executable file not found|stat )/.exec(output) ?? []
  if (program !== undefined) return `its command ${program} is not in the image`
  return cleaned(output, 120)
}
