import test from 'ava'
import type { ExecutionContext } from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { adoptionOf } from '../../src/import/index.ts'
import { becomes, imported } from '../support/import.ts'

/** Deployments of every shape, as others made them: what is imported renders to them, pod template and selector to the letter. */

type Json = Record<string, unknown>

interface Shape {
  containers?: Json[]
  pod?: Json
  labels?: Record<string, string>
  metadata?: Json
  spec?: Json
}

const MODEL = {
  name: 'model',
  image: 'registry.example.com/own-model:3',
  imagePullPolicy: 'IfNotPresent',
  ports: [{ containerPort: 8080, protocol: 'TCP' }],
  resources: {},
}

/** With the defaults that slipway writes itself. */
function deployment({ containers = [MODEL], pod, labels, metadata, spec }: Shape = {}): KubeObject {
  const own = labels ?? { app: 'iris' }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'iris', namespace: 'llm', ...metadata },
    spec: {
      replicas: 1,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: own },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      ...spec,
      template: {
        metadata: { labels: own },
        spec: { terminationGracePeriodSeconds: 30, containers, ...pod },
      },
    },
  }
}

function service(name: string, spec: Json): KubeObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'llm' }, spec }
}

const FRONT = service('front', {
  selector: { app: 'iris' },
  ports: [{ port: 80, targetPort: 8080 }],
})

interface Same {
  live: KubeObject
  others?: KubeObject[]
  container?: string
}

