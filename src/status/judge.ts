import { HORIZONTAL_POD_AUTOSCALER, isOf } from '../kinds/index.ts'
import type { KubeObject } from '../object/index.ts'
import { isReadyWhenStored } from './assess.ts'
import { leastReady, type EndpointQuestion, type Judged } from './endpoint-status.ts'
import type { Verdict } from './verdict.ts'

interface Waiting extends Omit<EndpointQuestion, 'endpoint'> {
  desired: readonly KubeObject[]
}

/**
 * Whether an endpoint that was written is ready, for who waits: as in status, but what is ready once stored holds nobody. An
 * autoscaler counts where something is wrong with it: one that has just been written has nothing to say for some 15 seconds.
 */
export function judgeWritten(question: Waiting): Judged {
  const judged = [awaited(question), ...autoscalers(question)]
  return judged.find(({ verdict }) => verdict.state === 'failed') ?? leastOf(judged)
}

/** Objects whose state decides when an apply of them is done. */
export function isJudged(object: KubeObject): boolean {
  return !isReadyWhenStored(object) || isAutoscaler(object)
}

const STORED: Verdict = { state: 'ready', message: 'stored' }

function awaited(question: Waiting): Judged {
  const desired = question.desired.filter(object => !isReadyWhenStored(object))
  if (desired.length === 0) return { verdict: STORED, object: undefined }
  const objects = question.objects.filter(object => !isReadyWhenStored(object))
  return leastReady({ ...question, objects, desired })
}

function autoscalers(question: Waiting): Judged[] {
  const since = question.writtenAt ?? question.since
  return question.objects
    .filter(isAutoscaler)
    .map(object => leastReady({ ...question, since, objects: [object], desired: [] }))
    .filter(({ verdict }) => verdict.diagnosis !== undefined)
}

function leastOf(judged: readonly Judged[]): Judged {
  const unready = judged.find(({ verdict }) => verdict.state !== 'ready')
  return unready ?? judged[0] ?? { verdict: STORED, object: undefined }
}

function isAutoscaler(object: KubeObject): boolean {
  return isOf(object, HORIZONTAL_POD_AUTOSCALER)
}
