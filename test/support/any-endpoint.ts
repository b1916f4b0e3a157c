import fc from 'fast-check'
import type { EndpointDocument, SpecInput } from '../../src/spec/index.ts'

/** Valid endpoint documents of every shape, for property tests. */

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/)
const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta')
const path = fc.constantFrom('/health', '/ready', '/v1/models', '/')
const whole = (min: number, max: number) => fc.integer({ min, max })
const duration = (min: number, max: number) => whole(min, max).map(count => `${count}s`)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

const env = fc.dictionary(
  fc.stringMatching(/^[A-Z][A-Z_]{2,8}$/).filter(key => !/^(PORT|HOME|MODEL|STORAGE)/.test(key)),
  fc.oneof(
    fc.constantFrom('info', '1.10', 'true', 'a b', ''),
    fc.record({ secret: word, key: word, optional: fc.boolean() }),
    fc.record({ configMap: word, key: word }),
    fc.constant({ field: 'metadata.name' }),
  ),
  { maxKeys: 4, noNullPrototype: true },
)

const cpu = whole(1, 64).map(String)
const memory = whole(1, 256).map(count => `${count}Gi`)
const bounds = (quantity: fc.Arbitrary<string>, least: string) =>
  fc.oneof(
    quantity,
    quantity.map(limit => ({ request: least, limit })),
  )

const resources = fc
  .record({
    cpu: bounds(cpu, '100m'),
    memory: bounds(memory, '512Mi'),
    gpus: whole(0, 4),
    large: fc.boolean(),
  })
  .map(({ gpus, large, ...rest }) => ({
    ...rest,
    ...(gpus === 0 ? {} : { gpus, ...(large ? { gpuMemory: '80Gi' } : {}) }),
  }))

const queued = fc
  .record({
    min: whole(1, 3),
    more: whole(1, 4),
    cpu: maybe(whole(20, 90)),
    target: fc.constantFrom(2, 0.5),
    cooldown: maybe(duration(30, 900)),
    count: fc.constantFrom(
      { preset: 'vllm-waiting' as const, prometheus: { serverAddress: 'http://prometheus:9090' } },
      { prometheus: { serverAddress: 'http://prometheus:9090', query: 'sum(waiting)' } },
    ),
  })
  .map(({ min, more, cpu: share, cooldown, target, count }) => ({
    scaling: {
      min,
      max: min + more,
      ...(share === undefined ? {} : { cpu: share }),
      queue: { ...count, target, ...(cooldown === undefined ? {} : { cooldown }) },
    },
  }))

const size = fc.oneof(
  queued,
  whole(0, 5).map(replicas => ({ replicas })),
  fc
    .record({
      min: whole(1, 3),
      more: whole(1, 4),
      cpu: whole(20, 90),
      memory: maybe(whole(20, 90)),
    })
    .map(({ min, more, cpu: target, memory: other }) => ({
      scaling: {
        min,
        max: min + more,
        cpu: target,
        ...(other === undefined ? {} : { memory: other }),
      },
    })),
)

const probe = fc.record(
  {
    path,
    initialDelay: duration(0, 90),
    period: duration(1, 60),
    timeout: duration(1, 30),
    failures: whole(1, 9),
  },
  { requiredKeys: [] },
)
const probes = fc.record(
  {
    path,
    readiness: fc.oneof(probe, fc.constant(false as const)),
    liveness: fc.oneof(probe, fc.constant(false as const)),
  },
  { requiredKeys: [] },
)

const shutdown = whole(0, 40).chain(stop =>
  fc.record({
    gracePeriod: duration(stop + 5, stop + 200),
    preStop: fc.constantFrom(
      { sleep: `${stop}s` },
      { http: '/drain' },
      { exec: ['sh', '-c', 'x'] },
      false as const,
    ),
  }),
)

const volumes = fc.subarray(['data', 'cache', 'conf', 'keys'] as const).map(names =>
  names.map(item => {
    const base = { name: item, mountPath: `/mnt/${item}` }
    if (item === 'data') return { ...base, pvc: 'models', readOnly: true }
    if (item === 'conf') return { ...base, configMap: 'settings' }
    return item === 'keys'
      ? { ...base, secret: 'keys' }
      : { ...base, emptyDir: { sizeLimit: '8Gi' } }
  }),
)

const scheduling = fc.record(
  {
    nodeSelector: fc.dictionary(word, word, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    tolerations: fc.constant<Record<string, unknown>[]>([{ key: 'gpu', operator: 'Exists' }]),
    spread: fc.constantFrom('zone' as const, 'node' as const),
    priorityClass: word,
    affinity: fc.constant({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] },
          ],
        },
      },
    }),
  },
  { requiredKeys: [] },
)

