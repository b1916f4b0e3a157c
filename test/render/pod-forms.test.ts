import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { completeEndpoint, type Policies, type SpecInput } from '../../src/spec/index.ts'
import { DEFAULT_POLICIES } from '../../src/spec/policies.ts'
import { aSet } from '../support/endpoint.ts'

/** What a pod may have beside the usual fields, in both runtimes. */

type Json = Record<string, unknown>

const RUNTIMES = ['deployment', 'kserve'] as const

function rendered(spec: SpecInput, policies: Partial<Policies> = {}) {
  const endpoint = completeEndpoint(
    {
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'Endpoint',
      metadata: { name: 'iris' },
      spec: { image: 'registry.example.com/iris:1', ...spec },
    },
    { namespace: 'llm' },
  )
  const { objects, problems } = renderSet(
    aSet([endpoint], { policies: { ...DEFAULT_POLICIES, missingRequests: 'off', ...policies } }),
  )
  const find = (kind: string) => objects.find(({ object }) => object.kind === kind)?.object
  const workload = find('Deployment') ?? find('InferenceService')
  return { pod: podOf(workload), service: find('Service')?.['spec'] as Json, problems }
}

function podOf(workload: KubeObject | undefined): Json {
  const spec = workload?.['spec'] as { template?: { spec: Json }; predictor?: Json } | undefined
  return spec?.template?.spec ?? spec?.predictor ?? {}
}

function containers(pod: Json, list = 'containers'): Json[] {
  return (pod[list] ?? []) as Json[]
}

const PROXY = { name: 'proxy', image: 'registry.example.com/proxy:1' }

for (const runtime of RUNTIMES) {
  test(`M3 · ${runtime}: init containers and sidecars, native ones too, stand around the server`, t => {
    const { pod, problems } = rendered({
      runtime,
      model: { uri: 's3://models/iris', fetch: { image: 'registry.example.com/fetch:1' } },
      initContainers: [{ name: 'warm', image: 'registry.example.com/warm:1', args: ['--all'] }],
      sidecars: [PROXY, { ...PROXY, name: 'agent', restartPolicy: 'Always' }],
    })
    t.deepEqual(problems, [])
    t.deepEqual(
      containers(pod, 'initContainers').map(({ name, restartPolicy }) => [name, restartPolicy]),
      [
        ['fetch-model', undefined],
        ['warm', undefined],
        ['agent', 'Always'],
      ],
    )
    const server = runtime === 'kserve' ? 'kserve-container' : 'server'
    t.deepEqual(
      containers(pod).map(({ name }) => name),
      [server, 'proxy'],
    )
    t.deepEqual(containers(pod)[1]?.['securityContext'], containers(pod)[0]?.['securityContext'])
  })

  test(`M3 · ${runtime}: further ports are those of the container and of the Service`, t => {
    const { pod, service, problems } = rendered({
      runtime,
      ports: { grpc: 9000, metrics: { port: 8002, service: false }, h2c: { port: 9001 } },
    })
    t.deepEqual(problems, [])
    t.deepEqual(
      containers(containers(pod)[0] ?? {}, 'ports').map(({ name, containerPort }) => [
        name,
        containerPort,
      ]),
      [
        ['http', 8000],
        ['grpc', 9000],
        ['metrics', 8002],
        ['h2c', 9001],
      ],
    )
    t.deepEqual(service['ports'], [
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 8000 },
      { name: 'grpc', port: 9000, protocol: 'TCP', targetPort: 9000 },
      {
        name: 'h2c',
        port: 9001,
        protocol: 'TCP',
        targetPort: 9001,
        appProtocol: 'kubernetes.io/h2c',
      },
    ])
  })

  test(`M3 · ${runtime}: whatever a pod has beyond that is merged over it`, t => {
    const { pod, problems } = rendered({
      runtime,
      pod: {
        shareProcessNamespace: true,
        enableServiceLinks: null,
        hostAliases: [{ ip: '10.0.0.1', hostnames: ['store'] }],
        containers: [{ name: 'server', stdin: true }],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }],
      },
    })
    t.deepEqual(problems, [])
    t.is(pod['shareProcessNamespace'], true)
    t.false('enableServiceLinks' in pod)
    t.deepEqual(pod['hostAliases'], [{ ip: '10.0.0.1', hostnames: ['store'] }])
    t.is(containers(pod).length, 1)
    t.is(containers(pod)[0]?.['stdin'], true)
    t.deepEqual(pod['volumes'], [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }])
  })
}

