import { at, text } from '../../object/index.ts'
import { conditionOf, conditionText, isStale } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import { faulty, pending, unseen, unsettled } from '../reported.ts'
import { progressing } from '../rollout.ts'
import type { Condition } from '../shapes.ts'
import type { Verdict } from '../verdict.ts'
import { clauses } from '../wording.ts'
import type { Rule } from './rule.ts'

export const CERT_MANAGER = 'cert-manager'

/** After a failed request cert-manager waits an hour, then two, four …; a change of the Certificate is taken up at once. */
const PATIENCE_SECONDS = 10

/** Ready when the Secret holds a certificate as the present generation asks (cert-manager, pkg/apis/certmanager/v1). */
export const assessCertificate: Rule = inquiry => {
  const { object } = inquiry
  const [ready, issuing] = [conditionOf(object, 'Ready'), conditionOf(object, 'Issuing')]
  if (ready === undefined) return unseen(inquiry, CERT_MANAGER)
  if (isStale(ready, inquiry)) return unseen(inquiry, CERT_MANAGER)
  if (ready.status === 'True')
    return unsettled(inquiry, ready, CERT_MANAGER) ?? { state: 'ready', message: 'issued' }
  if (issuing?.status === 'True') return beingIssued(inquiry, issuing)
  if (issuing?.status === 'False') return refused(inquiry, issuing)
  return progressing(conditionText(ready))
}

function beingIssued(inquiry: Inquiry, issuing: Condition): Verdict {
  const { name, namespace = 'default' } = inquiry.object.metadata
  const message = clauses('being issued', conditionText(issuing))
  return pending(inquiry, {
    condition: issuing,
    message,
    cause: 'certificate',
    summary: `Certificate ${name} is still ${message}`,
    remedy: `look at what it waits for, of ACME at its challenges (DNS, or the way in from the internet): kubectl -n ${namespace} describe certificaterequests,orders,challenges`,
  })
}

function refused(inquiry: Inquiry, issuing: Condition): Verdict {
  const { object } = inquiry
  const { name } = object.metadata
  const failedAt = text(at(object, 'status', 'lastFailureTime'))
  const condition = failedAt === undefined ? issuing : { ...issuing, lastTransitionTime: failedAt }
  return faulty(inquiry, {
    condition,
    who: CERT_MANAGER,
    cause: 'certificate',
    summary: `Certificate ${name} was not issued: ${conditionText(issuing)}`,
    remedy: `look at its requests (kubectl describe certificaterequest; cmctl status certificate ${name}), correct the Certificate or its issuer, then: cmctl renew ${name}`,
    patienceSeconds: PATIENCE_SECONDS,
  })
}
