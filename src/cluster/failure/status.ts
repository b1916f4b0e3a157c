import { isMap, type JsonMap } from '../../object/index.ts'
import type { IncomingHttpHeaders } from 'node:http'
import type { Failure, FieldConflict, InvalidCause } from './failure.ts'
import { maskText } from '../../secret/index.ts'
import { withoutSecrets } from './redact.ts'

/** An answer that is not 2xx. */
export interface Refusal {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** The kind of the object that was sent; contents of Secrets are blotted out of messages. */
  kind?: string | undefined
}

/** What the rules below look at. */
interface Facts {
  status: number
  /** It came as the API server writes it. */
  isStatus: boolean
  reason: string
  message: string
  retryAfterSeconds: number | undefined
  causes: InvalidCause[]
}

/** The API server's Status (or a proxy's page) → Failure. Rules are tried in order: what is said counts before the number. */
export function failureOf(refusal: Refusal): Failure {
  const facts = factsOf(refusal)
  const { message, status } = facts
  for (const rule of RULES) {
    const found = rule(facts)
    if (found !== undefined) return { message, status, ...found }
  }
  // The API server never sends anybody elsewhere: who does is a sign-in in front of it.
  return { message, status, type: status < 400 ? 'unexpected' : 'other' }
}

type Detail<T> = T extends Failure ? Omit<T, 'message' | 'status'> : never
type Rule = (facts: Facts) => Detail<Failure> | undefined

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/; texts from kube-apiserver 1.34. */
const RULES: readonly Rule[] = [
  ({ message }) => {
    const [, webhook] = /admission webhook "([^"]+)" denied the request/.exec(message) ?? []
    return webhook === undefined ? undefined : { type: 'denied', webhook }
  },
  when(/^ValidatingAdmissionPolicy |: ValidatingAdmissionPolicy '/, { type: 'denied' }),
  ({ message }) => {
    const [, webhook] = /failed calling (?:admission )?webhook "([^"]+)"/.exec(message) ?? []
    return webhook === undefined ? undefined : { type: 'webhook-unavailable', webhook }
  },
  ({ message }) => {
    const [, resource] = /conversion webhook for ([^:]{1,200}) failed: Post/.exec(message) ?? []
    return resource === undefined
      ? undefined
      : { type: 'webhook-unavailable', webhook: `converting ${resource.split(',')[0]}` }
  },
  ({ status }) => (status === 401 ? { type: 'unauthorized' } : undefined),
  ({ causes, message }) =>
    causes.some(cause => cause.reason === 'NamespaceTerminating') ||
    message.endsWith('because it is being terminated')
      ? { type: 'namespace-terminating' }
      : undefined,
  // `failed quota`: the quota wants requests or limits that the object does not state.
  when(/ is forbidden: (exceeded|failed) quota: /, { type: 'quota' }),
  // Said by admission plugins of an API server that has just started.
  when(/ is forbidden: not yet ready to handle request$/, { type: 'server' }),
  forbidden,
  when(
    /^object is being deleted: |if the object is being deleted|The system is ensuring all content is removed/,
    { type: 'being-deleted' },
  ),
  conflict,
  schema,
  ({ status, causes }) => (status === 422 ? { type: 'invalid', causes } : undefined),
  ({ status, retryAfterSeconds }) =>
    status === 429
      ? { type: 'throttled', ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }
      : undefined,
  ({ status, reason }) =>
    status === 410 || reason === 'Expired' || reason === 'Gone' ? { type: 'expired' } : undefined,
  missing,
  // 408: a load balancer's.
  ({ status }) => (status === 504 || status === 408 ? { type: 'timeout' } : undefined),
  server,
]

function when(pattern: RegExp, found: Detail<Failure>): Rule {
  return ({ message }) => (pattern.test(message) ? found : undefined)
}

/** The authorizer's no is about us; any other 403 is an admission plugin's about the object (LimitRanger, PodSecurity, …). */
function forbidden({ status, isStatus, message }: Facts): Detail<Failure> | undefined {
  if (status !== 403) return undefined
  if (!isStatus) return { type: 'unexpected' }
  const isPlugin =
    / is forbidden: /.test(message) &&
    !/ is forbidden: User "| is forbidden: user "|cannot \w+ (resource|path) /.test(message)
  return { type: isPlugin ? 'denied' : 'forbidden' }
}

