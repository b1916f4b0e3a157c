import { cleaned } from '../wording.ts'
import type { Cause } from './cause.ts'
import { refusalOf, type Refusal } from './refusal.ts'
import type { Diagnosis } from '../verdict.ts'
import { podSpecOf } from '../../kinds/index.ts'
import type { PodSpec } from '../shapes.ts'

/** The namespace's Pod Security level does not allow the pods. */
export const podSecurity: Cause = inquiry => {
  const refusal = refusalOf(inquiry)
  return refusal && (byLevel(refusal) ?? byConstraints(refusal))
}

function byLevel(refusal: Refusal): Diagnosis | undefined {
  const [, level, violations] =
    /violates PodSecurity "([^":]+)(?::[^"]*)?": ([\s\S]*)/.exec(refusal.message) ?? []
  if (level === undefined) return undefined
  return {
    cause: 'pod-security',
    summary: `the namespace allows only pods of Pod Security level ${level}: ${cleaned(violations)}`,
    evidence: [refusal.evidence],
    remedy:
      level === 'restricted'
        ? 'set podSecurity: restricted, and correct patches that loosen it'
        : 'correct what is named, or have the namespace allow more (pod-security.kubernetes.io/enforce)',
    ...(refusal.isNew && { outlook: 'hopeless' as const }),
  }
}

/** Of OpenShift, which chooses a constraint for each pod: github.com/openshift/apiserver-library-go, securitycontextconstraints. */
function byConstraints(refusal: Refusal): Diagnosis | undefined {
  const [, violations] =
    /unable to validate against any security context constraint: ([\s\S]*)/.exec(refusal.message) ??
    []
  if (violations === undefined) return undefined
  const { namespace = 'default' } = refusal.maker.metadata
  const pod: PodSpec | undefined = podSpecOf(refusal.maker)
  const account = pod?.serviceAccountName ?? 'default'
  return {
    cause: 'pod-security',
    summary: `no SecurityContextConstraint that the pods may use allows them: ${cleaned(violations)}`,
    evidence: [refusal.evidence],
    remedy: `set podSecurity: false, so that OpenShift chooses user and group itself, or let the ServiceAccount use a constraint that allows what is named: oc adm policy add-scc-to-user nonroot-v2 -z ${account} -n ${namespace}`,
    ...(refusal.isNew && { outlook: 'hopeless' as const }),
  }
}
