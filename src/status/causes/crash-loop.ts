import {
  containersOf,
  containerText,
  lastEnd,
  placeText,
  type PodContainer,
} from '../containers.ts'
import type { Terminated } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import { cleaned } from '../wording.ts'
import { isLooping, type PodCause } from './cause.ts'
import { isEndedByHook, neverRan } from './container-start.ts'
import { exitMeaning, exitText } from './exit-code.ts'
import { lastLog } from '../evidence/container-log.ts'
import type { Inquiry } from '../inquiry.ts'
import { inFull, rootLine, understood } from './understood.ts'
import { likelyBeside } from './likely-words.ts'
import type { LastWords } from './model-words.ts'
import { networkAdvice, type Advice } from './network.ts'
import { notInjected } from './not-injected.ts'
import { plural } from '../../words/index.ts'

/** A main container ends again and again, whatever its exit code. */
export const crashLoop: PodCause = (pod, inquiry) => {
  const container = containersOf(pod).find(
    each => !each.isInit && hasCrashed(each) && !neverRan(each) && !isEndedByHook(each, inquiry),
  )
  const end = container && lastEnd(container)
  if (container === undefined || end === undefined) return undefined
  return crashDiagnosis(container, end, inquiry)
}

/** For init containers too (init-container.ts); `general` is the advice where nothing of its last words is known. */
export function crashDiagnosis(
  container: PodContainer,
  end: Terminated,
  inquiry: Inquiry,
  general?: string,
): Diagnosis {
  const { pod, status, isInit } = container
  const restarts = status.restartCount ?? 0
  const log = lastLog(container, inquiry.related)
  const known = understood(end.message) ?? understood(log)
  const likely = isOwnEnd(end) ? likelyBeside(known, log ?? end.message) : undefined
  const said = likely === undefined ? known : undefined
  const words = said?.words
  const around = surroundings(container, words, inquiry)
  const line = said?.line ?? likely?.line ?? rootLine(log ?? end.message)
  const last = inFull(line, log ?? end.message)
  const guess = likely && `${likely.remedy}; the log says more`
  const remedy = around?.remedy ?? words?.remedy ?? general ?? guess ?? remedyFor(container, end)
  const why = words?.text ?? (likely ? `most likely ${likely.text}` : exitText(end))
  const reason = end.reason ? ` (${end.reason})` : ''
  return {
    cause: isInit ? 'init-container' : 'crash-loop',
    summary: `${containerText(container)} of pod ${pod.metadata.name} keeps ending (${plural(restarts, 'restart')}), ${[why, ...(around?.evidence ?? [])].join(': ')}`,
    evidence: [
      // Its words say more than its exit code, which would be another guess beside them.
      `${placeText(container)} ended with ${words ? `exit code ${end.exitCode}` : exitText(end)}${reason}`,
      ...(last ? [`its last words: ${cleaned(last, 500)}`] : []),
      ...(around?.evidence ?? []),
      plural(restarts, 'restart'),
    ],
    remedy: `${remedy}: ${logCommand(container)}`,
    ...(isLooping(container) && !mayPass(words, around) && { outlook: 'hopeless' as const }),
  }
}

/** The network, or who answers over it, may be well again with the next start; what stands in the way stays there. */
function mayPass(words: LastWords | undefined, around: Advice | undefined): boolean {
  return words?.isPassing === true && around?.isCertain !== true
}

/** What is known beside the words that tells more than they do. */
function surroundings(
  container: PodContainer,
  words: LastWords | undefined,
  inquiry: Inquiry,
): Advice | undefined {
  const network = words && networkAdvice(container, words, inquiry.related)
  return network ?? notInjected(container, inquiry)
}

/** By an error that it has told: neither by a signal from elsewhere nor before it began. */
function isOwnEnd({ exitCode }: Terminated): boolean {
  return (exitCode > 0 && exitCode < 126) || exitCode === 134 || exitCode === 255
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

function logCommand({ pod, name }: PodContainer): string {
  const { namespace = 'default', name: podName } = pod.metadata
  return `kubectl -n ${namespace} logs ${podName} -c ${name} --previous`
}
