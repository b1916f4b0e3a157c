import test from 'ava'
import type { Failure } from '../../src/cluster/failure/failure.ts'
import { failureOf } from '../../src/cluster/failure/status.ts'

/** Everything but the message and the number. */
type Kind = Record<string, unknown> & { type: Failure['type'] }

interface Told {
  status: number
  message: string
  reason?: string
  details?: object
  headers?: Record<string, string>
}

const told = (status: number, message: string, more: Partial<Told> = {}): Told => ({
  status,
  message,
  ...more,
})

const KSERVE_WEBHOOK =
  'Internal error occurred: failed calling webhook "inferenceservice.kserve-webhook-server.defaulter": failed to call webhook: Post "https://127.0.0.1:23010/mutate-serving-kserve-io-v1beta1-inferenceservice?timeout=10s": '

/** Texts of KServe v0.16.0 and of etcd, kube-apiserver and its quota controller under load. */
const TOLD: [string, Told, Kind][] = [
  [
    'K6 · KServe controller stopped',
    told(500, `${KSERVE_WEBHOOK}dial tcp 127.0.0.1:23010: connect: connection refused`, {
      reason: 'InternalError',
    }),
    webhook('inferenceservice.kserve-webhook-server.defaulter'),
  ],
  [
    'K6 · KServe Service missing',
    told(500, `${KSERVE_WEBHOOK}service "kserve-webhook-server-service" not found`, {
      reason: 'InternalError',
    }),
    webhook('inferenceservice.kserve-webhook-server.defaulter'),
  ],
  [
    'K6 · KServe certificate unknown',
    told(
      500,
      `${KSERVE_WEBHOOK}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
      { reason: 'InternalError' },
    ),
    webhook('inferenceservice.kserve-webhook-server.defaulter'),
  ],
  [
    'conversion webhook',
    told(
      500,
      'conversion webhook for serving.kserve.io/v1beta1, Kind=InferenceService failed: Post "https://x.svc:443/convert?timeout=30s": dial tcp: connection refused',
    ),
    webhook('converting serving.kserve.io/v1beta1'),
  ],
  [
    'K10 · deploymentMode annotation',
    told(
      403,
      `admission webhook "inferenceservice.kserve-webhook-server.validator" denied the request: update rejected: deploymentMode cannot be changed from 'Standard' to 'RawDeployment'`,
      { reason: 'Forbidden' },
    ),
    { type: 'denied', webhook: 'inferenceservice.kserve-webhook-server.validator' },
  ],
  [
    'a webhook that denies with 409',
    told(409, 'admission webhook "x.example.com" denied the request: busy', { reason: 'Conflict' }),
    { type: 'denied', webhook: 'x.example.com' },
  ],
  [
    'a webhook that denies without a word',
    told(400, 'admission webhook "x.example.com" denied the request without explanation'),
    { type: 'denied', webhook: 'x.example.com' },
  ],
  [
    'quota wants limits',
    told(403, 'pods "a" is forbidden: failed quota: q: must specify limits.cpu for: c', {
      reason: 'Forbidden',
    }),
    { type: 'quota' },
  ],
  [
    'quota race',
    told(
      409,
      'Operation cannot be fulfilled on resourcequotas "q": the object has been modified; please apply your changes to the latest version and try again',
      { reason: 'Conflict' },
    ),
    { type: 'server' },
  ],
  [
    'unknown user',
    told(
      403,
      'deployments.apps "d" is forbidden: User "system:serviceaccount:a:b" cannot patch resource "deployments" in API group "apps" in the namespace "a"',
      { reason: 'Forbidden' },
    ),
    { type: 'forbidden' },
  ],
  [
    'RBAC escalation',
    told(
      403,
      'roles.rbac.authorization.k8s.io "r" is forbidden: user "u" (groups=["g"]) is attempting to grant RBAC permissions not currently held:',
      { reason: 'Forbidden' },
    ),
    { type: 'forbidden' },
  ],
  [
    'path of anonymous',
    told(403, 'forbidden: User "system:anonymous" cannot get path "/version"', {
      reason: 'Forbidden',
    }),
    { type: 'forbidden' },
  ],
  [
    'delete of a dying namespace',
    told(
      409,
      'Operation cannot be fulfilled on namespaces "n": The system is ensuring all content is removed from this namespace.  Upon completion, this namespace will automatically be purged by the system.',
      { reason: 'Conflict' },
    ),
    { type: 'being-deleted' },
  ],
  [
    'UID, from the storage layer',
    told(
      409,
      'Operation cannot be fulfilled on pods "p": StorageError: invalid object, Code: 4, Key: /registry/pods/a/p, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: 1, UID in object meta: 2',
      { reason: 'Conflict' },
    ),
    { type: 'stale' },
  ],
  [
    'throttled',
    told(429, 'Too many requests, please try again later.', { headers: { 'retry-after': '3' } }),
    { type: 'throttled', retryAfterSeconds: 3 },
  ],
  [
    'disruption budget',
    told(429, "Cannot evict pod as it would violate the pod's disruption budget.", {
      reason: 'TooManyRequests',
      details: { retryAfterSeconds: 10 },
    }),
    { type: 'throttled', retryAfterSeconds: 10 },
  ],
  [
    'resourceVersion too old',
    told(410, 'too old resource version: 1 (400)', { reason: 'Expired' }),
    { type: 'expired' },
  ],
  [
    'continue token expired',
    told(410, 'The provided continue parameter is too old to display a consistent list result.', {
      reason: 'Expired',
    }),
    { type: 'expired' },
  ],
  ['etcd leader', told(500, 'etcdserver: leader changed'), { type: 'server' }],
  ['etcd time-out', told(500, 'etcdserver: request timed out'), { type: 'server' }],
  [
    'etcd away',
    told(
      500,
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing"',
    ),
    { type: 'server' },
  ],
  ['etcd full', told(500, 'etcdserver: mvcc: database space exceeded'), { type: 'other' }],
  [
    'shutting down',
    told(503, 'apiserver is shutting down', {
      reason: 'ServiceUnavailable',
      headers: { 'retry-after': '5' },
    }),
    { type: 'server', retryAfterSeconds: 5 },
  ],
  [
    'internal',
    told(500, 'Internal error occurred: connection to aggregated API lost', {
      reason: 'InternalError',
    }),
    { type: 'server' },
  ],
]

function webhook(name: string): Kind {
  return { type: 'webhook-unavailable', webhook: name }
}

for (const [title, { status, headers = {}, ...body }, expected] of TOLD) {
  test(`R4 · told: ${title}`, t => {
    const text = JSON.stringify({ kind: 'Status', status: 'Failure', code: status, ...body })
    const { message, status: number, ...failure } = failureOf({ status, headers, text })
    t.deepEqual(failure as Kind, expected)
    t.is(number, status)
    t.is(message, body.message)
  })
}