const model = fc.constantFrom<NonNullable<SpecInput['model']>>(
  { family: 'llama', jobType: 'RAG_TUNING' },
  { uri: 's3://models/a/1' },
  { uri: 'pvc://models/a/1' },
  { uri: 'pvc://models' },
  { uri: 's3://models/a/1', fetch: { image: 'registry.example.com/fetch:1' } },
  { uri: 'oci://registry.example.com/weights/a:1', fetch: 'image' },
  {
    uri: 'oci://registry.example.com/weights/a:1',
    fetch: 'image',
    subPath: 'models',
    pullPolicy: 'Always',
  },
)

const adapters = fc.subarray<NonNullable<SpecInput['adapters']>[number]>([
  { name: 'sql', uri: 'oci://registry.example.com/lora/sql:1' },
  { name: 'law', uri: 'oci://registry.example.com/lora/law:1', subPath: 'a', pullPolicy: 'Never' },
  { name: 'own', uri: 'pvc://lora/own' },
])

const optional = fc.record(
  {
    serves: fc.constantFrom('generation', 'rag', 'predict'),
    model,
    adapters,
    imagePullPolicy: fc.constantFrom('Always' as const, 'Never' as const),
    imagePullSecrets: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
    command: fc.array(word, { minLength: 1, maxLength: 2 }),
    args: fc.array(word, { minLength: 1, maxLength: 3 }),
    env,
    envFrom: fc.constant<NonNullable<SpecInput['envFrom']>>([
      { secret: 'all', prefix: 'S_' },
      { configMap: 'all', optional: true },
    ]),
    port: whole(1, 65_535),
    loadTime: whole(1, 60).map(count => `${count}0s`),
    probes,
    shutdown,
    rollout: fc.constantFrom(
      { strategy: 'Recreate' as const },
      { maxSurge: '25%', maxUnavailable: 1 },
      { maxSurge: 2 },
    ),
    service: fc.record({ port: whole(1, 65_535) }),
    disruptionBudget: fc.constantFrom({ maxUnavailable: '50%' }, false as const),
    serviceAccount: fc.oneof(word, fc.constant({ create: true })),
    podSecurity: fc.constant(false as const),
    volumes,
    sharedMemory: fc.constantFrom('512Mi', '1Gi'),
    metrics: fc.constantFrom(
      {},
      { path: '/stats' },
      { scrape: 'ServiceMonitor' as const, interval: '30s' },
    ),
    route: fc.constantFrom(
      { host: 'route.example.com', gateway: { namespace: 'edge', name: 'shared' } },
      {
        host: '*.example.com',
        path: '/v1',
        tls: 'cert',
        gateway: { name: 'own', section: 'https' },
        timeout: '90s',
        annotations: { owner: 'me' },
      },
    ),
    networkPolicy: fc.constantFrom({}, { from: [{ namespaceSelector: {} }] }),
    scheduling,
  },
  { requiredKeys: [] },
)

const labels = fc.dictionary(word, word, { minKeys: 1, maxKeys: 2, noNullPrototype: true })

/** One valid endpoint; `kserve` and `deployment` alike. */
export const anyEndpoint: fc.Arbitrary<EndpointDocument> = fc
  .record({
    name,
    labels: maybe(labels),
    annotations: maybe(labels),
    runtime: fc.constantFrom('deployment' as const, 'kserve' as const),
    resources,
    size,
    host: maybe(fc.boolean()),
    rest: optional,
  })
  .map(
    ({
      name: own,
      labels: given,
      annotations,
      runtime,
      resources: needs,
      size: many,
      host,
      rest,
    }) => ({
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'Endpoint',
      metadata: {
        name: own,
        ...(given === undefined ? {} : { labels: given }),
        ...(annotations === undefined ? {} : { annotations }),
      },
      spec: {
        runtime,
        image: 'registry.example.com/server:1.0.0',
        resources: needs,
        ...(runtime === 'kserve' ? withoutCooldown(many) : many),
        ...rest,
        ...(host === undefined
          ? {}
          : { ingress: { host: `${own}.example.com`, ...(host ? { tls: 'cert' } : {}) } }),
      } as EndpointDocument['spec'],
    }),
  )

/** The same endpoint in this runtime. */
export function inRuntime(
  document: EndpointDocument,
  runtime: 'deployment' | 'kserve',
): EndpointDocument {
  const spec = { ...document.spec, runtime }
  return { ...document, spec: runtime === 'kserve' ? { ...spec, ...withoutCooldown(spec) } : spec }
}

/** KServe makes the ScaledObject itself. */
function withoutCooldown(given: SpecInput): SpecInput {
  const { queue, ...scaling } = given.scaling ?? {}
  if (queue === undefined) return given
  const { cooldown: _cooldown, ...rest } = queue
  return { scaling: { ...scaling, queue: rest } }
}
