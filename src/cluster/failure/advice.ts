import { isOfCertificate } from '../../foreign/index.ts'
import { kindNamed } from '../../kinds/index.ts'
import type { Problem } from '../../problem/index.ts'
import { areTaken, type Failure, type FailureType, type Unreachable } from './failure.ts'

/** Sentence, cause and remedy of a failure. */
export type Advice = Pick<Problem, 'code' | 'message' | 'cause' | 'object' | 'remedy'>

/** Total over the union: a new failure does not compile without advice. */
export function adviceOn<T extends FailureType>(failure: Failure & { type: T }): Advice {
  const advise = ADVICE[failure.type] as (failure: Failure & { type: T }) => Advice
  return advise(failure)
}

type Of<T extends FailureType> = Extract<Failure, { type: T }>

const ADVICE: { [T in FailureType]: (failure: Of<T>) => Advice } = {
  'not-found': notFound,
  'being-deleted': because(
    'cluster-error',
    'the object is still being deleted',
    'Wait until it is gone; its metadata.finalizers name what holds it.',
  ),
  'namespace-terminating': because(
    'namespace-missing',
    'the namespace is being deleted; nothing can be created in it',
    'See what holds it: kubectl get namespace NAME -o yaml (status.conditions). Apply again when it is gone.',
  ),
  'field-conflict': ({ conflicts }) => ({
    code: 'field-conflict',
    message: `other field managers own what would change: ${conflicts.map(({ manager, field }) => `${field} ("${manager}")`).join(', ')}`,
    remedy: 'Put their values into git, or take the fields over with --force-conflicts.',
  }),
  stale: because(
    'cluster-error',
    'the object was changed or replaced by somebody else in the meantime',
    'Run it again: it will start from what is there now.',
  ),
  'already-exists': ({ message }) => ({
    code: 'cluster-error',
    message,
    remedy: 'Run it again, or choose another name.',
  }),
  invalid,
  schema: ({ message }) => ({
    code: 'rejected',
    message: 'the object does not match the schema of its kind',
    cause: message.replace(/^failed to create typed patch object \([^)]*\): /, ''),
    remedy:
      'Correct the field in the endpoint spec, or in its patches; kubectl explain KIND shows the fields there are.',
  }),
  'webhook-unavailable': webhookUnavailable,
  denied: ({ message, webhook }) => ({
    code: 'rejected',
    message:
      webhook === undefined
        ? 'an admission policy of the cluster refused it'
        : `the admission webhook "${webhook}" refused it`,
    cause: message.replace(/^.*?denied (the )?request: /s, ''),
    remedy: 'Change the endpoint spec to what the cluster allows, or ask who runs the cluster.',
  }),
  quota: because(
    'rejected',
    'a resource quota of the namespace does not allow it',
    'Free some of it (replicas, GPUs), ask for a larger quota, or state the requests and limits that it wants.',
  ),
  forbidden: ({ message }) => ({
    code: 'forbidden',
    message: `no permission: ${message}`,
    remedy: 'slipway rbac prints the Role that this project needs; slipway doctor checks for it.',
  }),
  unauthorized: ({ message, status }) => ({
    code: 'unauthorized',
    message: status === 0 ? message : `the API server does not accept this login`,
    ...(status !== 0 && { cause: message }),
    remedy: 'Sign in again: the token or certificate of this context may have expired.',
  }),
  throttled: because(
    'cluster-error',
    'the API server is overloaded and kept refusing requests',
    'Try again later, or apply fewer endpoints at once.',
  ),
  expired: because(
    'cluster-error',
    'the API server no longer has the state that was asked for',
    'Run it again.',
  ),
  server: ({ message, status }) => ({
    code: 'cluster-error',
    message: `the API server returned an error (HTTP ${status})`,
    cause: message,
    remedy:
      'Run it again: what is done already stays. If it keeps happening, check the control plane.',
  }),
  unreachable: ({ message, why = 'other' }) => ({
    code: 'unreachable',
    message,
    remedy: REACH[why],
  }),
  timeout: ({ message }) => ({
    code: 'cluster-error',
    message,
    remedy:
      'Run it again: what is done already stays. If it lasts, look at the control plane and the network.',
  }),
  unexpected: ({ message, object }) => ({
    code: 'wrong-answer',
    message,
    cause:
      'it is not an answer of the API server: something in between, such as a proxy or a sign-in page, may have answered',
    ...(object !== undefined && { object }),
    remedy:
      'Check the server address of the context, HTTPS_PROXY and the VPN, then run it again: what is done already stays.',
  }),
  'kind-missing': kindMissing,
  'pod-unreachable': ({ message, refused }) => ({
    code: 'smoke-failed',
    message,
    remedy: refused
      ? "Make the server listen on the endpoint's port on all addresses (0.0.0.0), or correct `port`."
      : "Look at the pod's log: kubectl logs.",
  }),
  aborted: () => ({
    code: 'interrupted',
    message: 'interrupted',
    remedy: 'Run it again: what is done already stays.',
  }),
  other,
}

