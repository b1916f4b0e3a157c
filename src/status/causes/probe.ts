import { KSERVE } from '../../kinds/index.ts'
import {
  containersOf,
  containerText,
  isAdded,
  lastEnd,
  placeText,
  type PodContainer,
} from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Diagnosis } from '../verdict.ts'
import { eventText } from '../view.ts'
import { isLooping, type PodCause } from './cause.ts'
import { hasCrashed } from './crash-loop.ts'
import { probeAttempt, type ProbeAttempt, type ProbeKind } from './probe-attempt.ts'
import { probeRemedy } from './probe-remedy.ts'
import { isLongUnready, toldBy, unready } from './unready.ts'
import { plural } from '../../words/index.ts'

/** A probe fails: of a running container that is not ready, or as the reason why the kubelet kills it. */
export const probe: PodCause = (pod, inquiry) => {
  for (const container of containersOf(pod)) {
    if (container.status.ready === true) continue
    const attempt = probeAttempt(container, inquiry)
    const killer = killingProbe(container, inquiry)
    if (killer !== undefined) return added(killed(container, killer, attempt), container, inquiry)
    if (attempt !== undefined && container.status.state?.running !== undefined)
      return added(toldBy(unanswered(container, attempt), container, inquiry), container, inquiry)
    const unheard = isLongUnready(container, inquiry.now) && !hasCrashed(container)
    if (unheard) return added(unready(container, inquiry), container, inquiry)
  }
  return undefined
}

/** A container that is not in the template has other probes than the endpoint's: what added it answers for them. */
function added(diagnosis: Diagnosis, container: PodContainer, inquiry: Inquiry): Diagnosis {
  const { name, pod } = container
  const { namespace = 'default' } = pod.metadata
  if (!isAdded(container, inquiry)) return diagnosis
  return {
    ...diagnosis,
    remedy: `container ${name} was added to the pod on its way (by an injector, such as of a service mesh): its log says what it waits for (kubectl -n ${namespace} logs ${pod.metadata.name} -c ${name})`,
  }
}

/** The kubelet ends a container whose liveness or startup probe fails: by SIGTERM, after the grace period by SIGKILL. */
function killingProbe(container: PodContainer, { related }: Inquiry): ProbeKind | undefined {
  const end = lastEnd(container)
  if (end === undefined || end.reason === 'OOMKilled') return undefined
  const pattern = new RegExp(`Container ${container.name} failed (liveness|startup) probe`)
  const texts = related.eventsOf(container.pod).map(eventText)
  const [, kind] = pattern.exec(texts.findLast(text => pattern.test(text)) ?? '') ?? []
  return kind as ProbeKind | undefined
}

function killed(
  container: PodContainer,
  kind: ProbeKind,
  last: ProbeAttempt | undefined,
): Diagnosis {
  const { status, pod } = container
  // The event of the probe itself may be gone, or be another probe's.
  const attempt = last?.kind === kind ? last : undefined
  const restarts = status.restartCount ?? 0
  const end = lastEnd(container)
  return {
    cause: 'probe',
    summary: `${containerText(container)} of pod ${pod.metadata.name} is restarted because its ${kind} probe fails${attempt === undefined ? '' : `: ${attempt.tried}: ${attempt.answer}`}`,
    evidence: [
      `${placeText(container)}: ${attempt?.text ?? `event: failed ${kind} probe, will be restarted`}`,
      ...(end ? [`${placeText(container)} ended with exit code ${end.exitCode}`] : []),
      plural(restarts, 'restart'),
    ],
    remedy: killRemedy(container, kind, attempt),
    ...(isLooping(container) && { outlook: 'hopeless' as const }),
  }
}

/** A liveness probe counts from the start only where no startup probe holds it back. */
function killRemedy(
  container: PodContainer,
  kind: ProbeKind,
  attempt: ProbeAttempt | undefined,
): string {
  const answer = attempt && probeRemedy(container, attempt)
  if (kind !== 'liveness') return answer ?? 'raise loadTime if the model needs longer to load'
  const patience =
    container.spec.startupProbe === undefined
      ? 'have a startup probe hold it back while the model loads (loadTime; probes.startup is not false), or give it more time (probes.liveness: initialDelay, failures)'
      : 'give it more time under load (probes.liveness: timeout, failures), and raise loadTime if the model is still loading'
  return attempt === undefined || isNoAnswer(attempt) ? patience : `${answer}; or ${patience}`
}

/** As from a server that is still loading or too busy. */
function isNoAnswer({ answer }: ProbeAttempt): boolean {
  return answer === 'connection refused' || answer === 'no answer in time'
}

function unanswered(container: PodContainer, attempt: ProbeAttempt): Diagnosis {
  const { status, pod, name } = container
  if (name === KSERVE.knativeProxy) return proxied(container, attempt)
  const isStarting = attempt.kind === 'startup' && status.started !== true
  return {
    cause: 'probe',
    summary: `${containerText(container)} of pod ${pod.metadata.name} runs but does not pass its ${attempt.kind} probe${isStarting ? ' yet' : ''}: ${attempt.tried}: ${attempt.answer}`,
    evidence: [`${placeText(container)}: ${attempt.text}`, portsText(container)],
    remedy: probeRemedy(container, attempt),
    ...(isStarting && { outlook: 'waiting' as const }),
  }
}

/** Knative takes the readiness probe of the server for its own container to ask, and passes the answer on: cmd/queue, pkg/queue/readiness. */
function proxied(proxy: PodContainer, attempt: ProbeAttempt): Diagnosis {
  const { pod } = proxy
  const others = containersOf(pod).filter(({ isInit, isSidecar }) => !isInit && !isSidecar)
  const server = others.find(({ spec, name }) => name !== proxy.name && spec.ports !== undefined)
  const port = server?.spec.ports?.[0]?.containerPort
  const { namespace = 'default', name: podName } = pod.metadata
  return {
    cause: 'probe',
    summary: `${server === undefined ? 'the server' : containerText(server)} of pod ${podName} runs but is not ready: Knative's ${proxy.name}, which probes it, got ${attempt.answer}`,
    evidence: [`${placeText(proxy)}: ${attempt.text}`],
    remedy: `wait if the model is still loading; otherwise check that the server listens on 0.0.0.0${port === undefined ? '' : `, port ${port}`} (spec.port) and knows the path of its probe (probes.path): kubectl -n ${namespace} logs ${podName}${server === undefined ? '' : ` -c ${server.name}`}`,
  }
}

function portsText({ spec }: PodContainer): string {
  const ports = (spec.ports ?? []).map(({ containerPort }) => containerPort)
  return ports.length === 0
    ? `container ${spec.name} declares no port`
    : `container ${spec.name} declares port ${ports.join(', ')}`
}
