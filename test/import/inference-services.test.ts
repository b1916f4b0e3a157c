import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { adoptionOf } from '../../src/import/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { becomes, imported } from '../support/import.ts'

/** InferenceServices with more than one container of our own in the predictor. */

type Json = Record<string, unknown>

const SERVER = {
  name: 'kserve-container',
  image: 'registry.example.com/own-model:3',
  imagePullPolicy: 'IfNotPresent',
  ports: [{ containerPort: 8080, protocol: 'TCP' }],
  resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi' } },
}
const OTHER = { name: 'other', image: 'registry.example.com/other:1', resources: {} }

function service(spec: Json, more: Json = {}): KubeObject {
  const { predictor = {}, ...components } = spec
  const annotations = { 'serving.kserve.io/deploymentMode': 'Standard' }
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'iris', namespace: 'llm', annotations },
    ...more,
    spec: {
      predictor: {
        minReplicas: 1,
        terminationGracePeriodSeconds: 30,
        containers: [SERVER],
        ...Object(predictor),
      },
      ...components,
    },
  }
}

const SHAPES: Record<string, KubeObject> = {
  'a predictor': service({}),
  'a transformer': service({ transformer: { minReplicas: 1, containers: [OTHER] } }),
  'an explainer': service({ explainer: { containers: [OTHER] } }),
  'a container beside the server': service({ predictor: { containers: [SERVER, OTHER] } }),
  'labels and annotations of the predictor': service({
    predictor: { labels: { tier: 'a' }, annotations: { 'example.com/note': 'b' } },
  }),
  'no pull policy': service({
    predictor: { containers: [{ ...SERVER, imagePullPolicy: undefined }].map(withoutUndefined) },
  }),
  'a batcher, a logger and a canary': service({
    predictor: {
      batcher: { maxBatchSize: 32 },
      logger: { mode: 'all', url: 'http://logs.example.com' },
      canaryTrafficPercent: 20,
      timeout: 60,
      containerConcurrency: 4,
    },
  }),
  'volumes, init containers and where it runs': service({
    predictor: {
      initContainers: [OTHER],
      volumes: [{ name: 'weights', hostPath: { path: '/data' } }],
      nodeSelector: { zone: 'a' },
      tolerations: [{ key: 'gpu', operator: 'Exists' }],
      containers: [{ ...SERVER, volumeMounts: [{ name: 'weights', mountPath: '/weights' }] }],
    },
  }),
}

function withoutUndefined(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

for (const [title, live] of Object.entries(SHAPES)) {
  test(`A1 · imported as it is: an InferenceService with ${title}`, async t => {
    const result = await imported({ workload: live })
    t.deepEqual(result.losses, [])
    t.deepEqual(
      result.rendered.problems.filter(({ severity }) => severity === 'error'),
      [],
    )
    t.deepEqual(result.unsaid, [])
    t.deepEqual(becomes(result, live)['spec'], live['spec'])
  })
}

test('A1 · other containers, volumes and probes of a predictor come in as fields', async t => {
  const probe = { tcpSocket: { port: 8080 }, periodSeconds: 5 }
  const live = service({
    predictor: {
      initContainers: [OTHER],
      schedulerName: 'volcano',
      hostIPC: true,
      volumes: [
        { name: 'weights', nfs: { server: 'nfs.example.com', path: '/models' } },
        { name: 'scratch', emptyDir: {} },
      ],
      containers: [
        {
          ...SERVER,
          volumeMounts: [{ name: 'weights', mountPath: '/weights' }],
          readinessProbe: probe,
          startupProbe: {
            exec: { command: ['/started'] },
            failureThreshold: 30,
            periodSeconds: 10,
            timeoutSeconds: 5,
          },
        },
        { ...OTHER, name: 'agent' },
      ],
    },
  })
  const result = await imported({ workload: live })
  t.deepEqual(becomes(result, live)['spec'], live['spec'])
  const { spec } = result.document
  t.like(spec, {
    initContainers: [OTHER],
    sidecars: [{ ...OTHER, name: 'agent' }],
    volumes: [
      {
        name: 'weights',
        mountPath: '/weights',
        nfs: { server: 'nfs.example.com', path: '/models' },
      },
      { name: 'scratch', emptyDir: {} },
    ],
    scheduling: { schedulerName: 'volcano' },
    hostIPC: true,
    probes: {
      readiness: { tcp: true, period: '5s' },
      startup: { exec: ['/started'], failures: 30, period: '10s', timeout: '5s' },
    },
  })
  t.deepEqual([spec.kserve?.predictor, spec.patches], [{ minReplicas: 1 }, undefined])
})

test('A1 · the mode that KServe itself has chosen is the mode of the spec', async t => {
  const metadata = { name: 'iris', namespace: 'llm' }
  const live = service({}, { metadata, status: { deploymentMode: 'Serverless' } })
  const { document } = await imported({ workload: live })
  t.like(document.spec.kserve, { deploymentMode: 'serverless', defaults: false })
})

for (const [title, more] of Object.entries({
  'asked for': {
    metadata: {
      name: 'shared',
      namespace: 'llm',
      annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh' },
    },
  },
  'KServe’s own default': {
    metadata: { name: 'shared', namespace: 'llm' },
    status: { deploymentMode: 'ModelMesh' },
  },
})) {
  test(`A2 · an InferenceService in the mode ModelMesh has no pods of its own, and says so: ${title}`, async t => {
    const workload = service({}, more)
    const error = await t.throwsAsync(imported({ workload }), { instanceOf: SlipwayError })
    t.regex(
      error?.message ?? '',
      /InferenceService\/llm\/shared is in the deployment mode ModelMesh/,
    )
    t.is(error && adoptionOf(error).state, 'not at all')
  })
}
