import type { KubeObject } from '../../src/object/index.ts'

/** Objects as people make them, in the forms of real manifests, and what git says of them. */
export interface Form {
  /** What is there before slipway comes. */
  theirs: KubeObject
  /** What git says. */
  git: KubeObject
}

type Json = Record<string, unknown>

const PROBE = { httpGet: { path: '/health', port: 8000 } }

interface Pod {
  container?: Json
  pod?: Json
  spec?: Json
  labels?: Record<string, string>
  annotations?: Record<string, string>
}

/** A Deployment of one pod that ends quickly; git's and theirs differ by what is given. */
function deployment(name: string, { container, pod, spec, labels, annotations }: Pod = {}) {
  const own = { app: name }
  const template = {
    metadata: { labels: { ...own, ...labels }, ...(annotations && { annotations }) },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'server', image: 'registry.example.com/server:1', ...container }],
      ...pod,
    },
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas: 1, selector: { matchLabels: own }, ...spec, template },
  }
}

const service = (name: string, spec: Json, metadata: Json = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, ...metadata },
  spec: { selector: { serves: 'all' }, ...spec },
})

/** Nobody's endpoints: the pods that all Services lead to, and what the autoscaler is for, which has none. */
export const BEHIND = [
  deployment('behind', { labels: { serves: 'all' } }),
  deployment('scaled', { spec: { replicas: 0 } }),
]

const USUAL = {
  ports: [{ name: 'http', containerPort: 8000 }],
  resources: { requests: { cpu: '100m' }, limits: { cpu: '1' } },
}
const FULL = {
  ...USUAL,
  imagePullPolicy: 'IfNotPresent',
  terminationMessagePolicy: 'File',
  readinessProbe: { ...PROBE, periodSeconds: 10, successThreshold: 1 },
  volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
}

