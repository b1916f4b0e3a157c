import { conditionOf, conditionText } from '../conditions.ts'
import { faulty, unseen, unsettled } from '../reported.ts'
import { CERT_MANAGER } from './certificate.ts'
import type { Rule } from './rule.ts'

/** It tries again, with growing pauses: the Secret with its key may come after it. */
const PATIENCE_SECONDS = 30

/** Issuer and ClusterIssuer: ready when they can sign (cert-manager, pkg/apis/certmanager/v1/types_issuer.go). */
export const assessIssuer: Rule = inquiry => {
  const { kind, metadata } = inquiry.object
  const ready = conditionOf(inquiry.object, 'Ready')
  if (ready === undefined || ready.status === 'Unknown') return unseen(inquiry, CERT_MANAGER)
  if (ready.status === 'True')
    return unsettled(inquiry, ready, CERT_MANAGER) ?? { state: 'ready', message: 'can sign' }
  return faulty(inquiry, {
    condition: ready,
    who: CERT_MANAGER,
    cause: 'issuer',
    summary: `${kind} ${metadata.name} cannot sign: ${conditionText(ready)}`,
    remedy: 'correct what cert-manager names: the key, the account or the address of the authority',
    patienceSeconds: PATIENCE_SECONDS,
  })
}