/** Nothing of the spec changes, and no one who relies on it loses anything. */
async function staysSame(t: ExecutionContext, { live, ...request }: Same): Promise<void> {
  const result = await imported({ workload: live, ...request })
  t.deepEqual(result.losses, [])
  t.deepEqual(
    result.rendered.problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  t.deepEqual(result.unsaid, [])
  t.deepEqual(becomes(result, live)['spec'], live['spec'])
  const again = await imported({ workload: becomes(result, live), ...request })
  t.deepEqual(becomes(again, live)['spec'], live['spec'])
}

const server = (fields: Json) => deployment({ containers: [{ ...MODEL, ...fields }] })

const SHAPES: Record<string, Same> = {
  'its Services select by labels of their own': { live: deployment(), others: [FRONT] },
  'a Helm chart’s labels': {
    live: deployment({
      labels: {
        'app.kubernetes.io/name': 'serving',
        'app.kubernetes.io/instance': 'iris-release',
        'app.kubernetes.io/managed-by': 'Helm',
      },
    }),
    others: [
      service('front', {
        selector: {
          'app.kubernetes.io/name': 'serving',
          'app.kubernetes.io/instance': 'iris-release',
        },
        ports: [{ port: 80, targetPort: 8080 }],
      }),
    ],
  },
  'labels of the Deployment that its pods do not have': {
    live: deployment({ metadata: { labels: { team: 'vision' } } }),
  },
  'ports with names': {
    live: server({
      ports: [
        { name: 'api', containerPort: 9000, protocol: 'TCP' },
        { name: 'http', containerPort: 9001, protocol: 'TCP' },
        { name: 'dns', containerPort: 53, protocol: 'UDP' },
        { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
      ],
      readinessProbe: {
        httpGet: { path: '/ping', port: 'api' },
        periodSeconds: 10,
        timeoutSeconds: 1,
        failureThreshold: 3,
        successThreshold: 2,
      },
    }),
  },
  'one port for two protocols, without names': {
    live: server({
      ports: [
        { containerPort: 8080, protocol: 'TCP' },
        { containerPort: 53, protocol: 'UDP' },
        { containerPort: 53, protocol: 'TCP' },
      ],
    }),
  },
  'no port that is declared': {
    live: deployment({ containers: [{ ...MODEL, ports: undefined }].map(withoutUndefined) }),
    others: [FRONT],
  },
  'probes of other kinds': {
    live: server({
      readinessProbe: { grpc: { port: 8080, service: 'ready' }, periodSeconds: 5 },
      livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 7 },
      startupProbe: { exec: { command: ['/bin/started'] }, periodSeconds: 3 },
    }),
  },
  'variables in an order that counts': {
    live: server({
      env: [
        { name: 'BASE', value: '/srv' },
        { name: 'PORT', value: '8080' },
        { name: 'MODEL_URI', value: '$(BASE)/model' },
        { name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1' } } },
        { name: 'LAST', value: 'z' },
      ],
    }),
  },
  'a variable that is there twice': {
    live: server({
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    }),
  },
  'volumes that the spec has no form for': {
    live: deployment({
      containers: [
        {
          ...MODEL,
          volumeMounts: [
            { name: 'weights', mountPath: '/weights' },
            { name: 'keys', mountPath: '/keys', readOnly: true },
            { name: 'scratch', mountPath: '/tmp' },
            { name: 'scratch', mountPath: '/cache', subPath: 'cache' },
            { name: 'huge', mountPath: '/huge', mountPropagation: 'HostToContainer' },
          ],
        },
      ],
      pod: {
        volumes: [
          { name: 'weights', hostPath: { path: '/data', type: 'Directory' } },
          { name: 'keys', secret: { secretName: 'keys', defaultMode: 256 } },
          { name: 'unused', configMap: { name: 'settings', items: [{ key: 'a', path: 'b' }] } },
          { name: 'scratch', emptyDir: {} },
          { name: 'huge', emptyDir: { medium: 'HugePages' } },
        ],
      },
    }),
  },
  'init containers, in their order': {
    live: deployment({
      pod: {
        initContainers: [
          { name: 'second-name-first', image: 'registry.example.com/fetch:1', args: ['--all'] },
          { name: 'convert', image: 'registry.example.com/convert:1', restartPolicy: 'Always' },
        ],
      },
    }),
  },
  'settings of the pod': {
    live: deployment({
      pod: {
        hostNetwork: true,
        hostIPC: true,
        dnsPolicy: 'Default',
        enableServiceLinks: true,
        automountServiceAccountToken: true,
        securityContext: { fsGroup: 1000, runAsUser: 1000, runAsGroup: 1000 },
        topologySpreadConstraints: [
          {
            maxSkew: 2,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { app: 'iris' } },
          },
        ],
      },
    }),
  },
  'GPUs, and none of slipway’s tolerations': {
    live: server({
      resources: {
        limits: { 'nvidia.com/gpu': '2', cpu: '4', 'rdma/hca': '1' },
        requests: { 'nvidia.com/gpu': '2', cpu: '2', 'rdma/hca': '1' },
      },
      securityContext: { privileged: true, capabilities: { add: ['SYS_PTRACE'] } },
    }),
  },
  'a proxy before the model server': {
    live: deployment({
      containers: [
        {
          name: 'envoy',
          image: 'registry.example.com/envoyproxy/envoy:v1',
          ports: [{ name: 'http', containerPort: 8443, protocol: 'TCP' }],
        },
        MODEL,
      ],
    }),
    others: [
      service('front', { selector: { app: 'iris' }, ports: [{ port: 80, targetPort: 'http' }] }),
    ],
  },
  'an agent beside a server with GPUs': {
    live: deployment({
      containers: [
        {
          name: 'agent',
          image: 'registry.example.com/own-agent:1',
          readinessProbe: { exec: { command: ['/ok'] } },
        },
        {
          ...MODEL,
          resources: { limits: { 'amd.com/gpu': '1' }, requests: { 'amd.com/gpu': '1' } },
        },
      ],
    }),
  },
  'a container that is named': {
    live: deployment({
      containers: [{ name: 'one', image: 'registry.example.com/one:1' }, MODEL],
    }),
    container: 'model',
  },
  'ended before a grace period of slipway’s': {
    live: deployment({ pod: { terminationGracePeriodSeconds: 0 } }),
  },
  'a hook that outlasts the grace period': {
    live: server({ lifecycle: { preStop: { sleep: { seconds: 60 } } } }),
  },
  'quantities in other spellings': {
    live: server({
      resources: {
        limits: { cpu: '500m', memory: '2e9', 'hugepages-2Mi': '4Mi' },
        requests: { cpu: '500m', memory: '400m', 'ephemeral-storage': '128' },
      },
    }),
  },
  'restarted by kubectl': {
    live: withPods(deployment(), {
      'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z',
    }),
  },
  'a name that a Service could not have': {
    live: deployment({ metadata: { name: '7b-chat', namespace: 'llm' } }),
  },
  'an agent whose probe asks a port that it does not declare': {
    live: deployment({
      containers: [
        MODEL,
        {
          name: 'istio-proxy',
          image: 'registry.example.com/proxyv2:1',
          readinessProbe: { httpGet: { path: '/ready', port: 15_021 } },
        },
      ],
    }),
  },
  'settings of the Deployment': {
    live: deployment({ spec: { revisionHistoryLimit: 3, minReadySeconds: 7, paused: false } }),
  },
}

function withoutUndefined(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

for (const [title, shape] of Object.entries(SHAPES)) {
  test(`A1 · imported as it is: ${title}`, t => staysSame(t, shape))
}

test('A1 · a number of replicas that somebody’s autoscaler decides is left to it', async t => {
  const autoscaler: KubeObject = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'by-load', namespace: 'llm' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'iris' }, maxReplicas: 5 },
  }
  const live = deployment({ spec: { replicas: 4 } })
  const result = await imported({ workload: live, others: [autoscaler] })
  t.false('replicas' in Object(becomes(result, live)['spec']))
  t.deepEqual([result.losses, result.unsaid], [[], []])
})

