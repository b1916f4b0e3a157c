import { conditionOf } from './conditions.ts'
import { containersOf, isReady } from './containers.ts'
import { phaseOf, STORAGE_INITIALIZER, type Phase } from './phases.ts'
import type { KubeObject } from '../object/index.ts'
import { timeOf } from './times.ts'

/** One stretch of a pod's way to serving, with its own clock. */
export interface PhaseTime {
  phase: Phase
  /** To a second, as Kubernetes keeps time. */
  seconds: number
}

/**
 * What a pod has been through until now, in order: how long it was scheduled, its images were pulled, its model was
 * fetched, it was loading. Images of a pod with init containers are pulled in two stretches. Only what its status says.
 */
export function phaseTrail(pod: KubeObject, now: string): PhaseTime[] {
  const marks = marksOf(pod)
  const end = isReady(pod) ? timeOf(conditionOf(pod, 'Ready')?.lastTransitionTime) : timeOf(now)
  return marks.flatMap(({ phase, at }, index) => {
    const until = marks[index + 1]?.at ?? end
    if (until === undefined) return []
    return [{ phase, seconds: Math.max(0, Math.round((until - at) / 1000)) }]
  })
}

interface Mark {
  phase: Phase
  /** Milliseconds. */
  at: number
}

/** When each phase began. A crash starts the way anew: what is known of it is only the last run. */
function marksOf(pod: KubeObject): Mark[] {
  const scheduled = conditionOf(pod, 'PodScheduled')
  const isScheduled = scheduled?.status === 'True'
  const marks = [
    mark('scheduling', pod.metadata.creationTimestamp),
    mark('pulling', isScheduled ? scheduled.lastTransitionTime : undefined),
    ...containersOf(pod).flatMap(containerMarks),
  ]
  const ordered = marks.filter(each => each !== undefined).toSorted((a, b) => a.at - b.at)
  const { phase, since } = phaseOf(pod)
  const last = phase === 'crashing' || phase === 'terminating' ? mark(phase, since) : undefined
  const all = last === undefined ? ordered : [...ordered, last]
  return all.filter(({ phase: name }, index) => all[index - 1]?.phase !== name)
}

function containerMarks({ name, isInit, status }: ReturnType<typeof containersOf>[number]) {
  const { running, terminated } = status.state ?? {}
  const start = running?.startedAt ?? terminated?.startedAt
  if (!isInit) return [mark('loading', start)]
  const phase = name === STORAGE_INITIALIZER ? 'fetching-model' : 'initializing'
  return [mark(phase, start), mark('pulling', terminated?.finishedAt)]
}

function mark(phase: Phase, time: string | undefined): Mark | undefined {
  const at = timeOf(time)
  return at === undefined ? undefined : { phase, at }
}