function conflict({ status, reason, message, causes }: Facts): Detail<Failure> | undefined {
  if (status !== 409) return undefined
  const conflicts = causes
    .filter(cause => cause.reason === 'FieldManagerConflict')
    .map(fieldConflictOf)
  if (conflicts.length > 0) return { type: 'field-conflict', conflicts }
  // A race of the quota's own counter, not of our object (kapp retries it as well).
  if (/cannot be fulfilled on resourcequotas/.test(message)) return { type: 'server' }
  return { type: reason === 'AlreadyExists' ? 'already-exists' : 'stale' }
}

/** `conflict with "kubectl" with subresource "scale" using apps/v1` */
function fieldConflictOf({ message, field }: InvalidCause): FieldConflict {
  const [, quoted = '""'] = /^conflict with ("(?:[^"\\]|\\.)*")/.exec(message) ?? []
  return { manager: unquote(quoted), field }
}

function unquote(quoted: string): string {
  try {
    return JSON.parse(quoted) as string
  } catch {
    return quoted.slice(1, -1)
  }
}

/** Server-side apply answers 500 without a reason, strict decoding 400. */
function schema({ message }: Facts): Detail<Failure> | undefined {
  const pattern =
    /^failed to (create typed patch object|convert new object)|strict decoding error|cannot be handled as an? |^error decoding (YAML|patch)/
  return pattern.test(message) ? { type: 'schema' } : undefined
}

/** 5xx that may pass. A bare 500 without a reason is a verdict on the request, unless it speaks of etcd. */
function server({
  status,
  reason,
  message,
  retryAfterSeconds,
}: Facts): Detail<Failure> | undefined {
  const etcd =
    /etcdserver: .{0,200}?(leader changed|timed out|no leader|too many requests|not capable|stopped)|code = Unavailable|context deadline exceeded|connection error/
  const mayPass =
    [502, 503].includes(status) ||
    (status >= 500 && (reason === 'InternalError' || etcd.test(message)))
  return mayPass
    ? { type: 'server', ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }
    : undefined
}

/** What the API server says of a path that it does not know; everything else that it misses it tells with a Status. */
const UNKNOWN_PATH = '404 page not found'

/** Only the API server's own word means that something is not there: a proxy has pages of its own for what it does not know. */
function missing({ status, isStatus, message }: Facts): Detail<Failure> | undefined {
  if (status !== 404) return undefined
  return { type: isStatus || message === UNKNOWN_PATH ? 'not-found' : 'unexpected' }
}

/** As much of a message as people read. */
const LONGEST_MESSAGE = 2000

function factsOf({ status, headers, text, kind }: Refusal): Facts {
  const body = statusBody(text)
  const message = maskText(withoutSecrets(body?.message ?? plainMessage(status, text), kind))
  const seconds = Number(headers['retry-after'] ?? body?.details.retryAfterSeconds ?? Number.NaN)
  return {
    status,
    isStatus: body !== undefined,
    reason: body?.reason ?? '',
    message: message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message,
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined,
    causes: (body?.details.causes ?? []).map(cause => ({
      reason: textOf(cause['reason']),
      field: textOf(cause['field']),
      message: maskText(withoutSecrets(textOf(cause['message']), kind)),
    })),
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

interface StatusBody {
  message?: string
  reason?: string
  details: { causes: JsonMap[]; retryAfterSeconds?: unknown }
}

/** Not every Status says that it is one, or comes as application/json (time-outs do not). */
function statusBody(text: string): StatusBody | undefined {
  const body = jsonOf(text)
  if (!isMap(body) || body['status'] !== 'Failure') return undefined
  const { message, reason, details } = body
  const { causes, retryAfterSeconds } = isMap(details) ? details : {}
  return {
    ...(typeof message === 'string' && { message }),
    ...(typeof reason === 'string' && { reason }),
    details: { causes: Array.isArray(causes) ? causes.filter(isMap) : [], retryAfterSeconds },
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Pages of proxies and load balancers are not shown: one line of plain text at most. */
function plainMessage(status: number, text: string): string {
  const [line = ''] = text.trim().split('\n')
  return line === '' || line.startsWith('<') || line.startsWith('{')
    ? `the answer was HTTP ${status}`
    : line.slice(0, 200)
}
