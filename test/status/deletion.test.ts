import test from 'ava'
import { assess, viewOf } from '../../src/status/index.ts'
import { ASKED, deleted, NOW, row } from './deletion-table.ts'
import { deployment, live, pod, replicaSet } from './build.ts'
import { service } from './kserve-build.ts'

row('R3 · an object that is not being deleted', () => ({
  object: deployment(),
  cause: 'not-terminating',
  summary: 'Deployment/llm-ops/chat is not being deleted',
  remedy: /delete it again/,
}))
row('D2 · the finalizer of KServe: which, since when, who takes it off', () => ({
  object: deleted(service('ready')),
  cause: 'finalizer',
  summary:
    'InferenceService/llm-ops/llm-std is held in deletion for 12m by the finalizer inferenceservice.finalizers, which the KServe controller takes off',
  remedy: /kserve-controller-manager.*--force-finalizers/,
  evidence: ['being deleted for 12m, finalizers inferenceservice.finalizers'],
}))
row('D2 · a finalizer of somebody unknown names its domain', () => ({
  object: deleted(
    live('v1', 'ConfigMap', 'chat', { metadata: { finalizers: ['ops.example.com/audit'] } }),
  ),
  cause: 'finalizer',
  summary:
    /by the finalizer ops\.example\.com\/audit, which the controller of ops\.example\.com takes off/,
}))
row('D2 · several finalizers', () => ({
  object: deleted(
    live('v1', 'Service', 'chat', {
      metadata: { finalizers: ['service.kubernetes.io/load-balancer-cleanup', 'example.com/a'] },
    }),
  ),
  cause: 'finalizer',
  summary:
    /by the finalizers .*, which the controller of the load balancer and the controller of example\.com take off/,
}))
for (const [finalizer, who] of [
  ['kubernetes.io/pv-protection', /once no claim is bound/],
  ['ingress.k8s.aws/resources', /ingress controller/],
  ['customresourcecleanup.apiextensions.k8s.io', /all objects of the kind/],
  ['resources-finalizer.argocd.argoproj.io', /Argo CD/],
  ['finalizers.fluxcd.io', /Flux/],
  ['finalizer.keda.sh', /KEDA/],
  ['batch.kubernetes.io/job-tracking', /Job controller/],
] as const) {
  row(`D2 · ${finalizer}`, () => ({
    object: deleted(live('v1', 'ConfigMap', 'x', { metadata: { finalizers: [finalizer] } })),
    cause: 'finalizer',
    summary: who,
  }))
}
row('D2 · without a clock the evidence says since when', () => ({
  object: deleted(service('ready')),
  now: '',
  cause: 'finalizer',
  summary: /is held in deletion by the finalizer/,
  evidence: [`deletionTimestamp ${ASKED}`],
}))
row('D2 · a claim that pods still use', () => {
  const object = live('v1', 'PersistentVolumeClaim', 'models', {
    metadata: { finalizers: ['kubernetes.io/pvc-protection'] },
  })
  const volumes = [{ name: 'models', persistentVolumeClaim: { claimName: 'models' } }]
  return {
    object: deleted(object),
    related: [pod('chat-1', { spec: { volumes } }), pod('other')],
    cause: 'finalizer',
    summary: /once no pod uses the claim/,
    evidence: ['still used by pod chat-1'],
  }
})
row('D2 · foreground deletion waits for what the object owns', () => {
  const object = deleted(deployment(), { finalizers: ['foregroundDeletion'] })
  return {
    object,
    related: [replicaSet(object, { revision: 1 })],
    cause: 'dependents',
    summary: 'Deployment/llm-ops/chat waits until what it owns is gone: ReplicaSet/llm-ops/chat-1',
    evidence: ['ReplicaSet/llm-ops/chat-1: not being deleted yet'],
    outlook: 'waiting',
  }
})
row('D2 · the finalizer of something it owns is what holds it', () => {
  const object = deleted(deployment(), { finalizers: ['foregroundDeletion'] })
  const owned = deleted(replicaSet(object, { revision: 1 }), { finalizers: ['example.com/hold'] })
  return {
    object,
    related: [owned],
    cause: 'finalizer',
    summary: /^ReplicaSet\/llm-ops\/chat-1 is held/,
  }
})
row('D2 · nothing holds it: it is just going', () => ({
  object: deleted(deployment()),
  cause: 'terminating',
  summary: 'Deployment/llm-ops/chat is being deleted for 12m',
  outlook: 'waiting',
}))
row('D2 · foreground deletion with nothing left is the garbage collector’s turn', () => ({
  object: deleted(deployment(), { finalizers: ['foregroundDeletion'] }),
  cause: 'terminating',
  summary: /is being deleted/,
  remedy: /garbage collector/,
  outlook: 'waiting',
}))
row('K10 · the legacy annotation hangs the deletion, and has a cure', () => ({
  object: deleted(
    service('ready', { annotations: { 'serving.kserve.io/deploymentMode': 'RawDeployment' } }),
  ),
  cause: 'kserve-legacy-mode',
  summary: /hangs its deletion/,
  remedy: /annotate --overwrite inferenceservice llm-std/,
  outlook: 'hopeless',
}))

// Namespace (D10)
row('D10 · a terminating namespace says what is left in it', () => ({
  object: deleted(
    live('v1', 'Namespace', 'kubeflow-user01', {
      status: {
        phase: 'Terminating',
        conditions: [
          {
            type: 'NamespaceDeletionDiscoveryFailure',
            status: 'False',
            message: 'All resources successfully discovered',
          },
          {
            type: 'NamespaceContentRemaining',
            status: 'True',
            message:
              'Some resources are remaining: inferenceservices.serving.kserve.io has 1 resource instances',
          },
          {
            type: 'NamespaceFinalizersRemaining',
            status: 'True',
            message:
              'Some content in the namespace has finalizers remaining: inferenceservice.finalizers in 1 resource instances',
          },
        ],
      },
    }),
  ),
  cause: 'namespace-content',
  summary:
    'Namespace/kubeflow-user01 waits for its content: Some resources are remaining: inferenceservices.serving.kserve.io has 1 resource instances; Some content in the namespace has finalizers remaining: inferenceservice.finalizers in 1 resource instances',
}))

test('R13 · a deleted object is terminating, whatever its conditions say', t => {
  const object = deleted(service('ready'))
  const verdict = assess({ object, related: viewOf([]), now: NOW })
  t.is(verdict.state, 'terminating')
  t.true(verdict.message === verdict.diagnosis?.summary)
  t.is(verdict.diagnosis?.cause, 'finalizer')
})
