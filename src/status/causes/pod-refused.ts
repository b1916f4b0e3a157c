import { kindNamed } from '../../kinds/index.ts'
import { cleaned } from '../wording.ts'
import { hasHadTime, type Cause } from './cause.ts'
import { BELOW_REQUEST } from './limit-default.ts'
import { refusalOf } from './refusal.ts'

/** The API server refuses the pods for a reason that has no cause of its own here. */
export const podRefused: Cause = inquiry => {
  const refusal = refusalOf(inquiry)
  if (refusal === undefined) return undefined
  const { message, evidence } = refusal
  const isInvalid = message.includes(' is invalid: ') || TERMINATING.test(message)
  const isMissing = MISSING_CLASS.test(message) || MISSING_ACCOUNT.test(message)
  const isFinal = isInvalid || (isMissing && hasHadTime(refusal.time, inquiry))
  return {
    cause: 'pod-refused',
    summary: `no pod can be created: ${cleaned(message)}`,
    evidence: [evidence],
    remedy: remedyFor(message),
    ...(isFinal && refusal.isNew && { outlook: 'hopeless' as const }),
  }
}

/** Of the admission plugins Priority and RuntimeClass: plugin/pkg/admission/{priority,runtimeclass}/admission.go */
const MISSING_CLASS =
  /no (PriorityClass) with name (\S+) was found|(RuntimeClass) "([^"]+)" not found/

const MISSING_ACCOUNT = /serviceaccount "([^"]+)" not found/i
/** Of the admission plugin NamespaceLifecycle. */
const TERMINATING = /in namespace (\S+) because it is being terminated/

function remedyFor(message: string): string {
  const [, namespace] = TERMINATING.exec(message) ?? []
  if (namespace !== undefined)
    return `wait until the namespace ${namespace} is gone (kubectl get namespace ${namespace} -o yaml says what keeps it), make it again, and apply`
  const [, , , resource] = BELOW_REQUEST.exec(message) ?? []
  if (resource !== undefined)
    return `raise the limit of resources.${resource}, or lower its request`
  const [, account] = MISSING_ACCOUNT.exec(message) ?? []
  if (account !== undefined)
    return `create the ServiceAccount ${account} in the namespace, or set serviceAccount: {name: ${account}, create: true}`
  const [, priority, gold, runtime, name = gold] = MISSING_CLASS.exec(message) ?? []
  const kind = priority ?? runtime
  const field = kind && kindNamed(kind)?.needed?.field('').replace('spec.', '')
  if (kind !== undefined)
    return `create the ${kind} ${name} (kubectl get ${kind.toLowerCase()}), or correct ${field}`
  return 'correct what the message names'
}