/** By the endpoint that each becomes; node ports are from the given one on. */
export const formsFor = (nodePort: number): Record<string, Form> => ({
  same: {
    theirs: deployment('same', { container: USUAL }),
    git: deployment('same', { container: USUAL }),
  },
  defaults: {
    theirs: deployment('defaults', {
      container: FULL,
      pod: {
        restartPolicy: 'Always',
        dnsPolicy: 'ClusterFirst',
        volumes: [{ name: 'scratch', emptyDir: {} }],
      },
      spec: { revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
    }),
    git: deployment('defaults', {
      container: { ...USUAL, readinessProbe: PROBE, volumeMounts: FULL.volumeMounts },
      pod: { volumes: [{ name: 'scratch', emptyDir: {} }] },
    }),
  },
  leftovers: {
    theirs: deployment('leftovers', {
      container: {
        env: [
          { name: 'KEPT', value: 'a' },
          { name: 'OLD', value: 'b' },
        ],
        livenessProbe: PROBE,
      },
      pod: { dnsPolicy: 'Default', hostIPC: true },
      annotations: { 'example.com/old': 'yes' },
    }),
    git: deployment('leftovers', { container: { env: [{ name: 'KEPT', value: 'a' }] } }),
  },
  quiet: {
    theirs: deployment('quiet', {
      spec: {
        minReadySeconds: 1,
        strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 0 } },
      },
    }),
    git: deployment('quiet'),
  },
  lists: {
    theirs: deployment('lists', {
      container: {
        args: ['--a', '--b'],
        command: ['/bin/run'],
        ports: [{ containerPort: 80 }, { containerPort: 81 }],
      },
      pod: {
        tolerations: [{ key: 'gpu', operator: 'Exists' }],
        nodeSelector: { 'kubernetes.io/os': 'linux' },
      },
    }),
    git: deployment('lists', { container: { args: ['--a'], ports: [{ containerPort: 80 }] } }),
  },
  recreate: {
    theirs: deployment('recreate', { container: { env: [{ name: 'A', value: '1' }] } }),
    git: deployment('recreate', { spec: { strategy: { type: 'Recreate' } } }),
  },
  helpers: {
    theirs: deployment('helpers', {
      pod: {
        initContainers: [{ name: 'fetch', image: 'registry.example.com/fetch:1' }],
        volumes: [{ name: 'weights', emptyDir: {} }],
        shareProcessNamespace: true,
      },
    }),
    git: deployment('helpers'),
  },
  selector: {
    theirs: deployment('selector', { labels: { tier: 'a' } }),
    git: deployment('selector', {
      spec: { selector: { matchLabels: { app: 'selector', tier: 'b' } } },
      labels: { tier: 'b' },
    }),
  },
  plain: {
    theirs: service('plain', {
      ports: [{ port: 80, targetPort: 8000 }],
      type: 'ClusterIP',
      sessionAffinity: 'None',
    }),
    git: service('plain', { ports: [{ name: 'http', port: 80, targetPort: 8000 }] }),
  },
  numbered: {
    theirs: service(
      'numbered',
      { ports: [{ port: 8080 }], type: 'NodePort' },
      { labels: { old: 'yes' } },
    ),
    git: service('numbered', { ports: [{ port: 80 }] }),
  },
  pinned: {
    theirs: service('pinned', { type: 'NodePort', ports: [{ port: 8080, nodePort }] }),
    git: service('pinned', { type: 'NodePort', ports: [{ port: 80, nodePort }] }),
  },
  balanced: {
    theirs: service('balanced', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: nodePort + 1,
      ports: [{ port: 80, nodePort: nodePort + 2 }],
    }),
    git: service('balanced', { type: 'LoadBalancer', ports: [{ port: 80 }] }),
  },
  moved: {
    theirs: service('moved', { ports: [{ port: 80 }] }),
    git: service('moved', { selector: { serves: 'nobody' }, ports: [{ port: 80 }] }),
  },
  relabelled: {
    theirs: service('relabelled', { ports: [{ port: 80 }] }),
    git: service('relabelled', { selector: { app: 'behind' }, ports: [{ port: 80 }] }),
  },
  several: {
    theirs: deployment('several', { spec: { replicas: 2 } }),
    git: deployment('several', {
      spec: { replicas: 2, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
      container: { env: [{ name: 'A', value: '1' }] },
    }),
  },
  stops: {
    theirs: deployment('stops', { spec: { strategy: { type: 'Recreate' } } }),
    git: deployment('stops', {
      spec: { strategy: { type: 'Recreate' } },
      container: { env: [{ name: 'A', value: '1' }] },
    }),
  },
  headless: {
    theirs: service('headless', { clusterIP: 'None', ports: [{ port: 80 }] }),
    git: service('headless', { ports: [{ port: 80 }] }),
  },
  settings: {
    theirs: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { a: '1', b: '2' },
    },
    git: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { a: '1' },
    },
  },
  autoscaler: {
    theirs: autoscaler({
      minReplicas: 2,
      behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
    }),
    git: autoscaler({}),
  },
  route: {
    theirs: route(
      { ingressClassName: 'nginx', tls: [{ hosts: ['route.example.com'] }] },
      { 'example.com/old': 'yes' },
    ),
    git: route({}),
  },
  budget: {
    theirs: budget({ minAvailable: 1 }),
    git: budget({ maxUnavailable: 1 }),
  },
})

function autoscaler(more: Json): KubeObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'autoscaler' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled' },
      maxReplicas: 3,
      ...more,
    },
  }
}

function route(more: Json, annotations: Record<string, string> = {}): KubeObject {
  const backend = { service: { name: 'plain', port: { number: 80 } } }
  const paths = [{ path: '/', pathType: 'Prefix', backend }]
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'route', annotations },
    spec: { rules: [{ host: 'route.example.com', http: { paths } }], ...more },
  }
}

function budget(spec: Json): KubeObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'budget' },
    spec: { selector: { matchLabels: { app: 'budget' } }, ...spec },
  }
}
