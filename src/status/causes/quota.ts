import { podsOf } from '../tree.ts'
import type { Inquiry } from '../inquiry.ts'
import { between } from '../times.ts'
import type { Cause } from './cause.ts'
import { cleaned } from '../wording.ts'
import { refusalOf } from './refusal.ts'
import type { Refusal } from './refusal.ts'

/** Pods that ended give their quota back with a delay, and the controller's next attempt comes later still. */
const QUOTA_GRACE_SECONDS = 30

/** The namespace's quota leaves no room for the pods. */
export const quota: Cause = inquiry => {
  const refusal = refusalOf(inquiry)
  if (refusal === undefined) return undefined
  const [, name, figures] = /exceeded quota: ([^,]{1,253}), ([\s\S]*)/.exec(refusal.message) ?? []
  if (name !== undefined)
    return {
      cause: 'quota',
      summary: `the quota ${name} leaves no room for the pods: ${cleaned(figures)}`,
      evidence: [refusal.evidence],
      remedy: `raise the quota (kubectl -n ${refusal.maker.metadata.namespace} describe quota ${name}), free some of it, or ask for less`,
      ...(isSettled(refusal, inquiry) && { outlook: 'hopeless' as const }),
    }
  const [, unmet, missing] =
    /failed quota: ([^:]+): must specify ([\s\S]*)/.exec(refusal.message) ?? []
  if (unmet === undefined) return undefined
  return {
    cause: 'quota',
    summary: `the quota ${unmet} requires ${cleaned(missing)} to be set`,
    evidence: [refusal.evidence],
    remedy: 'set request and limit of resources.cpu and resources.memory',
    ...(refusal.isNew && { outlook: 'hopeless' as const }),
  }
}

/** No pod of the object is on its way out, and the refusal has lasted. */
function isSettled({ time, isNew }: Refusal, { object, related, now }: Inquiry): boolean {
  if (!isNew) return false
  const isEnding = podsOf(object, related).some(
    ({ metadata }) => metadata.deletionTimestamp !== undefined,
  )
  return !isEnding && (between(time, now) ?? 0) >= QUOTA_GRACE_SECONDS * 1000
}
