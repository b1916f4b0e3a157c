import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { completed } from '../support/completed.ts'
import { becomes, imported } from '../support/import.ts'
import {
  FRONT,
  MODEL,
  deployment,
  server,
  service,
  staysSame,
  withPods,
  type Json,
  type Same,
} from '../support/live-deployment.ts'

/** Deployments of every shape, as others made them: what is imported renders to them, pod template and selector to the letter. */

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
  t.deepEqual(result.losses, [])
  t.deepEqual(
    result.unsaid.map(({ message }) => message),
    ['HorizontalPodAutoscaler/llm/by-load scales iris, and stays outside the set'],
  )
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
  t.deepEqual(completed(becomes(result, live)), completed(live))
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
  t.deepEqual(completed(becomes(result, own)), spec)
  t.deepEqual(result.losses, [])
})

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