test('M3 · a port of that number gives the one port its name; Knative is told of h2c', t => {
  const { pod, service } = rendered({ port: 9000, ports: { grpc: 9000 } })
  t.deepEqual(containers(pod)[0]?.['ports'], [
    { name: 'grpc', containerPort: 9000, protocol: 'TCP' },
  ])
  t.deepEqual(service['ports'], [{ name: 'grpc', port: 80, protocol: 'TCP', targetPort: 9000 }])
  const serverless = rendered({
    runtime: 'kserve',
    kserve: { deploymentMode: 'serverless' },
    port: 9000,
    ports: { h2c: 9000 },
  })
  t.deepEqual(containers(serverless.pod)[0]?.['ports'], [
    { name: 'h2c', containerPort: 9000, protocol: 'TCP' },
  ])
})

const READINESS: [title: string, probes: NonNullable<SpecInput['probes']>, Json][] = [
  ['grpc', { grpc: true }, { grpc: { port: 8000 } }],
  ['grpc of a service', { grpc: { service: 'a.B' } }, { grpc: { port: 8000, service: 'a.B' } }],
  ['grpc on a port', { grpc: true, port: 9000 }, { grpc: { port: 9000 } }],
  ['tcp', { tcp: true }, { tcpSocket: { port: 8000 } }],
  ['exec', { readiness: { exec: ['ready'] } }, { exec: { command: ['ready'] } }],
  ['another port', { readiness: { port: 9000 } }, { httpGet: { path: '/health', port: 9000 } }],
  [
    'https and headers',
    { scheme: 'HTTPS', headers: { Host: 'iris' } },
    {
      httpGet: {
        path: '/health',
        port: 8000,
        scheme: 'HTTPS',
        httpHeaders: [{ name: 'Host', value: 'iris' }],
      },
    },
  ],
  [
    'a path of its own beside grpc',
    { grpc: true, readiness: { path: '/ready' } },
    { httpGet: { path: '/ready', port: 8000 } },
  ],
]

for (const [title, probes, action] of READINESS) {
  test(`M3 · probes: ${title}; the startup probe asks in the same way`, t => {
    const { pod, problems } = rendered({ probes, ports: { other: 9000 } })
    t.deepEqual(problems, [])
    const [server = {}] = containers(pod)
    const { readinessProbe, startupProbe } = server as Record<string, Json>
    for (const [key, value] of Object.entries(action)) {
      t.deepEqual(readinessProbe?.[key], value)
      if (!title.startsWith('a path')) t.deepEqual(startupProbe?.[key], value)
    }
  })
}

const SOURCES: Json[] = [
  { projected: { sources: [{ secret: { name: 'keys' } }] } },
  { csi: { driver: 'store.example.com', readOnly: true } },
  { nfs: { server: 'nfs.example.com', path: '/models' } },
  { hostPath: { path: '/var/models', type: 'Directory' } },
  { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } },
  { image: { reference: 'registry.example.com/weights:1' } },
  { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
]

for (const source of SOURCES) {
  const [kind = ''] = Object.keys(source)
  test(`M3 · a volume of kind ${kind} is said as in a pod`, t => {
    const volume = { name: 'data', mountPath: '/data', ...source } as never
    const { pod } = rendered({ podSecurity: false, volumes: [volume] })
    t.deepEqual(pod['volumes'], [{ name: 'data', ...source }])
    t.deepEqual(containers(pod)[0]?.['volumeMounts'], [{ name: 'data', mountPath: '/data' }])
  })
}

test('M3 · a volume without a mountPath is for other containers', t => {
  const { pod, problems } = rendered({
    volumes: [{ name: 'run', emptyDir: {} }],
    sidecars: [{ ...PROXY, volumeMounts: [{ name: 'run', mountPath: '/run' }] }],
  })
  t.deepEqual(problems, [])
  const [server, proxy] = containers(pod)
  t.false(JSON.stringify(server?.['volumeMounts']).includes('run'))
  t.deepEqual(proxy?.['volumeMounts'], [{ name: 'run', mountPath: '/run' }])
})

