import { cleaned } from '../wording.ts'
import type { Cause } from './cause.ts'
import { refusalOf } from './refusal.ts'

/** The namespace's Pod Security level does not allow the pods. */
export const podSecurity: Cause = inquiry => {
  const refusal = refusalOf(inquiry)
  const [, level, violations] =
    /violates PodSecurity "([^":]+)(?::[^"]*)?": ([\s\S]*)/.exec(refusal?.message ?? '') ?? []
  if (refusal === undefined || level === undefined) return undefined
  return {
    cause: 'pod-security',
    summary: `the namespace allows only pods of Pod Security level ${level}: ${cleaned(violations)}`,
    evidence: [refusal.evidence],
    remedy:
      level === 'restricted'
        ? 'set podSecurity: restricted, and correct patches that loosen it'
        : 'correct what is named, or let the namespace allow more (pod-security.kubernetes.io/enforce)',
    ...(refusal.isNew && { outlook: 'hopeless' as const }),
  }
}
