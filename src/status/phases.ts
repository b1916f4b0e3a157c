import { conditionOf } from './conditions.ts'
import { containersOf, isReady, type PodContainer } from './containers.ts'
import type { KubeObject } from '../object/index.ts'
import type { Pod } from './shapes.ts'

/** A pod's way to serving, in order; then what else can become of it. */
export const PHASES = [
  'scheduling',
  'pulling',
  'fetching-model',
  'initializing',
  'loading',
  'ready',
  'crashing',
  'succeeded',
  'failed',
  'terminating',
] as const
export type Phase = (typeof PHASES)[number]

export interface PodPhase {
  phase: Phase
  /** When it began, as the pod says it. */
  since?: string
}

/** KServe's init container that fetches the model. */
export const STORAGE_INITIALIZER = 'storage-initializer'

/** The container by which KServe mounts an image that a model is in (oci://): pkg/constants, ModelcarContainerName. */
export function isModelcar(container: string): boolean {
  return container.startsWith('modelcar')
}

/** Where a pod is on its way: scheduled → image pulled → model fetched → started → ready. */
export function phaseOf(pod: KubeObject): PodPhase {
  return endedPhase(pod) ?? servingPhase(pod) ?? startingPhase(pod)
}

function endedPhase(pod: Pod): PodPhase | undefined {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata
  if (deletionTimestamp !== undefined)
    return { phase: 'terminating', since: askedAt(deletionTimestamp, deletionGracePeriodSeconds) }
  if (pod.status?.phase === 'Succeeded') return phase('succeeded', endOf(pod))
  if (pod.status?.phase === 'Failed') return phase('failed', endOf(pod))
  return undefined
}

function servingPhase(pod: Pod): PodPhase | undefined {
  if (isReady(pod)) return phase('ready', conditionOf(pod, 'Ready')?.lastTransitionTime)
  const crashed = containersOf(pod).find(
    ({ status }) => status.state?.waiting?.reason === 'CrashLoopBackOff',
  )
  if (crashed === undefined) return undefined
  return phase('crashing', crashed.status.lastState?.terminated?.finishedAt)
}

function startingPhase(pod: Pod): PodPhase {
  const scheduled = conditionOf(pod, 'PodScheduled')
  if (scheduled?.status !== 'True') return phase('scheduling', pod.metadata.creationTimestamp)
  const containers = containersOf(pod)
  const init = containers.find(isUnfinishedInit)
  if (init?.status.state?.running !== undefined)
    return phase(
      init.name === STORAGE_INITIALIZER ? 'fetching-model' : 'initializing',
      init.status.state.running.startedAt,
    )
  const sidecar = containers.find(isStartingSidecar)
  if (sidecar !== undefined && init === undefined)
    return phase('initializing', sidecar.status.state?.running?.startedAt)
  const loading = containers.find(isRunningServer)
  if (loading !== undefined && init === undefined)
    return phase('loading', loading.status.state?.running?.startedAt)
  return phase('pulling', lastFinish(containers) ?? scheduled.lastTransitionTime)
}

/** The containers after it are not started before it has. */
function isStartingSidecar({ isSidecar, status }: PodContainer): boolean {
  return isSidecar && status.state?.running !== undefined && status.started === false
}

function isRunningServer({ isInit, isSidecar, status }: PodContainer): boolean {
  return !isInit && !isSidecar && status.state?.running !== undefined
}

function isUnfinishedInit({ isInit, status }: PodContainer): boolean {
  return isInit && status.state?.terminated?.exitCode !== 0
}

/** The image of the main containers is pulled once the last init container is done. */
function lastFinish(containers: PodContainer[]): string | undefined {
  return containers
    .filter(({ isInit }) => isInit)
    .map(({ status }) => status.state?.terminated?.finishedAt)
    .findLast(time => time !== undefined)
}

function endOf(pod: Pod): string | undefined {
  const ends = containersOf(pod).map(({ status }) => status.state?.terminated?.finishedAt)
  return (
    ends.findLast(time => time !== undefined) ??
    conditionOf(pod, 'DisruptionTarget')?.lastTransitionTime
  )
}

/** The deletionTimestamp of a pod is the end of its grace period. */
function askedAt(deadline: string, graceSeconds: number): string {
  const asked = new Date(Date.parse(deadline) - graceSeconds * 1000)
  return asked.toISOString().replace('.000Z', 'Z')
}

function phase(name: Phase, since: string | undefined): PodPhase {
  return since === undefined ? { phase: name } : { phase: name, since }
}
