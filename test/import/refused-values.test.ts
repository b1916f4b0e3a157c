import test from 'ava'
import { stringify } from 'yaml'
import type { KubeObject } from '../../src/object/index.ts'
import { imported, becomes } from '../support/import.ts'
import { adoptionOfSample } from '../support/kserve-samples.ts'

/** What KServe stores and a spec would refuse stays to the letter, beside the fields that say the rest. */

type Json = Record<string, unknown>

const RUNTIME = {
  apiVersion: 'serving.kserve.io/v1alpha1',
  kind: 'ClusterServingRuntime',
  metadata: { name: 'own-runtime' },
  spec: {
    supportedModelFormats: [{ name: 'own', autoSelect: true }],
    containers: [
      { name: 'kserve-container', image: 'registry.example.com/runtime:1', args: ['--serve'] },
    ],
  },
}
const CATALOGUE = {
  version: '0.20.0',
  runtimes: { 'serving-runtimes/own.yaml': stringify(RUNTIME) },
}

function isvc(predictor: Json): KubeObject {
  const annotations = { 'serving.kserve.io/deploymentMode': 'Standard' }
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'tulips', namespace: 'llm', annotations },
    spec: { predictor },
  }
}

const model = (fields: Json) =>
  isvc({ model: { modelFormat: { name: 'own' }, storageUri: 's3://flowers/tulips', ...fields } })

const MODELS: Record<string, KubeObject> = {
  'a probe without a port, which KServe stores as 0': model({
    readinessProbe: { httpGet: { path: '/ready', port: 0 } },
    livenessProbe: { httpGet: { path: '/ready', port: 0 }, periodSeconds: 20 },
  }),
  'a model at a local path': model({ storageUri: '/flowers/tulips' }),
  'a version that is empty': model({ modelFormat: { name: 'own', version: '' } }),
  'a protocol of its own': model({ protocolVersion: 'own-v3', runtime: 'own-runtime' }),
}

for (const [title, live] of Object.entries(MODELS)) {
  test(`A1 · an InferenceService keeps what no spec says: ${title}`, async t => {
    const { document, reasons } = await adoptionOfSample(live, CATALOGUE)
    t.deepEqual(reasons, [])
    t.is(document?.spec.runtime, 'kserve')
  })
}

test('A2 · an InferenceService with a format that is empty says so', async t => {
  const { reasons } = await adoptionOfSample(model({ modelFormat: { name: '' } }), CATALOGUE)
  t.regex(reasons[0] ?? '', /^spec\.model\.format must be a model format/)
})

const SERVER = { name: 'kserve-container', image: 'registry.example.com/own:1' }

const SERVERS: Record<string, KubeObject> = {
  'a port whose name is no name': isvc({
    containers: [{ ...SERVER, ports: [{ name: 'HTTP_1', containerPort: 8080, protocol: 'TCP' }] }],
  }),
  'a probe that never fails': isvc({
    containers: [{ ...SERVER, livenessProbe: { tcpSocket: { port: 8080 }, failureThreshold: -1 } }],
  }),
}

for (const [title, live] of Object.entries(SERVERS)) {
  test(`A1 · a server of one’s own keeps what no spec says: ${title}`, async t => {
    const result = await imported({ workload: live })
    t.deepEqual(result.losses, [])
    t.deepEqual(becomes(result, live)['spec'], live['spec'])
  })
}
