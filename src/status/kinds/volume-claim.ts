import { STORAGE_CLASS } from '../../kinds/index.ts'
import { claimTrouble } from '../causes/volume-claim.ts'
import type { Inquiry } from '../inquiry.ts'
import type { VolumeClaim } from '../shapes.ts'
import type { Verdict } from '../verdict.ts'
import { clauses } from '../wording.ts'
import type { Rule } from './rule.ts'

/**
 * Ready when bound, and also when its storage class binds only for a first pod: waiting for that before the pod is
 * applied would never end.
 */
export const assessVolumeClaim: Rule = inquiry => {
  const claim: VolumeClaim = inquiry.object
  const { phase } = claim.status ?? {}
  if (phase === 'Bound') return { state: 'ready', message: 'bound' }
  if (phase === 'Lost')
    return { state: 'failed', message: 'its volume is lost', diagnosis: lost(inquiry) }
  if (waitsForPod(inquiry)) return { state: 'ready', message: 'will be bound for its first pod' }
  const message = clauses('waiting to be bound to a volume', claimTrouble(inquiry.object, inquiry))
  return { state: 'progressing', message }
}

function waitsForPod({ object, related }: Inquiry): boolean {
  const claim: VolumeClaim = object
  const storageClass = related
    .ofKind(STORAGE_CLASS)
    .find(({ metadata }) => metadata.name === claim.spec?.storageClassName)
  return (
    storageClass?.['volumeBindingMode'] === 'WaitForFirstConsumer' ||
    related.eventsOf(object).at(-1)?.reason === 'WaitForFirstConsumer'
  )
}

function lost({ object: { metadata } }: Inquiry): NonNullable<Verdict['diagnosis']> {
  return {
    cause: 'volume-claim',
    summary: `PersistentVolumeClaim ${metadata.name} has lost its volume`,
    evidence: ['status.phase is Lost'],
    remedy:
      'bring its PersistentVolume back, or delete the claim and restore the data into a new one',
  }
}
