import { controllerRemedy } from './causes/controller-words.ts'
import { conditionText, isStale } from './conditions.ts'
import type { Inquiry } from './inquiry.ts'
import { progressing } from './rollout.ts'
import type { Condition } from './shapes.ts'
import { between, isLater, isNew, latest } from './times.ts'
import type { Diagnosis, Verdict } from './verdict.ts'

/** What controllers of custom resources report in conditions, held against when the object was written. */

/** How long a controller may take to look at what was written, before its absence is said. */
const UNSEEN_SECONDS = 30

/** How long a condition that does not say its generation may be about what was before the write. */
const SETTLE_SECONDS = 5

/** Nobody has looked at it yet: waited for, since a controller may be starting. `who`: `cert-manager`. */
export function unseen(inquiry: Inquiry, who: string): Verdict {
  const { object, since, now } = inquiry
  const verdict = progressing(`waiting for ${who} to look at it`)
  const age = between(since ?? object.metadata.creationTimestamp, now) ?? 0
  if (age < UNSEEN_SECONDS * 1000) return verdict
  return { ...verdict, diagnosis: noController(inquiry, who) }
}

function noController({ object }: Inquiry, who: string): Diagnosis {
  const { kind, metadata } = object
  const place =
    metadata.namespace === undefined ? '' : `, and watches namespace ${metadata.namespace}`
  return {
    cause: 'no-controller',
    summary: `no controller has looked at ${kind} ${metadata.name}`,
    evidence: [`${kind} ${metadata.name} has no status of its present generation`],
    remedy: `check that ${who} is installed and runs in this cluster${place}`,
    outlook: 'unlikely',
  }
}

/** A good condition that may still be about what was before the write; undefined when it may be believed. */
export function unsettled(
  inquiry: Inquiry,
  condition: Condition,
  who: string,
): Verdict | undefined {
  if (isStale(condition, inquiry)) return unseen(inquiry, who)
  const { object, since, now } = inquiry
  if (condition.observedGeneration !== undefined) return undefined
  const isTold =
    isNew(object.metadata.creationTimestamp, since) ||
    isNew(latest(condition.lastTransitionTime, condition.lastUpdateTime), since) ||
    isLater(statusWrittenAt(inquiry), since)
  const left = SETTLE_SECONDS - (between(since, now) ?? Infinity) / 1000
  if (isTold || left <= 0) return undefined
  return progressing(`waiting for ${who} to take up the change`)
}

function statusWrittenAt({ object }: Inquiry): string | undefined {
  return (object.metadata.managedFields ?? [])
    .filter(({ subresource }) => subresource === 'status')
    .map(({ time }) => time)
    .reduce(latest, undefined)
}

export interface Fault extends Pick<Diagnosis, 'cause' | 'summary' | 'remedy'> {
  condition: Condition
  /** Of the controller, which may look again and find it mended. */
  who: string
  /** How long the controller may try again, from the write or from the first failure after it. */
  patienceSeconds: number
}

/** A bad condition: fails once it has lasted, or is waited for while the controller may still mend it. */
export function faulty(inquiry: Inquiry, fault: Fault): Verdict {
  const { condition, patienceSeconds, cause, summary, who } = fault
  if (isStale(condition, inquiry)) return unseen(inquiry, who)
  const message = conditionText(condition)
  const evidence = [conditionFact(condition)]
  const remedy = [controllerRemedy(message), fault.remedy].filter(Boolean).join('; or ')
  const diagnosis = { cause, summary, evidence, remedy }
  const left = patienceSeconds - lastedSeconds(inquiry, condition)
  if (left <= 0) return { state: 'failed', message, diagnosis }
  return { ...progressing(message), diagnosis: { ...diagnosis, outlook: 'waiting' } }
}

function conditionFact(condition: Condition): string {
  return `condition ${condition.type} is ${condition.status}: ${conditionText(condition)}`
}

/** How long a controller may be at something before it is said where to look. */
const LONG_SECONDS = 180

interface Pending extends Pick<Diagnosis, 'cause' | 'summary' | 'remedy'> {
  condition: Condition
  message: string
  /** How long nothing is said of it. */
  afterSeconds?: number
}

/** A controller is about it, which may take its time: told with where to look once it has lasted. */
export function pending(inquiry: Inquiry, told: Pending): Verdict {
  const { condition, message, afterSeconds = LONG_SECONDS, ...rest } = told
  if (inquiry.now === undefined) return progressing(message)
  const left = afterSeconds - lastedSeconds(inquiry, condition)
  if (left > 0) return progressing(message)
  const evidence = [conditionFact(condition)]
  return { ...progressing(message), diagnosis: { ...rest, evidence, outlook: 'waiting' } }
}

/** Since the last write, or since the condition came up after it. Without a clock only what was said before the write is doubted. */
function lastedSeconds({ since, now, writtenAt }: Inquiry, condition: Condition): number {
  const saidAt = latest(condition.lastTransitionTime, condition.lastUpdateTime)
  if (now !== undefined)
    return (between(latest(latest(since, writtenAt), saidAt), now) ?? Infinity) / 1000
  const isDoubtful =
    condition.observedGeneration === undefined && saidAt !== undefined && !isNew(saidAt, since)
  return isDoubtful ? 0 : Infinity
}
