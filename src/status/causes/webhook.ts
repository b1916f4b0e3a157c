import { isOfCertificate } from '../../foreign/index.ts'
import { objectedIn } from './objections.ts'
import { policyEngineRemedy } from './policy-engines.ts'
import type { Diagnosis } from '../verdict.ts'
import { cleaned } from '../wording.ts'
import type { Inquiry } from '../inquiry.ts'
import { hasHadTime, type Cause } from './cause.ts'
import { refusalOf, type Refusal } from './refusal.ts'

/** An admission webhook or policy refuses the pods, or cannot be reached to ask. */
export const webhook: Cause = inquiry => {
  const refusal = refusalOf(inquiry)
  if (refusal === undefined) return undefined
  return denied(refusal, inquiry) ?? unreachable(refusal)
}

const WEBHOOK = /admission webhook "([^"]+)" denied the request:?\s*([\s\S]*)/
/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
const POLICY = /ValidatingAdmissionPolicy '([^']+)'[^:]{0,300} denied request:\s*([\s\S]*)/

/** A Secret that a webhook looks for may be on its way, as for a pod. */
const LOOKS_FOR = /\bsecrets? .{0,300}not found/i

function denied(refusal: Refusal, inquiry: Inquiry): Diagnosis | undefined {
  const { message } = refusal
  const denial = denialIn(message)
  if (denial === undefined) return undefined
  const mayCome = LOOKS_FOR.test(message) && !hasHadTime(refusal.time, inquiry)
  return {
    cause: 'webhook',
    summary: `the ${denial.who} refuses the pods: ${denial.why}`,
    evidence: [refusal.evidence],
    remedy: denial.remedy,
    ...(refusal.isNew && !mayCome && { outlook: 'hopeless' as const }),
  }
}

interface Denial {
  /** `admission webhook NAME`, `admission policy NAME` */
  who: string
  why: string
  remedy: string
}

/** Who has refused something on its way into the cluster, by the API server's words. */
export function denialIn(message: string): Denial | undefined {
  const [, name, why = ''] = WEBHOOK.exec(message) ?? []
  const [, policy, reason] = POLICY.exec(message) ?? []
  const change = `change what it objects to${objectedIn(why === '' ? (reason ?? '') : why)}`
  if (name !== undefined) {
    const known = policyEngineRemedy(name, why) ?? '; its owner knows the policy behind it'
    return { who: `admission webhook ${name}`, why: cleaned(why), remedy: `${change}${known}` }
  }
  if (policy === undefined) return undefined
  const look = `kubectl describe validatingadmissionpolicy ${policy}`
  return { who: `admission policy ${policy}`, why: cleaned(reason), remedy: `${change}: ${look}` }
}

/** Retried by the controller: the pods come when the webhook is back. */
function unreachable(refusal: Refusal): Diagnosis | undefined {
  const [, name, why] =
    /failed calling webhook "([^"]+)": (?:failed to call webhook: )?([\s\S]*)/.exec(
      refusal.message,
    ) ?? []
  if (name === undefined) return undefined
  const text = why ?? ''
  return {
    cause: 'webhook',
    summary: `no pod can be created, because the webhook ${name} cannot be called: ${cleaned(text.replace(/^Post "[^"]*": /, ''))}`,
    evidence: [refusal.evidence],
    remedy: unreachableRemedy(name, text),
    outlook: 'waiting',
  }
}

/** Nobody has said no: something on the way swallows the packets. */
const SWALLOWED = /deadline exceeded|i\/o timeout|Client\.Timeout/
const GONE = /service "[^"]+" not found/

const CONFIGURATIONS = 'kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations'

function unreachableRemedy(name: string, why: string): string {
  const isKServe = name.includes('kserve')
  if (isOfCertificate(why))
    return `its certificate is not the one that the API server trusts (caBundle of the webhook configuration), or is expired: ${isKServe ? 'look at kubectl -n kserve get certificates,secrets' : 'look at the certificate of its Service'} and at who puts it into the configuration (cert-manager and its cainjector)`
  if (isKServe)
    return 'check that the KServe controller runs: kubectl -n kserve get deployment kserve-controller-manager; without KServe, runtime: deployment serves the same'
  const [, service, namespace] = /Post "https?:\/\/([\w-]+)\.([\w-]+)\.svc/.exec(why) ?? []
  if (service === undefined) return `check that what serves the webhook runs: ${CONFIGURATIONS}`
  const where = `Service ${service} in namespace ${namespace}`
  if (GONE.test(why))
    return `${where} is gone: install again what it belonged to, or delete the webhook configuration that it left behind (${CONFIGURATIONS})`
  const ready = `check that ${where} has ready pods (kubectl -n ${namespace} get endpointslices,pods)`
  return SWALLOWED.test(why)
    ? `${ready}; where it has, let the API server reach the port of these pods (a firewall rule of a private cluster, a NetworkPolicy)`
    : ready
}
