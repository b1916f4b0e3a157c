import type { PodContainer } from '../containers.ts'
import type { ProbeAttempt } from './probe-attempt.ts'
import { remedyAgainst, type Remedies } from './remedies.ts'

/** What to do about a probe, by what came back. */
export function probeRemedy(container: PodContainer, attempt: ProbeAttempt): string {
  return (
    wrongPort(container, attempt) ??
    remedyAgainst(attempt.answer, ANSWERS, attempt) ??
    `check that the server listens on 0.0.0.0:${attempt.port ?? 'port'} (spec.port), and raise loadTime if the model is still loading`
  )
}

function wrongPort({ spec }: PodContainer, { port }: ProbeAttempt): string | undefined {
  const declared = (spec.ports ?? []).map(({ containerPort }) => containerPort)
  if (port === undefined || declared.length === 0 || declared.includes(port)) return undefined
  return `the container declares port ${declared.join(', ')}, not ${port}: point the probe at the port that the server listens on`
}

const ANSWERS: Remedies<ProbeAttempt> = [
  [
    /HTTP status (401|403)/,
    ({ path = '/' }) => `set probes.path to a path that needs no credentials (tried: ${path})`,
  ],
  [
    /HTTP status 404/,
    ({ path = '/' }) => `set probes.path to a path that the server knows (tried: ${path})`,
  ],
  [
    /HTTP status 503/,
    'raise loadTime if the model is still loading, which most servers answer with 503; otherwise read the log of the container',
  ],
  [
    /HTTP status 4/,
    ({ path = '/' }) =>
      `raise loadTime if the model is still loading (some servers, such as Triton, answer so until then); otherwise set probes.path to a path that answers every probe with success (tried: ${path})`,
  ],
  [/HTTP status/, 'read the log of the container: the server answers, but not with success'],
  [/speaks HTTPS/, 'say probes.scheme: HTTPS, or let the server speak HTTP on this port'],
  [/speaks HTTP$/, 'leave out probes.scheme: HTTPS, or give the server its certificate and key'],
  [
    /grpc health protocol/,
    'let the server offer the gRPC health service, or probe otherwise: an HTTP path (probes.path), or only its port (probes.tcp)',
  ],
  [
    /NOT_SERVING/,
    'raise loadTime if the model is still loading; otherwise read the log of the container: it says itself that it does not serve',
  ],
  [
    /no route to host|network is unreachable/,
    'the node has no way to the pod: look at the network plugin of the node, and at NetworkPolicies of the namespace that leave out the node',
  ],
  [
    /is not in the image/,
    'let the command of the probe (probes.exec) be one that the image has, or ask an HTTP path (probes.path)',
  ],
  [
    /no answer in time/,
    ({ kind }) => `raise the timeout of probes.${kind}, or loadTime if the model is still loading`,
  ],
]
