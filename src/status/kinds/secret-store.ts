import { conditionOf, conditionText } from '../conditions.ts'
import { faulty, unseen, unsettled } from '../reported.ts'
import { EXTERNAL_SECRETS } from './external-secret.ts'
import type { Rule } from './rule.ts'

/** It tries again, with growing pauses: the Secret with its credentials may come after it. */
const PATIENCE_SECONDS = 30

/** SecretStore and ClusterSecretStore: ready when their provider was reached (external-secrets, pkg/controllers/secretstore). */
export const assessSecretStore: Rule = inquiry => {
  const { kind, metadata } = inquiry.object
  const ready = conditionOf(inquiry.object, 'Ready')
  if (ready === undefined || ready.status === 'Unknown') return unseen(inquiry, EXTERNAL_SECRETS)
  if (ready.status === 'True')
    return unsettled(inquiry, ready, EXTERNAL_SECRETS) ?? { state: 'ready', message: 'valid' }
  return faulty(inquiry, {
    condition: ready,
    who: EXTERNAL_SECRETS,
    cause: 'secret-store',
    summary: `${kind} ${metadata.name} cannot be used: ${conditionText(ready)}`,
    remedy: `see its events (kubectl describe ${kind.toLowerCase()} ${metadata.name}); correct spec.provider, or the Secret with its credentials`,
    patienceSeconds: PATIENCE_SECONDS,
  })
}