test('A1 · where its selector takes others’ pods, too, its pods and their Service stay as they are', async t => {
  const canary = deployment()
  const other = { ...canary, metadata: { ...canary.metadata, name: 'iris-canary' } }
  const live = deployment()
  const result = await imported({ workload: live, others: [other, FRONT] })
  t.deepEqual(
    result.rendered.objects.map(({ kind }) => kind),
    ['Deployment'],
  )
  t.deepEqual(becomes(result, live)['spec'], live['spec'])
})

test('A1 · its own Service stays as it is', async t => {
  const live = deployment()
  const own = service('iris-svc', {
    type: 'LoadBalancer',
    selector: { app: 'iris' },
    clusterIP: '10.0.0.7',
    ports: [
      { name: 'grpc', port: 9000, targetPort: 8080, protocol: 'TCP', nodePort: 31_000 },
      { name: 'rest', port: 80, targetPort: 8080, protocol: 'TCP', nodePort: 31_001 },
    ],
  })
  const result = await imported({ workload: live, related: [own] })
  const { clusterIP: _address, ...spec } = Object(own['spec'])
  t.deepEqual(becomes(result, own)['spec'], spec)
  t.deepEqual(result.losses, [])
})

const BELONGING: Record<string, KubeObject[]> = {
  'a Service of several ports and another type': [
    service('public', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      selector: { app: 'iris' },
      ports: [
        { name: 'rest', port: 443, targetPort: 8080, protocol: 'TCP', nodePort: 31_001 },
        { name: 'grpc', port: 9000, targetPort: 8080, protocol: 'TCP', nodePort: 31_000 },
      ],
    }),
  ],
  'a Service without a cluster IP': [
    service('peers', {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { app: 'iris' },
      ports: [{ port: 8080, targetPort: 8080, protocol: 'TCP' }],
    }),
  ],
  'an autoscaler, a budget, a network policy and an Ingress': [
    FRONT,
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'by-load', namespace: 'llm' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'iris' },
        minReplicas: 2,
        maxReplicas: 5,
        metrics: [
          {
            type: 'Pods',
            pods: {
              metric: { name: 'queue' },
              target: { type: 'AverageValue', averageValue: '5' },
            },
          },
        ],
      },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'one-stays', namespace: 'llm' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'iris' } } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'from-web', namespace: 'llm' },
      spec: {
        podSelector: { matchLabels: { app: 'iris' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
        egress: [{}],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'public', namespace: 'llm' },
      spec: {
        rules: [
          {
            host: 'iris.example.com',
            http: {
              paths: [
                {
                  path: '/v1',
                  pathType: 'Exact',
                  backend: { service: { name: 'front', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ],
}

for (const [title, others] of Object.entries(BELONGING)) {
  test(`A1 · what belongs to it comes along under its own name: ${title}`, async t => {
    const live = deployment()
    const result = await imported({ workload: live, others })
    t.deepEqual([result.losses, result.unsaid], [[], []])
    for (const each of others) {
      const { clusterIP, ...spec } = Object(each['spec'])
      const type = each.kind === 'Service' ? { type: 'ClusterIP' } : {}
      const same = clusterIP === 'None' ? { clusterIP, ...type, ...spec } : { ...type, ...spec }
      t.deepEqual(becomes(result, each)['spec'], same, each.kind)
    }
    t.is(result.rendered.objects.length, others.length + 1)
    t.deepEqual(adoptionOf(result), { state: 'as it is', reasons: [] })
  })
}

test('A1 · the second Service, and what others share, stay outside the set', async t => {
  const live = deployment()
  const headless = service('peers', { clusterIP: 'None', selector: { app: 'iris' }, ports: [] })
  const ingress: KubeObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'all', namespace: 'llm' },
    spec: {
      rules: ['front', 'other'].map(name => ({
        host: `${name}.example.com`,
        http: { paths: [{ path: '/', backend: { service: { name, port: { number: 80 } } } }] },
      })),
    },
  }
  const result = await imported({ workload: live, others: [headless, FRONT, ingress] })
  t.deepEqual(
    result.rendered.objects.map(({ metadata }) => metadata.name),
    ['iris', 'front'],
  )
  t.deepEqual(adoptionOf(result).state, 'as it is')
})

test('A1 · what belongs to it stays outside where the spec would not be valid with it', async t => {
  const live = deployment()
  const ingress: KubeObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'odd', namespace: 'llm' },
    spec: {
      rules: [
        {
          host: '*',
          http: {
            paths: [{ path: '/', backend: { service: { name: 'front', port: { number: 80 } } } }],
          },
        },
      ],
    },
  }
  const result = await imported({ workload: live, others: [FRONT, ingress] })
  t.false(result.rendered.objects.some(({ kind }) => kind === 'Ingress'))
  t.is(adoptionOf(result).state, 'as it is')
})

const TOLERATED: Record<string, { live: KubeObject; rules: string[] }> = {
  'a rollout that gives up before its server may have started': {
    live: server({
      startupProbe: {
        httpGet: { path: '/health', port: 8080 },
        periodSeconds: 30,
        timeoutSeconds: 5,
        failureThreshold: 60,
      },
    }),
    rules: ['load-budget'],
  },
  'a probe of a port that its container does not declare': {
    live: server({
      livenessProbe: {
        httpGet: { path: '/live', port: 9090 },
        periodSeconds: 10,
        timeoutSeconds: 1,
        failureThreshold: 3,
      },
    }),
    rules: ['port-probe'],
  },
  'scraped at a port that is not declared': {
    live: withPods(deployment(), { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' }),
    rules: ['port-metrics'],
  },
}

/** With annotations of its pods. */
function withPods(live: KubeObject, annotations: Record<string, string>): KubeObject {
  const copy = structuredClone(live)
  Object(copy['spec']).template.metadata.annotations = annotations
  return copy
}

for (const [title, { live, rules }] of Object.entries(TOLERATED)) {
  test(`A1 · what slipway would advise against stays, as a warning: ${title}`, async t => {
    await staysSame(t, { live })
    const { document } = await imported({ workload: live })
    t.deepEqual(Object.keys(document.spec.rules ?? {}), rules)
  })
}

test('A1 · marks by which other managers know their own are told, and not written', async t => {
  const annotations = { 'meta.helm.sh/release-name': 'iris', 'example.com/owner': 'vision' }
  const labels = { 'kustomize.toolkit.fluxcd.io/name': 'models', team: 'vision' }
  const live = deployment({ metadata: { name: 'iris', namespace: 'llm', annotations, labels } })
  const { document, unsaid } = await imported({ workload: live })
  t.notRegex(JSON.stringify(document), /helm|flux/)
  t.deepEqual(document.metadata.labels, { team: 'vision' })
  t.deepEqual(
    unsaid.map(({ message }) => message.split(' ')[0]),
    [
      'metadata.labels.kustomize.toolkit.fluxcd.io/name',
      'metadata.annotations.meta.helm.sh/release-name',
    ],
  )
})

test('A2 · a spec that would not be valid is not written unasked', async t => {
  const live = deployment({ metadata: { name: 'iris-'.repeat(12) } })
  const { losses } = await imported({ workload: live })
  t.true(losses.some(({ code, remedy }) => code === 'guard' && /--allow-loss/.test(remedy ?? '')))
  t.true(losses.length > 1)
})

test('A1 · a secret in a variable is written, and not shown', async t => {
  const sidecar = {
    name: 'agent',
    image: 'registry.example.com/agent:1',
    env: [{ name: 'API_TOKEN', value: 'correct-horse-battery' }],
  }
  const live = deployment({ containers: [MODEL, sidecar] })
  const { kept, remarks, document } = await imported({ workload: live, container: 'model' })
  t.regex(JSON.stringify(document), /correct-horse/)
  t.notRegex(JSON.stringify([kept, remarks]), /correct-horse/)
})