test('M3 · scheduler, host network and host IPC have fields; the predictor has a pass-through', t => {
  const spec: SpecInput = {
    podSecurity: false,
    hostNetwork: true,
    hostIPC: true,
    scheduling: { schedulerName: 'gang' },
  }
  const { pod } = rendered(spec)
  t.like(pod, { hostNetwork: true, hostIPC: true, schedulerName: 'gang' })
  const kserve = rendered({
    ...spec,
    runtime: 'kserve',
    kserve: { predictor: { timeout: 60, batcher: { maxBatchSize: 8 } } },
  })
  t.like(kserve.pod, { timeout: 60, batcher: { maxBatchSize: 8 }, hostNetwork: true })
})

test('M3 · what the pass-through brings is judged by the wiring check, and said at its field', t => {
  const { problems } = rendered({
    pod: {
      containers: [
        {
          ...PROXY,
          securityContext: { privileged: true },
          volumeMounts: [{ name: 'gone', mountPath: '/x' }],
        },
      ],
    },
  })
  const rules = problems.map(({ rule }) => rule)
  t.true(rules.includes('pod-security'))
  t.true(rules.includes('volume-mount'))
})

test('M3 · a null for what is not there is an error', t => {
  const { problems } = rendered({ pod: { nothing: null } })
  t.like(problems[0], { code: 'patch', severity: 'error' })
  t.regex(problems[0]?.message ?? '', /spec\.pod of iris does not fit/)
})

const HOSTILE: [title: string, spec: SpecInput][] = [
  ['hostNetwork', { hostNetwork: true }],
  ['hostIPC', { hostIPC: true }],
  ['a hostPath', { volumes: [{ name: 'a', mountPath: '/a', hostPath: { path: '/' } }] }],
  ['a privileged sidecar', { sidecars: [{ ...PROXY, securityContext: { privileged: true } }] }],
  ['an init container', { initContainers: [{ ...PROXY, securityContext: { privileged: true } }] }],
  ['spec.pod', { pod: { hostPID: true } }],
  [
    'spec.kserve.predictor',
    {
      runtime: 'kserve',
      kserve: { predictor: { worker: { hostNetwork: true, containers: [PROXY] } } },
    },
  ],
]

const STANDARD = { podSecurity: { level: 'error', standard: 'baseline' } } as const

for (const [title, spec] of HOSTILE) {
  test(`M3 · policies see what comes in by ${title}`, t => {
    const { problems } = rendered({ podSecurity: false, ...spec }, STANDARD)
    t.true(problems.some(({ rule }) => rule === 'policy-pod-security'))
  })
}

test('M3 · images of sidecars, init containers, image volumes and the pass-through are from allowed registries', t => {
  const registries = { level: 'error', allow: ['registry.example.com'] } as const
  const image = 'elsewhere.example.net/proxy:1'
  const specs: SpecInput[] = [
    { sidecars: [{ ...PROXY, image }] },
    { initContainers: [{ ...PROXY, image }] },
    { volumes: [{ name: 'a', mountPath: '/a', image: { reference: image } }] },
    { pod: { containers: [{ ...PROXY, image }] } },
    {
      runtime: 'kserve',
      kserve: { predictor: { workerSpec: { containers: [{ ...PROXY, image }] } } },
    },
  ]
  for (const spec of specs) {
    const { problems } = rendered(spec, { registries })
    t.true(problems.some(({ rule }) => rule === 'policy-registries'))
  }
})

test('M3 · a gRPC probe asks a port by its number, whatever it is called in the spec', t => {
  for (const runtime of RUNTIMES) {
    const { pod, problems } = rendered({
      runtime,
      ports: { grpc: 9000 },
      probes: { readiness: { grpc: true, port: 'grpc' }, liveness: { grpc: true, port: 'http' } },
    })
    t.deepEqual(problems, [])
    const [server = {}] = containers(pod)
    t.deepEqual((server['readinessProbe'] as Json)['grpc'], { port: 9000 })
    t.deepEqual((server['livenessProbe'] as Json)['grpc'], { port: 8000 })
  }
})

test('M3 · a gRPC probe that names a port which is not there is a problem', t => {
  const { problems } = rendered({ probes: { readiness: { grpc: true, port: 'grcp' } } })
  t.true(problems.some(({ rule, severity }) => rule === 'port-probe' && severity === 'error'))
})
