import { autoscalingOf, refusalText } from './causes/autoscaling.ts'
import { imageText, imageVolumesOf } from './causes/pulled-image.ts'
import { pulledNow } from './causes/pulling.ts'
import { schedulerMessage, schedulerText, shortageOf } from './causes/scheduling.ts'
import { conditionOf } from './conditions.ts'
import { containersOf, containerText, isActive, isReady, lastEnd } from './containers.ts'
import type { Inquiry } from './inquiry.ts'
import { PHASES, phaseOf, type Phase } from './phases.ts'
import type { Pod } from './shapes.ts'
import { ageText } from './times.ts'
import { newestPods } from './tree.ts'
import { eventText } from './view.ts'
import { clauses, cleaned } from './wording.ts'
import { plural } from '../words/index.ts'

const DOING: Record<Phase, string> = {
  scheduling: 'waiting to be scheduled',
  pulling: 'its images are being pulled',
  'fetching-model': 'its model is being fetched',
  initializing: 'its init containers run',
  loading: 'started, not ready yet',
  ready: 'ready',
  crashing: 'crashing',
  succeeded: 'completed',
  failed: 'failed',
  terminating: 'terminating',
}

const QUIET = new Set(['ContainerCreating', 'PodInitializing', undefined])

/** What the new pod that is furthest from serving does: `pod chat-6d: waiting for a GPU node: 0/3 nodes are available: …`. */
export function slowestPodClause(inquiry: Inquiry): string | undefined {
  const slowest = slowestPod(inquiry)
  return slowest && `pod ${slowest.metadata.name}: ${podClause(slowest, inquiry)}`
}

/** Of the new pods that do not serve yet, the one that is furthest from it. */
export function slowestPod({
  object,
  related,
}: Pick<Inquiry, 'object' | 'related'>): Pod | undefined {
  const pods = newestPods(object, related).filter(pod => isActive(pod) && !isReady(pod))
  return pods.toSorted(
    (a, b) => progressOf(a) - progressOf(b) || (a.metadata.name < b.metadata.name ? -1 : 1),
  )[0]
}

/** What one pod does, or what holds it. */
export function podClause(pod: Pod, inquiry: Inquiry): string {
  const { phase, since } = phaseOf(pod)
  const trouble = schedulingTrouble(pod, inquiry) ?? containerTrouble(pod) ?? endTrouble(pod)
  const age = ageText(since, inquiry.now)
  return trouble ?? `${doing(phase, pod, inquiry)}${age === undefined ? '' : ` for ${age}`}`
}

/** No image is pulled before: condition of Kubernetes 1.29 and later. */
function preparing(pod: Pod, inquiry: Inquiry): string | undefined {
  const isPrepared = conditionOf(pod, 'PodReadyToStartContainers')?.status !== 'False'
  return isPrepared || pulledNow(pod, inquiry).length > 0
    ? undefined
    : 'its volumes and network are being made ready'
}

/** An init container or sidecar that holds the others is named. */
function doing(phase: Phase, pod: Pod, inquiry: Inquiry): string {
  if (phase === 'pulling') return pulling(pod, inquiry) ?? preparing(pod, inquiry) ?? DOING[phase]
  if (phase !== 'initializing') return DOING[phase]
  const holder = containersOf(pod).find(
    ({ isInit, isSidecar, status }) =>
      status.state?.running !== undefined && (isInit || (isSidecar && status.started === false)),
  )
  if (holder === undefined) return DOING[phase]
  return `waiting for ${containerText(holder)} to ${holder.isInit ? 'finish' : 'start'}`
}

/** With an image as a volume, which of them the kubelet is at: weights take longer than servers. */
function pulling(pod: Pod, { related }: Inquiry): string | undefined {
  const volumes = imageVolumesOf(pod)
  const last = related.eventsOf(pod).findLast(({ reason }) => /^Pull(ing|ed)$/.test(reason ?? ''))
  if (volumes.length === 0 || last?.reason !== 'Pulling') return undefined
  const reference = /"([^"]+)"/.exec(eventText(last))?.[1] ?? ''
  const pulled = volumes.find(volume => volume.reference === reference) ?? { reference }
  return `pulling ${imageText(pulled)}`
}

function schedulingTrouble(pod: Pod, inquiry: Inquiry): string | undefined {
  const message = schedulerMessage(pod)
  if (message === undefined) return undefined
  const autoscaling = autoscalingOf(pod, inquiry)
  const node = shortageOf(message, pod).wanted
  if (autoscaling?.state === 'coming')
    return `waiting for ${node} that the autoscaler is bringing: ${schedulerText(message)}`
  const refusal = autoscaling && `the autoscaler brings none: ${refusalText(autoscaling)}`
  return clauses(`waiting for ${node}: ${schedulerText(message)}`, refusal)
}

function containerTrouble(pod: Pod): string | undefined {
  const container = containersOf(pod).find(
    ({ status }) => !QUIET.has(status.state?.waiting?.reason),
  )
  const waiting = container?.status.state?.waiting
  if (container === undefined || waiting === undefined) return undefined
  const end = lastEnd(container)
  if (waiting.reason === 'CrashLoopBackOff' && end !== undefined)
    return `CrashLoopBackOff after ${plural(container.status.restartCount ?? 0, 'restart')} (exit code ${end.exitCode})`
  return `${waiting.reason}: ${cleaned(waiting.message, 200)}`
}

/** A container that has ended, and whose restart the kubelet has not begun. */
function endTrouble(pod: Pod): string | undefined {
  const ended = containersOf(pod).find(
    ({ isInit, status: { state } }) =>
      state?.terminated !== undefined && !(isInit && state.terminated.exitCode === 0),
  )
  if (ended === undefined) return undefined
  const { exitCode } = ended.status.state?.terminated ?? {}
  return `${containerText(ended)} has ended with exit code ${exitCode}, and is to be started again`
}

function progressOf(pod: Pod): number {
  const { phase } = phaseOf(pod)
  return phase === 'crashing' ? -1 : PHASES.indexOf(phase)
}
