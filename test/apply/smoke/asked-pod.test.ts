import test from 'ava'
import { askedPod } from '../../../src/apply/smoke/asked-pod.ts'

/** A smoke test asks what the pod's own probe asks, whatever the spec says. */

const pod = (...containers: object[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'chat-1' },
  spec: { containers },
})
const ports = (...all: number[]) => all.map(containerPort => ({ containerPort }))
const get = (path: string, port: number | string) => ({ httpGet: { path, port } })

const CASES: [string, object[], object][] = [
  [
    'the path that a patch gave the probe',
    [{ ports: ports(8000), readinessProbe: get('/ready', 8000) }],
    { port: 8000, healthPath: '/ready' },
  ],
  [
    'the port that a patch gave the server',
    [{ ports: ports(9000), readinessProbe: get('/health', 9000) }],
    { port: 9000, healthPath: '/health' },
  ],
  [
    'a port by its name',
    [{ ports: [{ name: 'http', containerPort: 8000 }], readinessProbe: get('/health', 'http') }],
    { port: 8000, healthPath: '/health' },
  ],
  [
    'the server beside a proxy',
    [
      { ports: ports(9901), readinessProbe: get('/envoy', 9901) },
      { ports: ports(8000), readinessProbe: get('/health', 8000) },
    ],
    { port: 8000, healthPath: '/health' },
  ],
  [
    'no path where the probe asks another port',
    [{ ports: ports(8000), readinessProbe: get('/healthz', 15_020) }],
    { port: 8000 },
  ],
  [
    'no path where the probe is a command',
    [{ ports: ports(8000), readinessProbe: { exec: {} } }],
    { port: 8000 },
  ],
  [
    'the liveness probe where there is no other',
    [{ ports: ports(8000), livenessProbe: get('/live', 8000) }],
    { port: 8000, healthPath: '/live' },
  ],
  [
    'a probe without a path asks for /',
    [{ ports: ports(8000), readinessProbe: { httpGet: { port: 8000 } } }],
    { port: 8000, healthPath: '/' },
  ],
  [
    'a container that declares no port',
    [{ readinessProbe: get('/health', 8000) }],
    { port: 8000, healthPath: '/health' },
  ],
  ['no probe and no port', [{}], { port: 8000 }],
]

for (const [title, containers, expected] of CASES)
  test(`K4 · asked: ${title}`, t => {
    t.deepEqual<object, object>(askedPod(pod(...containers), 8000), expected)
  })

const labelled = (component: string, ...containers: object[]) => {
  const made = pod(...containers)
  const labels = { 'serving.kserve.io/inferenceservice': 'chat', component }
  return { ...made, metadata: { ...made.metadata, labels } }
}

const TRANSFORMED: [string, ReturnType<typeof labelled>, object][] = [
  [
    'a transformer beside the server, which is second',
    labelled(
      'predictor',
      { name: 'kserve-container', ports: ports(8000), readinessProbe: get('/health', 8000) },
      { name: 'transformer-container', ports: ports(8081), readinessProbe: get('/ready', 8081) },
    ),
    { port: 8081, healthPath: '/ready' },
  ],
  [
    'a transformer in pods of its own, on its own port',
    labelled('transformer', { name: 'kserve-container', ports: ports(9000) }),
    { port: 9000 },
  ],
  [
    'a transformer that declares no port, on KServe’s, although a proxy has a probe',
    labelled(
      'transformer',
      { name: 'proxy', readinessProbe: get('/proxy', 15_021) },
      { name: 'kserve-container' },
    ),
    { port: 8080 },
  ],
  [
    'the server where there is no transformer',
    labelled('predictor', { name: 'kserve-container', ports: ports(8000) }),
    { port: 8000 },
  ],
]

for (const [title, made, expected] of TRANSFORMED)
  test(`K4 · asked under KServe: ${title}`, t => {
    t.deepEqual<object, object>(askedPod(made, 8000), expected)
  })
