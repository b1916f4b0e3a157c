import { cleaned } from '../wording.ts'
import type { Cause } from './cause.ts'
import { refusalOf } from './refusal.ts'

/** The API server refuses the pods for a reason that has no cause of its own here. */
export const podRefused: Cause = inquiry => {
  const refusal = refusalOf(inquiry)
  if (refusal === undefined) return undefined
  const { message, evidence } = refusal
  const isFinal = /is invalid: |(maximum|minimum) (cpu|memory|\S+) usage per (Pod|Container)/.test(
    message,
  )
  return {
    cause: 'pod-refused',
    summary: `no pod can be created: ${cleaned(message)}`,
    evidence: [evidence],
    remedy: remedyFor(message),
    ...(isFinal && refusal.isNew && { outlook: 'hopeless' as const }),
  }
}

function remedyFor(message: string): string {
  const [, account] = /serviceaccount "([^"]+)" not found/i.exec(message) ?? []
  if (account !== undefined)
    return `create the ServiceAccount ${account} in the namespace, or say serviceAccount: {name: ${account}, create: true}`
  if (/usage per (Pod|Container)/.test(message))
    return "keep resources within the namespace's LimitRange (kubectl describe limitrange)"
  return 'correct what the message names'
}
