import { App, Chart, Testing } from 'cdk8s'
import test from 'ava'
import { Endpoint } from '../../charts/index.ts'
import { APPLYSET } from '../../src/object/index.ts'
import type { EndpointDocument } from '../../src/spec/index.ts'
import { anEndpoint } from '../support/endpoint.ts'
import { rendered } from './objects.ts'

const document: EndpointDocument = {
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'Endpoint',
  metadata: { name: 'chat', namespace: 'llm' },
  spec: { image: 'registry.example.com/server:1.0.0', runtime: 'kserve' },
}

function synth(props: ConstructorParameters<typeof Endpoint>[2]) {
  const chart = new Chart(new App(), 'any-id')
  return { construct: new Endpoint(chart, 'another-id', props), objects: Testing.synth(chart) }
}

test('the construct of a document gives what render gives, the set’s label aside', t => {
  const { objects } = synth({ endpoint: document, project: 'models' })
  const expected = rendered(anEndpoint({ runtime: 'kserve' }))
  for (const object of expected) delete object.metadata.labels?.[APPLYSET.partOf]
  t.deepEqual(objects, expected)
})

test('the construct takes an endpoint with its layers merged', t => {
  const { objects } = synth({ endpoint: anEndpoint({ replicas: 2 }) })
  t.deepEqual(
    objects.map(({ kind }: { kind: string }) => kind),
    ['Deployment', 'Service', 'PodDisruptionBudget'],
  )
})

test('construct ids leave no trace in the objects', t => {
  t.false(/any-id|another-id/.test(JSON.stringify(synth({ endpoint: document }).objects)))
})

test('namespace and KServe version of the construct', t => {
  const { metadata, ...rest } = document
  const [isvc] = synth({
    endpoint: { ...rest, metadata: { name: metadata.name } },
    namespace: 'serving',
    kserveVersion: '0.15.2',
  }).objects
  t.is(isvc.metadata.namespace, 'serving')
  t.is(isvc.metadata.annotations['serving.kserve.io/deploymentMode'], 'RawDeployment')
})

test('R8 · an invalid document throws every problem', t => {
  const wrong = { ...document, spec: { ...document.spec, port: 70_000, replicas: -1 } }
  const { message } = t.throws(() => synth({ endpoint: wrong }), { name: 'SlipwayError' })
  t.regex(message, /port/)
  t.regex(message, /replicas/)
})

test('patches are refused, not lost', t => {
  const patches = [{ target: { kind: 'Deployment' }, merge: { spec: {} } }]
  t.throws(() => synth({ endpoint: { ...document, spec: { ...document.spec, patches } } }), {
    message: /takes no patches/,
  })
})
