import type { JsonMap } from '../../src/object/index.ts'

/** What specs of InferenceServices are made of: bases that KServe takes, and changes that it takes or not. */

export interface Change {
  /** Bases that it is for; all when left out. */
  only?: readonly string[]
  spec: JsonMap
}

const IMAGE = 'registry.example.com/team/server:1.0.0'
const RESOURCES = { resources: { cpu: 1, memory: '2Gi' } }
const LOGS = 'http://logs.example.com'
const MODEL = 's3://models/iris'

export const BASES: Record<string, JsonMap> = {
  own: { image: IMAGE, ...RESOURCES },
  scaled: { image: IMAGE, ...RESOURCES, scaling: { min: 1, max: 4, cpu: 70 } },
  queued: {
    image: IMAGE,
    ...RESOURCES,
    scaling: {
      max: 4,
      queue: {
        preset: 'vllm-waiting',
        target: 5,
        prometheus: { serverAddress: 'http://prometheus:9090' },
      },
    },
  },
  knative: {
    image: IMAGE,
    ...RESOURCES,
    kserve: { deploymentMode: 'serverless' },
    scaling: { min: 1, max: 2, cpu: 60 },
  },
  sklearn: { ...RESOURCES, model: { format: 'sklearn', uri: MODEL } },
  triton: {
    ...RESOURCES,
    model: { format: 'triton', uri: MODEL, servingRuntime: 'kserve-tritonserver' },
  },
  adopted: { model: { format: 'sklearn', uri: MODEL }, kserve: { defaults: false } },
  transformed: {
    image: IMAGE,
    ...RESOURCES,
    kserve: { transformer: { containers: [{ name: 'kserve-container', image: IMAGE }] } },
  },
}

const FORMATS = ['sklearn', 'triton', 'adopted']
const OWN = ['own', 'scaled', 'transformed']

const predictor = (given: object): Change => ({ spec: { kserve: { predictor: given } } })
const transformer = (given: object): Change => ({
  spec: {
    kserve: { transformer: { containers: [{ name: 'kserve-container', image: IMAGE }], ...given } },
  },
})
const explainer = (given: object): Change => ({ spec: { kserve: { explainer: given } } })
const annotated = (annotations: Record<string, string>): Change => ({
  spec: {
    patches: [{ target: { kind: 'InferenceService' }, merge: { metadata: { annotations } } }],
  },
})
const patched = (spec: object): Change => ({
  spec: { patches: [{ target: { kind: 'InferenceService' }, merge: { spec } }] },
})
const of = (only: readonly string[], change: Change): Change => ({ ...change, only })
const canary = (...all: object[]): Change =>
  of(FORMATS, patched({ canary: all.map(each => ({ trafficPercent: 10, ...each })) }))
const candidate = (name: string | undefined, more: object = {}) => ({
  predictor: { name, model: { modelFormat: { name: 'sklearn' }, storageUri: MODEL }, ...more },
})
const metric = (given: object): Change => predictor({ autoScaling: { metrics: [given] } })
const query = {
  metric: { backend: 'prometheus', serverAddress: 'http://prometheus:9090', query: 'up' },
}
const worker = (
  given: object,
  annotations: object = { 'serving.kserve.io/autoscalerClass': 'none' },
): Change =>
  of(FORMATS, {
    spec: {
      model: { uri: 'pvc://models/iris' },
      kserve: { predictor: { workerSpec: given } },
      patches: [{ target: { kind: 'InferenceService' }, merge: { metadata: { annotations } } }],
    },
  })
const uris = (...all: object[]): Change => of(OWN, predictor({ storageUris: all }))

