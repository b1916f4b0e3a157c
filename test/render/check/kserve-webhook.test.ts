import test from 'ava'
import { kserveWebhook } from '../../../src/render/check/kserve-webhook.ts'
import { allFound } from '../../../src/problem/index.ts'
import { viewOf } from '../../../src/render/check/view.ts'
import { anEndpoint } from '../../support/endpoint.ts'

/** What KServe's webhook refuses of an InferenceService. */

type Json = Record<string, unknown>

const SERVER = { containers: [{ name: 'kserve-container', image: 'registry.example.com/chat:1' }] }
const MODEL = { modelFormat: { name: 'sklearn' }, storageUri: 's3://models/iris' }
const STANDARD = { 'serving.kserve.io/deploymentMode': 'Standard' }
const classed = (name: string) => ({ ...STANDARD, 'serving.kserve.io/autoscalerClass': name })

interface Given {
  spec: Json
  annotations?: Record<string, string>
  version?: string
}

function refusals({ spec, annotations = {}, version = '0.20.0' }: Given): string[] {
  const object = {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'chat', namespace: 'llm', annotations },
    spec,
  }
  const endpoint = { ...anEndpoint({ runtime: 'kserve' }), kserveVersion: version }
  const view = viewOf([{ object, unpatched: object, patches: [], endpoint }])
  return allFound(kserveWebhook.find(view)).map(({ message }) => message.replace(/^.*?: /, ''))
}

const CASES: Record<string, [Given, ...string[]]> = {
  'a server of ones own': [{ spec: { predictor: SERVER } }],
  'a model': [{ spec: { predictor: { model: { ...MODEL, name: '' } } } }],
  'a strategy where pods are a Deployment, as the mode was called before': [
    {
      spec: { predictor: { ...SERVER, deploymentStrategy: { type: 'Recreate' } } },
      annotations: { 'serving.kserve.io/deploymentMode': 'RawDeployment' },
      version: '0.15.2',
    },
  ],
  'nothing that serves': [
    { spec: { predictor: {} } },
    'the predictor says neither a model nor containers',
  ],
  'a model and a server': [
    { spec: { predictor: { model: MODEL, ...SERVER } } },
    'the predictor is served in 2 ways at once: model, container kserve-container',
  ],
  'a container beside a model': [
    { spec: { predictor: { model: MODEL, containers: [{ name: 'agent' }] } } },
  ],
  'an older spelling takes the place of the model': [
    { spec: { predictor: { model: MODEL, sklearn: {} } } },
  ],
  'a model with a name': [
    { spec: { predictor: { model: { ...MODEL, name: 'iris' } } } },
    'the container of a model has a name of KServe’s own',
  ],
  'bounds of a transformer': [
    { spec: { predictor: SERVER, transformer: { ...SERVER, minReplicas: 3, maxReplicas: 2 } } },
    'minReplicas of the transformer (3) is above maxReplicas (2)',
  ],
  'bounds where the lower one is not said': [
    { spec: { predictor: { ...SERVER, maxReplicas: -1 } } },
    'maxReplicas of the predictor is below 0',
  ],
  'a logger': [
    { spec: { predictor: { ...SERVER, logger: { url: 'http://logs.example.com' } } } },
    'the logger of the predictor has no mode: all, request or response',
  ],
  'a logger whose mode is empty, which the defaulting webhook leaves out': [
    {
      spec: { predictor: { ...SERVER, logger: { mode: '', url: 'http://logs.example.com' } } },
      version: '0.16.0',
    },
    'the logger of the predictor has no mode: all, request or response',
  ],
  'no models beside the one': [
    { spec: { predictor: { model: MODEL, storageUris: [] } }, version: '0.16.0' },
  ],
  'a class': [
    { spec: { predictor: SERVER }, annotations: classed('own') },
    'own is not an autoscaler class; there are hpa, external, keda, none',
  ],
  'HPA and requests': [
    { spec: { predictor: { ...SERVER, scaleMetric: 'rps' } }, annotations: classed('hpa') },
    'the predictor cannot be scaled by rps; an HPA takes cpu and memory',
  ],
  'class none takes what is said': [
    { spec: { predictor: { ...SERVER, scaleMetric: 'rps' } }, annotations: classed('none') },
  ],
  'KEDA and a metric without a target': [
    {
      spec: {
        predictor: {
          ...SERVER,
          autoScaling: {
            metrics: [{ type: 'External', external: { metric: { query: 'up' }, target: {} } }],
          },
        },
      },
      annotations: classed('keda'),
    },
    'metric 1 of the predictor has no target.value',
  ],
  'Knative and CPU': [
    {
      spec: { predictor: { ...SERVER, scaleMetric: 'cpu' } },
      annotations: { 'serving.kserve.io/deploymentMode': 'Knative' },
    },
    'Knative’s own autoscaler does not scale the predictor by cpu, but by concurrency or rps',
  ],
  'Knative and CPU, by the other autoscaler': [
    {
      spec: { predictor: { ...SERVER, scaleMetric: 'cpu' } },
      annotations: {
        'serving.kserve.io/deploymentMode': 'Knative',
        'autoscaling.knative.dev/class': 'hpa.autoscaling.knative.dev',
      },
    },
  ],
  'where KServe’s configuration decides on the mode': [
    { spec: { predictor: { ...SERVER, scaleMetric: 'cpu' } } },
  ],
  'models apart': [
    {
      spec: {
        predictor: {
          ...SERVER,
          storageUris: [
            { uri: 's3://a', mountPath: '/a' },
            { uri: 's3://b', mountPath: '/b' },
          ],
        },
      },
    },
    'the mount paths /a, /b have no folder in common',
  ],
  'several nodes': [
    { spec: { predictor: { model: MODEL, workerSpec: { tensorParallelSize: 0 } } } },
    'a model on several nodes comes from pvc:// or oci://, not s3://',
    'a model on several nodes is not scaled: the annotation serving.kserve.io/autoscalerClass is none',
    'workerSpec.tensorParallelSize is below 1',
  ],
  'a canary': [
    {
      spec: {
        predictor: { model: MODEL },
        canary: [{ trafficPercent: 5, predictor: { model: MODEL } }],
      },
    },
    'canary 1 has no predictor.name',
  ],
  'a canary, before there were any': [
    {
      spec: { predictor: { model: MODEL }, canary: [{ trafficPercent: 5, predictor: {} }] },
      version: '0.19.0',
    },
  ],
}

for (const [what, [given, ...expected]] of Object.entries(CASES)) {
  test(`K10, M4 · kserve-webhook: ${what}`, t => {
    t.deepEqual(refusals(given), expected)
  })
}
