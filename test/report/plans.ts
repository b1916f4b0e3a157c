import type { KubeObject, ObjectRef } from '../../src/object/index.ts'
import type { Action, Plan, PlannedEndpoint } from '../../src/plan/index.ts'

/** Plans as planSet makes them, for views. */

const API: Record<string, string> = {
  Service: 'v1',
  ConfigMap: 'v1',
  Ingress: 'networking.k8s.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  InferenceService: 'serving.kserve.io/v1beta1',
}

export function aRef(kind: string, name: string): ObjectRef {
  return { apiVersion: API[kind] ?? 'apps/v1', kind, namespace: 'llm-ops', name }
}

export function anAction(
  type: Action['type'],
  kind: string,
  more: Partial<Action> & { name?: string } = {},
): Action {
  const { name = 'chat', ...rest } = more
  return {
    type,
    ref: aRef(kind, name),
    endpoint: name,
    wave: 'workload',
    changes: [],
    reason: '',
    restartsPods: false,
    ...rest,
  }
}

export function aPlan(actions: Action[], more: Partial<Plan> = {}): Plan {
  const inventory = { groupKinds: ['Deployment.apps'], namespaces: ['llm-ops'] }
  return {
    project: 'ml-endpoints',
    environment: 'production',
    parent: { name: 'slipway-ml-endpoints-production', namespace: 'llm-ops' },
    setId: 'applyset-x-v1',
    revision: { commit: '1a2b3c4d5e', dirty: false, actor: 'alice@laptop' },
    unchanged: [],
    endpoints: endpointsOf(actions),
    createNamespaces: [],
    problems: [],
    related: [],
    inventory: { before: inventory, after: inventory },
    hash: '3f9c2a7be11d',
    ...more,
  }
}

export function endpointsOf(actions: readonly Action[]): PlannedEndpoint[] {
  return [...Map.groupBy(actions, ({ endpoint }) => endpoint)].map(([name, group]) => ({
    name,
    actions: group,
    objects: [],
    settled: false,
    readySeconds: 0,
  }))
}

/** A Deployment that asks for GPUs, as an action's desired object. */
export function aDeployment({
  replicas = 3,
  gpus = 1,
  strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
}: { replicas?: number; gpus?: number; strategy?: object } = {}): KubeObject {
  const limits = gpus === 0 ? {} : { 'nvidia.com/gpu': gpus }
  const containers = [{ name: 'server', resources: { limits } }]
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'chat', namespace: 'llm-ops' },
    spec: { replicas, strategy, template: { spec: { containers } } },
  }
}

const IMAGE = 'spec.template.spec.containers[name=server].image'

/** One of everything that a reviewer meets. */
export function aFullPlan(): Plan {
  const image = {
    path: IMAGE,
    before: 'registry.example.com/vllm:v7',
    after: 'registry.example.com/vllm:v8',
  }
  const args = {
    path: 'spec.template.spec.containers[name=server].args',
    before: ['--a'],
    after: ['--a', '--b'],
  }
  return aPlan(
    [
      anAction('update', 'Deployment', {
        restartsPods: true,
        desired: aDeployment(),
        changes: [image, args],
      }),
      anAction('create', 'Ingress', { reason: 'not in the cluster' }),
      anAction('create', 'Deployment', { name: 'summarizer' }),
      anAction('create', 'Service', { name: 'summarizer' }),
      anAction('prune', 'Deployment', {
        name: 'old-model',
        reason: 'no longer rendered',
        restartsPods: true,
      }),
      anAction('switch', 'InferenceService', {
        name: 'rag',
        reason: 'the runtime is now deployment',
        restartsPods: true,
      }),
      anAction('create', 'Deployment', { name: 'rag' }),
      anAction('replace', 'Deployment', {
        name: 'ranker',
        reason: 'spec.selector cannot be changed in place',
        restartsPods: true,
        desired: aDeployment({ replicas: 1, gpus: 0 }),
        changes: [{ path: 'spec.selector.matchLabels.app', before: 'ranker', after: 'ranker-2' }],
      }),
    ],
    {
      unchanged: [aRef('Service', 'chat'), aRef('Service', 'rag')],
      related: [
        {
          ref: aRef('HorizontalPodAutoscaler', 'old-hpa'),
          endpoint: 'old-model',
          reason: 'its scaleTargetRef points at Deployment/llm-ops/old-model',
        },
      ],
      problems: [
        {
          code: 'field-conflict',
          severity: 'error',
          message:
            'Deployment/llm-ops/chat: spec.replicas is held by the field manager "kubectl-edit": live 5, in git 3',
          place: { file: 'endpoints/chat.yaml', line: 6, column: 3 },
          endpoint: 'chat',
          remedy: 'Take the value into git, or overwrite it with --force-conflicts.',
        },
      ],
    },
  )
}