/** In our words, with those of the API server as the cause. */
function because(code: Advice['code'], text: string, remedy: string) {
  return ({ message }: Failure): Advice => ({ code, message: text, cause: message, remedy })
}

const REACH: Record<Unreachable, string> = {
  refused:
    'Check that the cluster runs, and that the context points at it (kubectl config view --minify).',
  reset: 'Run it again; if it lasts, look at the API server and at proxies in between.',
  dns: "Check the server's name in the kubeconfig, and the VPN.",
  'dns-temporary': 'Check the network and the VPN.',
  tls: "Check the context's certificate-authority and server address; the cluster may have been created anew.",
  timeout:
    'Check the network, the VPN and the firewall, and that the context points at the right cluster.',
  proxy: 'Check HTTPS_PROXY and NO_PROXY, or proxy-url in the kubeconfig.',
  other: 'Check the server address of the context (kubectl config view --minify).',
}

function invalid({ message, causes }: Of<'invalid'>): Advice {
  const told = [...new Set(causes.map(({ field, message: text }) => `${field}: ${text}`))]
  const isTaken = areTaken(causes)
  return {
    code: 'rejected',
    message: told.length === 0 ? message : `the API server finds it invalid: ${told.join('; ')}`,
    ...(isTaken && { cause: 'Another object of the cluster has it, and only one can.' }),
    remedy: isTaken
      ? 'Choose another one, leave it out for the API server to choose, or delete the object that has it.'
      : 'Correct these fields in the endpoint spec, or in its patches.',
  }
}

/** What the API server says without a reason or a field; a status below 400 is not its no. */
function other({ message, status }: Of<'other'>): Advice {
  if (status < 400) return { code: 'cluster-error', message }
  return {
    code: 'cluster-error',
    message: `the API server refused it (HTTP ${status})`,
    cause: message,
    remedy:
      'If it is about a field, correct that in the endpoint spec, or in its patches; otherwise look at the API server.',
  }
}

function notFound({ message }: Of<'not-found'>): Advice {
  const [, namespace] = /^namespaces "([^"]+)" not found/.exec(message) ?? []
  if (namespace === undefined)
    return {
      code: 'cluster-error',
      message,
      remedy: 'Run it again: it may just have been deleted.',
    }
  return {
    code: 'namespace-missing',
    message: `the namespace "${namespace}" does not exist in the cluster`,
    remedy: `Create it (kubectl create namespace ${namespace}), correct the name, or set createNamespace: true in the environment.`,
  }
}

function webhookUnavailable({ message, webhook }: Of<'webhook-unavailable'>): Advice {
  const cause = message.replace(/^.*?failed to call webhook: /s, '').replace(/^Post "[^"]*": /, '')
  return {
    code: 'cluster-error',
    message: `the admission webhook "${webhook}" cannot be called, and without it nothing is accepted`,
    cause,
    remedy: isOfCertificate(message)
      ? 'Its certificate is not the one that the API server trusts (caBundle of the webhook configuration), or is expired: look at the certificate and at who puts it into the configuration (cert-manager and its cainjector).'
      : webhook.includes('kserve')
        ? "KServe's controller is probably not running: kubectl get pods -A -l control-plane=kserve-controller-manager, or slipway doctor. Endpoints with runtime: deployment need no KServe."
        : 'The controller behind it is probably not running: slipway doctor lists the webhooks and their endpoints.',
  }
}

function kindMissing({ message, kind }: Of<'kind-missing'>): Advice {
  return {
    code: 'kind-missing',
    message,
    remedy:
      kindNamed(kind)?.whenNotServed ??
      'Install what provides this kind, or leave it out of the patches.',
  }
}
