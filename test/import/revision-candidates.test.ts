import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { becomes, imported } from '../support/import.ts'

/** Under Knative a candidate is the newest revision: what served before it is read from its Deployment. */

type Json = Record<string, unknown>

const SERVER = {
  name: 'kserve-container',
  image: 'registry.example.com/iris:2',
  imagePullPolicy: 'IfNotPresent',
  ports: [{ containerPort: 8080, protocol: 'TCP' }],
  env: [
    { name: 'MODE', value: 'fast' },
    { name: 'NEW', value: '1' },
  ],
  resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi' } },
}

const COMPONENT = { latestCreatedRevision: 'iris-2', latestRolledoutRevision: 'iris-1' }

function service(predictor: Json = { containers: [SERVER] }, revisions: Json = COMPONENT) {
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: {
      name: 'iris',
      namespace: 'llm',
      annotations: { 'serving.kserve.io/deploymentMode': 'Knative' },
    },
    spec: { predictor: { minReplicas: 1, canaryTrafficPercent: 20, ...predictor } },
    status: { components: { predictor: revisions } },
  }
}

function revision(number: number, server: Json, pod: Json = {}): KubeObject {
  const name = `iris-${number}`
  const own = [{ name: 'K_REVISION', value: name }, ...(server['env'] as Json[])]
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `${name}-deployment`,
      namespace: 'llm',
      labels: {
        'serving.kserve.io/inferenceservice': 'iris',
        'serving.knative.dev/revision': name,
      },
      ownerReferences: [
        {
          apiVersion: 'serving.knative.dev/v1',
          kind: 'Revision',
          name,
          uid: name,
          controller: true,
        },
      ],
    },
    spec: {
      template: {
        metadata: {
          labels: { 'serving.kserve.io/inferenceservice': 'iris', component: 'predictor' },
        },
        spec: {
          containers: [
            { ...server, env: own },
            { name: 'queue-proxy', env: [{ name: 'SERVING_REVISION', value: name }] },
          ],
          ...pod,
        },
      },
    },
  }
}

const BEFORE = {
  ...SERVER,
  image: `registry.example.com/iris@sha256:${'4a'.repeat(32)}`,
  env: [{ name: 'MODE', value: 'slow' }],
}

test('A1, W3 · a candidate of Knative’s comes in as canary, beside what served before', async t => {
  const live = service()
  const others = [revision(2, SERVER), revision(1, BEFORE)]
  const result = await imported({ workload: live, others })
  t.deepEqual(result.losses, [])
  t.deepEqual(result.unsaid, [])
  const { spec } = result.document
  t.is(spec.image, BEFORE.image)
  t.deepEqual(spec.env, { MODE: 'slow' })
  t.like(spec.canary, { weight: 20, image: SERVER.image, env: { MODE: 'fast', NEW: '1' } })
  t.deepEqual(becomes(result, live)['spec'], live.spec)
})

test('A1, W3 · … with its own Service, which leads to both', async t => {
  const selector = { 'serving.kserve.io/inferenceservice': 'iris' }
  const own: KubeObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'flowers', namespace: 'llm' },
    spec: { type: 'ClusterIP', selector, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  }
  const others = [revision(2, SERVER), revision(1, BEFORE), own]
  const { rendered } = await imported({ workload: service(), others })
  t.deepEqual(rendered.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted(), [
    'InferenceService/iris',
    'Service/flowers',
  ])
})

test('A1, W3 · … with the model that KServe fetched for it', async t => {
  const model = {
    modelFormat: { name: 'sklearn' },
    runtime: 'sklearn',
    storageUri: 's3://models/iris/2',
  }
  const live = service({ model })
  const fetching = (version: number) => ({
    initContainers: [
      { name: 'storage-initializer', args: [`s3://models/iris/${version}`, '/mnt/models'] },
    ],
  })
  const server = { ...SERVER, image: 'registry.example.com/sklearn:1', env: [] }
  const others = [revision(2, server, fetching(2)), revision(1, server, fetching(1))]
  const { document, unsaid } = await imported({ workload: live, others })
  t.deepEqual(unsaid, [])
  t.like(document.spec.model, { uri: 's3://models/iris/1' })
  t.deepEqual(document.spec.canary, { weight: 20, model: { uri: 's3://models/iris/2' } })
})

const UNSAID: Record<string, { others: KubeObject[]; revisions?: Json; why: RegExp }> = {
  'a revision that cannot be read': {
    others: [revision(2, SERVER)],
    why: /: the Deployment of revision iris-1 was not found$/,
  },
  'another node': {
    others: [revision(2, SERVER), revision(1, BEFORE, { nodeSelector: { zone: 'a' } })],
    why: /: revision iris-1 differs in more than image, command, args, env, resources and model$/,
  },
  'nothing that is said': {
    others: [revision(2, SERVER), revision(1, SERVER)],
    why: /: revision iris-1 differs in nothing that the InferenceService says$/,
  },
  'no revision before': {
    others: [revision(2, SERVER)],
    revisions: { latestCreatedRevision: 'iris-2', latestRolledoutRevision: 'iris-2' },
    why: /: there is no revision beside its newest one$/,
  },
}

for (const [what, { others, revisions, why }] of Object.entries(UNSAID))
  test(`A1, W3 · a candidate stays as it is, with the reason: ${what}`, async t => {
    const live = service(undefined, revisions)
    const result = await imported({ workload: live, others })
    t.is(result.document.spec.canary, undefined)
    t.deepEqual(becomes(result, live)['spec'], live.spec)
    const [told, ...more] = result.unsaid
    t.deepEqual(more, [])
    t.regex(told?.message ?? '', why)
    t.is(told?.severity, 'warning')
  })