export const CHANGES: Record<string, Change> = {
  'fewest above most': predictor({ minReplicas: 5, maxReplicas: 2 }),
  'most below one': predictor({ maxReplicas: -1 }),
  'fewest below 0': predictor({ minReplicas: -1 }),
  'no most': predictor({ maxReplicas: 0 }),
  concurrency: predictor({ containerConcurrency: 4 }),
  'concurrency below 0': predictor({ containerConcurrency: -4 }),
  'time-out': predictor({ timeout: 30 }),
  'time-out as text': predictor({ timeout: '30s' }),
  'canary traffic': predictor({ canaryTrafficPercent: 20 }),
  logger: predictor({ logger: { mode: 'all', url: LOGS } }),
  'logger without mode': predictor({ logger: { url: LOGS } }),
  'logger of another mode': predictor({ logger: { mode: 'some', url: LOGS } }),
  'logger of an empty mode': predictor({ logger: { mode: '', url: LOGS } }),
  'logger with storage': predictor({
    logger: { mode: 'request', storage: { path: 'a', key: 'b', parameters: { type: 's3' } } },
  }),
  'logger with half a storage': predictor({ logger: { mode: 'request', storage: { path: 'a' } } }),
  batcher: predictor({ batcher: { maxBatchSize: 8, maxLatency: 100 } }),
  'batcher in words': predictor({ batcher: { maxBatchSize: 'eight' } }),
  'labels with numbers': predictor({ labels: { tier: 1 } }),
  recreate: predictor({ deploymentStrategy: { type: 'Recreate' } }),
  'scaled by requests': predictor({ scaleMetric: 'rps', scaleTarget: 10 }),
  'scaled by anything': predictor({ scaleMetric: 'tokens' }),
  'scaled by an empty word': predictor({ scaleMetric: '' }),
  'scaled by memory': predictor({ scaleMetric: 'memory', scaleTarget: 80 }),
  'much memory': predictor({ scaleMetric: 'memory', scaleTarget: 300 }),
  'target 0': predictor({ scaleTarget: 0 }),
  'metric resource': metric({
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
  }),
  'metric without source': metric({ type: 'Resource' }),
  'metric memory by value': metric({
    type: 'Resource',
    resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '512Ki' } },
  }),
  'metric cpu by value': metric({
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '1' } },
  }),
  'metric cpu of 300 percent': metric({
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 300 } },
  }),
  'metric query': metric({
    type: 'External',
    external: { ...query, target: { type: 'Value', value: '4' } },
  }),
  'metric query without value': metric({
    type: 'External',
    external: { ...query, target: { type: 'AverageValue', averageValue: '4' } },
  }),
  'metric without query': metric({
    type: 'External',
    external: { metric: { backend: 'prometheus' }, target: { type: 'Value', value: '4' } },
  }),
  'metric of pods': metric({
    type: 'PodMetric',
    podmetric: {
      metric: { backend: 'opentelemetry', query: 'up' },
      target: { type: 'Value', value: '4' },
    },
  }),
  'metric of objects': metric({ type: 'Object' }),
  'class none': annotated({ 'serving.kserve.io/autoscalerClass': 'none' }),
  'class external': annotated({ 'serving.kserve.io/autoscalerClass': 'external' }),
  'class of ours': annotated({ 'serving.kserve.io/autoscalerClass': 'ours' }),
  'class keda': annotated({ 'serving.kserve.io/autoscalerClass': 'keda' }),
  pythonpath: { spec: { env: { PYTHONPATH: '/opt' } } },
  'pythonpath in a sidecar': {
    spec: {
      sidecars: [{ name: 'agent', image: IMAGE, env: [{ name: 'PYTHONPATH', value: '/opt' }] }],
    },
  },
  'pythonpath in the transformer': transformer({
    containers: [
      { name: 'kserve-container', image: IMAGE, env: [{ name: 'PYTHONPATH', value: '/opt' }] },
    ],
  }),
  'protocol v2': of(OWN, { spec: { env: { PROTOCOL: 'v2' } } }),
  'protocol v3': of(OWN, { spec: { env: { PROTOCOL: 'v3' } } }),
  'collocated transformer': {
    spec: { sidecars: [{ name: 'transformer-container', image: IMAGE }] },
  },
  'collocated transformer with a model': {
    spec: {
      sidecars: [
        {
          name: 'transformer-container',
          image: IMAGE,
          env: [{ name: 'STORAGE_URI', value: MODEL }],
        },
      ],
    },
  },
  'server beside the model': of(FORMATS, {
    spec: { pod: { containers: [{ name: 'server', image: IMAGE }] } },
  }),
  'two servers': of(
    OWN,
    predictor({ model: { modelFormat: { name: 'sklearn' }, storageUri: MODEL } }),
  ),
  'an older spelling beside': of(FORMATS, predictor({ xgboost: { storageUri: MODEL } })),
  'two older spellings': of(FORMATS, predictor({ xgboost: {}, lightgbm: {} })),
  'nothing that serves': of(OWN, predictor({ containers: null })),
  'model with a name': of(FORMATS, predictor({ model: { name: 'iris' } })),
  'model without format': of(FORMATS, predictor({ model: { modelFormat: null } })),
  'one of several models': uris({ uri: 's3://models/a', mountPath: '/mnt/models/a' }),
  'several models': uris(
    { uri: 's3://models/a', mountPath: '/mnt/models/a' },
    { uri: 's3://models/b', mountPath: '/mnt/models/b' },
  ),
  'several models apart': uris(
    { uri: 's3://models/a', mountPath: '/a' },
    { uri: 's3://models/b', mountPath: '/b' },
  ),
  'several claims at one place': uris(
    { uri: 's3://models/a', mountPath: '/mnt/a' },
    { uri: 's3://models/b', mountPath: '/mnt/b' },
    { uri: 'pvc://one/x', mountPath: '/mnt/c' },
    { uri: 'pvc://two/x', mountPath: '/mnt/c' },
  ),
  'model at the root': uris({ uri: 's3://models/a', mountPath: '/' }),
  'model upwards': uris({ uri: 's3://models/a', mountPath: '/mnt/../etc' }),
  'model nowhere': uris({ uri: '', mountPath: '/mnt/models' }),
  'no models': of(OWN, predictor({ storageUris: [] })),
  'no models beside one': of(FORMATS, predictor({ storageUris: [] })),
  'no models of the transformer': transformer({ storageUris: [] }),
  'model at an empty path': uris({ uri: 's3://models/a', mountPath: '' }),
  'empty values': predictor({
    nodeSelector: {},
    tolerations: [],
    schedulerName: '',
    hostNetwork: false,
    labels: {},
    autoScaling: { metrics: [] },
  }),
  'both forms of models': of(FORMATS, predictor({ storageUris: [{ uri: 's3://models/a' }] })),
  'storage container': predictor({ storageContainerName: 'team' }),
  'name of a predictor': predictor({ name: 'stable' }),
  'name in capitals': predictor({ name: 'Stable' }),
  confidential: of(FORMATS, predictor({ model: { confidential: { enabled: true } } })),
  'confidential by a key': of(
    FORMATS,
    predictor({ model: { confidential: { enabled: true, resourceId: 'kbs:///team/key/1' } } }),
  ),
  'confidential by another key': of(
    FORMATS,
    predictor({ model: { confidential: { enabled: true, resourceId: 'vault://key' } } }),
  ),
  'transformer logger': transformer({ logger: { mode: 'response', url: LOGS } }),
  'transformer bounds': transformer({ minReplicas: 4, maxReplicas: 1 }),
  'transformer without containers': {
    spec: { kserve: { transformer: { containers: null, minReplicas: 1 } } },
  },
  'transformer scaled by requests': transformer({ scaleMetric: 'concurrency', scaleTarget: 3 }),
  'explainer container': explainer({ containers: [{ name: 'kserve-container', image: IMAGE }] }),
  'explainer art': explainer({ art: { type: 'SquareAttack', config: { nb_classes: '10' } } }),
  'explainer twice': explainer({
    art: { type: 'SquareAttack' },
    containers: [{ name: 'kserve-container', image: IMAGE }],
  }),
  'explainer of another type': explainer({ art: { type: 'Anchors' } }),
  'explainer storage': explainer({
    art: { type: 'SquareAttack', storageUri: MODEL, storage: { key: 'team' } },
  }),
  'explainer storage elsewhere': explainer({
    art: { type: 'SquareAttack', storageUri: 'gs://models/iris', storage: { key: 'team' } },
  }),
  'explainer storage of a type': explainer({
    art: { type: 'SquareAttack', storage: { key: 'team', parameters: { type: 'azure' } } },
  }),
  'explainer without anything': explainer({ minReplicas: 1 }),
  canary: canary(candidate('next')),
  'canary without name': canary(candidate(undefined)),
  'canaries of one name': canary(candidate('next'), candidate('next')),
  'canaries for more than all': canary(
    { ...candidate('a'), trafficPercent: 60 },
    { ...candidate('b'), trafficPercent: 60 },
  ),
  'canary that scales': canary(candidate('next', { maxReplicas: 3 })),
  'canary with many': canary(candidate('next', { minReplicas: 9 })),
  'canary of 120 percent': canary({ ...candidate('next'), trafficPercent: 120 }),
  'canary of a server of ones own': of(
    OWN,
    patched({ canary: [{ trafficPercent: 10, ...candidate('next') }] }),
  ),
  workers: worker({ pipelineParallelSize: 2, tensorParallelSize: 1 }),
  'workers of size 0': worker({ pipelineParallelSize: 0 }),
  'workers that scale': worker(
    { pipelineParallelSize: 2 },
    { 'serving.kserve.io/autoscalerClass': 'hpa' },
  ),
  'workers in two containers': worker({
    containers: [
      { name: 'worker', image: IMAGE },
      { name: 'agent', image: IMAGE },
    ],
  }),
  'workers with unknown GPUs': worker({
    containers: [{ name: 'worker', image: IMAGE, resources: { limits: { 'example.com/gpu': 1 } } }],
  }),
  'workers with GPUs of an annotation': worker(
    {
      containers: [
        { name: 'worker', image: IMAGE, resources: { limits: { 'example.com/gpu': 1 } } },
      ],
    },
    {
      'serving.kserve.io/autoscalerClass': 'none',
      'serving.kserve.io/gpu-resource-types': '["example.com/gpu"]',
    },
  ),
  'workers of a bucket': of(FORMATS, predictor({ workerSpec: { pipelineParallelSize: 2 } })),
  'a pod’s field': { spec: { pod: { dnsPolicy: 'Default' } } },
  'a pod’s field misspelt': { spec: { pod: { dnsPolcy: 'Default' } } },
  'a pod’s field of another type': { spec: { pod: { nodeSelector: { gpu: true } } } },
  'a pod’s quantity': { spec: { pod: { overhead: { cpu: 'much' } } } },
  'a pod’s port by name': {
    spec: {
      sidecars: [
        {
          name: 'agent',
          image: IMAGE,
          livenessProbe: { tcpSocket: { port: 'http' } },
          ports: [{ name: 'http', containerPort: 9000 }],
        },
      ],
    },
  },
  'a pod’s port without number': {
    spec: { sidecars: [{ name: 'agent', image: IMAGE, ports: [{ name: 'http' }] }] },
  },
}
