import { containersOf, containerText, lastEnd, placeText } from '../containers.ts'
import type { PodContainer } from '../containers.ts'
import type { Terminated } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import { cleaned } from '../wording.ts'
import { RESTARTS } from './cause.ts'
import type { PodCause } from './cause.ts'
import { isEndedByHook, neverRan } from './container-start.ts'
import { exitMeaning, exitText } from './exit-code.ts'
import { lastLog } from '../evidence/container-log.ts'
import type { View } from '../view.ts'
import { understood } from './last-words.ts'
import { plural } from '../../words/index.ts'

/** A main container ends again and again, whatever its exit code. */
export const crashLoop: PodCause = (pod, inquiry) => {
  const container = containersOf(pod).find(
    each => !each.isInit && hasCrashed(each) && !neverRan(each) && !isEndedByHook(each, inquiry),
  )
  const end = container && lastEnd(container)
  if (container === undefined || end === undefined) return undefined
  return crashDiagnosis(container, end, inquiry.related)
}

/** For init containers too (init-container.ts). */
export function crashDiagnosis(container: PodContainer, end: Terminated, related: View): Diagnosis {
  const { pod, status, isInit } = container
  const restarts = status.restartCount ?? 0
  const said = understood(end.message) ?? understood(lastLog(container, related))
  const words = said?.words
  const last = said?.line ?? end.message
  return {
    cause: isInit ? 'init-container' : 'crash-loop',
    summary: `${containerText(container)} of pod ${pod.metadata.name} keeps ending (${plural(restarts, 'restart')}), ${words?.text ?? exitText(end)}`,
    evidence: [
      `${placeText(container)} ended with ${exitText(end)}${end.reason ? ` (${end.reason})` : ''}`,
      ...(last ? [`its last words: ${cleaned(last, 500)}`] : []),
      plural(restarts, 'restart'),
    ],
    remedy: `${words?.remedy ?? remedyFor(container, end)}: ${logCommand(container)}`,
    ...(isHopeless(container) && { outlook: 'hopeless' as const }),
  }
}

const SIGNALS = new Set([137, 143])

/** Whose liveness or startup probe stops it ends by a signal, too; the event that says so may not be seen. */
function remedyFor({ spec }: PodContainer, end: Terminated): string {
  const isStopped = SIGNALS.has(end.exitCode) && end.reason !== 'OOMKilled'
  const probe = spec.livenessProbe ? 'liveness' : spec.startupProbe && 'startup'
  if (!isStopped || probe === undefined) return exitMeaning(end).remedy
  return `look at the events of the pod for what stopped it; if its ${probe} probe did, raise loadTime or loosen probes.${probe}`
}

export function hasCrashed({ status }: PodContainer): boolean {
  const { state, lastState, restartCount = 0, ready = false } = status
  if (state?.waiting?.reason === 'CrashLoopBackOff') return true
  if (state?.terminated !== undefined) return state.terminated.exitCode !== 0
  return restartCount > 0 && !ready && lastState?.terminated !== undefined
}

/** While a container runs, its next attempt may still succeed. */
function isHopeless({ status }: PodContainer): boolean {
  return (
    status.state?.waiting?.reason === 'CrashLoopBackOff' && (status.restartCount ?? 0) >= RESTARTS
  )
}

function logCommand({ pod, name }: PodContainer): string {
  const { namespace = 'default', name: podName } = pod.metadata
  return `kubectl -n ${namespace} logs ${podName} -c ${name} --previous`
}
