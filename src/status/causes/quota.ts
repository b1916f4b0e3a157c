import { podSpecOf } from '../../kinds/index.ts'
import { podsOf } from '../tree.ts'
import type { Inquiry } from '../inquiry.ts'
import type { PodSpec } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import { listOf } from '../../words/index.ts'
import { between } from '../times.ts'
import type { Cause } from './cause.ts'
import { cleaned } from '../wording.ts'
import { refusalOf, type Refusal } from './refusal.ts'

/** Pods that ended give their quota back with a delay, and the controller's next attempt comes later still. */
const QUOTA_GRACE_SECONDS = 30

/** The namespace's quota leaves no room for the pods. */
export const quota: Cause = inquiry => {
  const refusal = refusalOf(inquiry)
  if (refusal === undefined) return undefined
  const [, name, figures] = /exceeded quota: ([^,]{1,253}), ([\s\S]*)/.exec(refusal.message) ?? []
  if (name !== undefined)
    return {
      cause: 'quota',
      summary: `the quota ${name} leaves no room for the pods: ${cleaned(figures)}`,
      evidence: [refusal.evidence],
      remedy: `raise the quota (kubectl -n ${refusal.maker.metadata.namespace} describe quota ${name}), free some of it, or ask for less`,
      ...(isSettled(refusal, inquiry) && { outlook: 'hopeless' as const }),
    }
  return unmetQuota(refusal) ?? outOfScope(refusal)
}

function unmetQuota(refusal: Refusal): Diagnosis | undefined {
  const [, unmet, missing = ''] =
    /failed quota: ([^:]+): must specify ([\s\S]*)/.exec(refusal.message) ?? []
  if (unmet === undefined) return undefined
  return {
    cause: 'quota',
    summary: `the quota ${unmet} requires ${cleaned(missing)} to be set`,
    evidence: [refusal.evidence],
    remedy: unmetRemedy(missing, refusal),
    ...(refusal.isNew && { outlook: 'hopeless' as const }),
  }
}

/** `limits.cpu for: server,proxy; limits.memory for: proxy`: containers that the pod template does not have were added on the way. */
function unmetRemedy(missing: string, { maker }: Refusal): string {
  const named = [...missing.matchAll(/ for: ([^;]{1,1000})/g)].flatMap(([, names = '']) =>
    names.split(',').map(name => name.trim()),
  )
  const { containers = [], initContainers = [] }: PodSpec = podSpecOf(maker) ?? {}
  const own = new Set([...containers, ...initContainers].map(({ name }) => name))
  const added = [...new Set(named)].filter(name => !own.has(name))
  return own.size === 0 || added.length === 0
    ? 'set request and limit of resources.cpu and resources.memory'
    : `let what adds the container ${listOf(added)} to pods (an injector, such as of a service mesh) give it requests and limits, or a LimitRange of the namespace give it defaults`
}

/** Of classes of priority that only some namespaces may use: plugin/pkg/admission/resourcequota/controller.go, CheckRequest. */
function outOfScope(refusal: Refusal): Diagnosis | undefined {
  const [, scopes] =
    /insufficient quota to match these scopes: ([\s\S]*)/.exec(refusal.message) ?? []
  if (scopes === undefined) return undefined
  return {
    cause: 'quota',
    summary: `the namespace has no quota that allows such pods: ${cleaned(scopes)}`,
    evidence: [refusal.evidence],
    remedy: /\{PriorityClass /.test(scopes)
      ? 'choose another scheduling.priorityClass, or make a quota of the namespace whose scopeSelector names it'
      : 'make a quota of the namespace with this scope',
    ...(refusal.isNew && { outlook: 'hopeless' as const }),
  }
}

/** No pod of the object is on its way out, and the refusal has lasted. */
function isSettled({ time, isNew }: Refusal, { object, related, now }: Inquiry): boolean {
  if (!isNew) return false
  const isEnding = podsOf(object, related).some(
    ({ metadata }) => metadata.deletionTimestamp !== undefined,
  )
  return !isEnding && (between(time, now) ?? 0) >= QUOTA_GRACE_SECONDS * 1000
}
