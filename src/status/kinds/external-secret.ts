import { at, text, type KubeObject } from '../../object/index.ts'
import { conditionOf, conditionText } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import { faulty, unseen, unsettled } from '../reported.ts'
import { progressing } from '../rollout.ts'
import type { Condition } from '../shapes.ts'
import type { Verdict } from '../verdict.ts'
import type { Rule } from './rule.ts'

export const EXTERNAL_SECRETS = 'External Secrets Operator'

/** It tries again, with growing pauses: its store may have been made after it. */
const PATIENCE_SECONDS = 30

/** Ready, but the Secret is not there. */
const WITHOUT_SECRET = new Set([
  'SecretDeleted',
  'SecretMissing',
  'ResourceDeleted',
  'ResourceMissing',
])

/**
 * Ready when its data was written to the Secret at its present generation, which only `syncedResourceVersion` says
 * (external-secrets, pkg/controllers/externalsecret).
 */
export const assessExternalSecret: Rule = inquiry => {
  const { object } = inquiry
  const ready = conditionOf(object, 'Ready')
  if (ready === undefined || ready.status === 'Unknown') return unseen(inquiry, EXTERNAL_SECRETS)
  if (ready.status !== 'True') return notSynced(inquiry, ready)
  if (isBehind(object)) return unseen(inquiry, EXTERNAL_SECRETS)
  if (WITHOUT_SECRET.has(ready.reason ?? '')) return progressing(conditionText(ready))
  const settled = isDated(object) ? undefined : unsettled(inquiry, ready, EXTERNAL_SECRETS)
  return settled ?? { state: 'ready', message: 'synced' }
}

function notSynced(inquiry: Inquiry, ready: Condition): Verdict {
  const { name } = inquiry.object.metadata
  return faulty(inquiry, {
    condition: ready,
    who: EXTERNAL_SECRETS,
    cause: 'external-secret',
    summary: `ExternalSecret ${name} is not synced: ${conditionText(ready)}`,
    remedy: `see its events (kubectl describe externalsecret ${name}); correct its store, its keys, or what the store may read`,
    patienceSeconds: PATIENCE_SECONDS,
  })
}

/** `3-<hash of labels and annotations>`, where the generation was 3. */
function isBehind(object: KubeObject): boolean {
  const synced = syncedGeneration(object)
  const { generation } = object.metadata
  return (
    synced !== undefined &&
    generation !== undefined &&
    synced < generation &&
    !isWrittenOnce(object)
  )
}

function isDated(object: KubeObject): boolean {
  return syncedGeneration(object) !== undefined && !isWrittenOnce(object)
}

function syncedGeneration(object: KubeObject): number | undefined {
  const [number] = (text(at(object, 'status', 'syncedResourceVersion')) ?? '').split('-')
  return /^\d+$/.test(number ?? '') ? Number(number) : undefined
}

/** A change of it brings no new data. */
function isWrittenOnce(object: KubeObject): boolean {
  const policy = text(at(object, 'spec', 'refreshPolicy'))
  const interval = text(at(object, 'spec', 'refreshInterval')) ?? ''
  return policy === 'CreatedOnce' || (policy !== 'OnChange' && /^0[a-z]*$/.test(interval))
}
