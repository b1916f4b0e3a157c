import test from 'ava'
import { adoptionOf } from '../../src/import/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { becomes, imported } from '../support/import.ts'

/** InferenceServices with servers of their own, in every form: nothing is added, nothing is lost, to the letter. */

type Json = Record<string, unknown>

const SERVER = {
  name: 'kserve-container',
  image: 'registry.example.com/vllm/vllm-openai:v0.6',
  ports: [{ containerPort: 8000, protocol: 'TCP' }],
}
const OTHER = { name: 'other', image: 'registry.example.com/other:1' }
const RAW = { 'serving.kserve.io/deploymentMode': 'Standard' }

function isvc(predictor: Json, { metadata = {}, ...spec }: Json = {}): KubeObject {
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'iris', namespace: 'llm', annotations: RAW, ...Object(metadata) },
    spec: { predictor: { containers: [SERVER], ...predictor }, ...spec },
  }
}

const server = (fields: Json, predictor: Json = {}) =>
  isvc({ ...predictor, containers: [{ ...SERVER, ...fields }] })
const annotated = (annotations: Json, predictor: Json = {}) =>
  isvc(predictor, { metadata: { annotations: { ...RAW, ...annotations } } })

const FORMS: Record<string, KubeObject> = {
  'nothing but an image': isvc({
    containers: [{ name: 'kserve-container', image: 'registry.example.com/own:1' }],
  }),
  'a fixed number of replicas': isvc({ minReplicas: 2, maxReplicas: 2 }),
  'bounds without a target': isvc({ minReplicas: 1, maxReplicas: 5 }),
  'bounds and a target': isvc({
    minReplicas: 1,
    maxReplicas: 4,
    scaleMetric: 'cpu',
    scaleTarget: 70,
  }),
  'scaling by concurrency': isvc({ scaleMetric: 'concurrency', scaleTarget: 10 }),
  'scaled to zero': annotated({}, { minReplicas: 0, maxReplicas: 3 }),
  'scaled by KEDA': annotated(
    { 'serving.kserve.io/autoscalerClass': 'keda' },
    {
      minReplicas: 1,
      maxReplicas: 3,
      autoScaling: {
        metrics: [
          {
            type: 'External',
            external: {
              metric: { backend: 'prometheus', serverAddress: 'http://p:9090', query: 'sum(q)' },
              target: { type: 'Value', value: '2' },
            },
          },
        ],
      },
    },
  ),
  'no autoscaler': annotated({ 'serving.kserve.io/autoscalerClass': 'none' }),
  'annotations of Prometheus': annotated({
    'serving.kserve.io/enable-prometheus-scraping': 'true',
  }),
  'labels that keep it inside the cluster': isvc(
    {},
    { metadata: { labels: { 'networking.kserve.io/visibility': 'cluster-local' } } },
  ),
  'Knative’s own annotations': isvc(
    {},
    { metadata: { annotations: { 'autoscaling.knative.dev/target': '5' } } },
  ),
  'GPUs, tolerations and a node’s label': server(
    {
      resources: {
        requests: { cpu: '4', 'nvidia.com/gpu': '1' },
        limits: { memory: '24Gi', 'nvidia.com/gpu': '1' },
      },
    },
    {
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
      nodeSelector: { 'nvidia.com/gpu.product': 'L4' },
    },
  ),
  'arguments and variables': server({
    command: ['python3', '-m', 'vllm.entrypoints.openai.api_server'],
    args: ['--model=/mnt/models', '--port=8000'],
    env: [
      { name: 'STORAGE_URI', value: 's3://models/tiny' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hf', key: 'token' } } },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
    envFrom: [{ secretRef: { name: 'keys' } }],
  }),
  'probes by HTTP': server({
    readinessProbe: { httpGet: { path: '/health', port: 8000 }, initialDelaySeconds: 20 },
    livenessProbe: { httpGet: { path: '/health', port: 8000 }, periodSeconds: 60 },
  }),
  'probes by gRPC and command': server({
    readinessProbe: { grpc: { port: 9000, service: 'ready' } },
    startupProbe: { exec: { command: ['/started'] }, failureThreshold: 100 },
  }),
  'a probe with a scheme and headers': server({
    readinessProbe: {
      httpGet: {
        path: '/ready',
        port: 8443,
        scheme: 'HTTPS',
        httpHeaders: [{ name: 'Host', value: 'iris' }],
      },
      timeoutSeconds: 30,
      successThreshold: 2,
    },
  }),
  'ports with names': server({
    ports: [
      { name: 'h2c', containerPort: 9000, protocol: 'TCP' },
      { name: 'metrics', containerPort: 8002, protocol: 'TCP' },
    ],
  }),
  'shared memory and a claim': server(
    {
      volumeMounts: [
        { name: 'dshm', mountPath: '/dev/shm' },
        { name: 'models', mountPath: '/mnt/models', readOnly: true },
      ],
    },
    {
      volumes: [
        { name: 'dshm', emptyDir: { medium: 'Memory', sizeLimit: '2Gi' } },
        { name: 'models', persistentVolumeClaim: { claimName: 'models', readOnly: true } },
      ],
    },
  ),
  'a projected token': server(
    { volumeMounts: [{ name: 'token', mountPath: '/token' }] },
    {
      volumes: [
        {
          name: 'token',
          projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: 't' } }] },
        },
      ],
    },
  ),
  'a sidecar, and one that starts first': isvc({
    containers: [SERVER, OTHER],
    initContainers: [{ ...OTHER, name: 'first', restartPolicy: 'Always' }],
  }),
  'security contexts': server(
    { securityContext: { allowPrivilegeEscalation: false } },
    { securityContext: { runAsUser: 1000 } },
  ),
  'an account, a scheduler and a priority': isvc({
    serviceAccountName: 'models',
    schedulerName: 'volcano',
    priorityClassName: 'serving',
    imagePullSecrets: [{ name: 'registry' }],
  }),
  'names of hosts and DNS': isvc({
    hostAliases: [{ ip: '10.1.2.3', hostnames: ['models.internal'] }],
    dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
  }),
  'spread and affinity': isvc({
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'iris' } },
      },
    ],
    affinity: { nodeAffinity: {} },
  }),
  'a strategy, and a long end': isvc({
    deploymentStrategy: { type: 'Recreate' },
    terminationGracePeriodSeconds: 600,
  }),
  'a transformer with resources of its own': isvc(
    {},
    {
      transformer: {
        minReplicas: 1,
        containers: [{ ...OTHER, resources: { limits: { cpu: '1' }, requests: { cpu: '100m' } } }],
      },
    },
  ),
  'a batcher, a logger and limits of requests': isvc({
    batcher: { maxBatchSize: 32, maxLatency: 500 },
    logger: { mode: 'all', url: 'http://logs.example.com' },
    containerConcurrency: 8,
    timeout: 120,
  }),
  'canaries of KServe’s own': isvc(
    {
      minReplicas: 2,
      containers: [{ ...SERVER, env: [{ name: 'STORAGE_URI', value: 's3://models/1' }] }],
    },
    {
      canary: [
        {
          trafficPercent: 20,
          predictor: {
            name: 'next',
            minReplicas: 1,
            containers: [{ ...SERVER, resources: {}, terminationMessagePolicy: 'File' }],
          },
        },
      ],
    },
  ),
  'hooks at start and end': server({
    lifecycle: {
      postStart: { exec: { command: ['/warm'] } },
      preStop: { exec: { command: ['/drain'] } },
    },
  }),
}

for (const [title, live] of Object.entries(FORMS)) {
  test(`A1 · an InferenceService is imported as it is: ${title}`, async t => {
    const result = await imported({ workload: live })
    t.deepEqual([result.losses, result.unsaid], [[], []])
    const own = becomes(result, live)
    t.deepEqual(own['spec'], live['spec'])
    t.deepEqual(own.metadata.labels ?? {}, live.metadata.labels ?? {})
    t.deepEqual(own.metadata.annotations ?? {}, live.metadata.annotations ?? {})
    t.deepEqual(
      result.rendered.objects.map(({ kind }) => kind),
      ['InferenceService'],
    )
    t.is(adoptionOf(result).state, 'as it is')
  })
}
