import test from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { BUILT_IN, completeEndpoint, type EndpointDocument } from '../../src/spec/index.ts'

const DOCUMENT: EndpointDocument = {
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'Endpoint',
  metadata: { name: 'chat', labels: { team: 'a' } },
  spec: { image: 'registry.example.com/chat:v1', loadTime: '12m', resources: { cpu: 2 } },
}

test('R7 · a document gets the built-in defaults', t => {
  const endpoint = completeEndpoint(DOCUMENT, { namespace: 'llm', kserveVersion: '0.15.0' })
  const { name, namespace, labels, kserveVersion, spec } = endpoint
  t.deepEqual(
    { name, namespace, labels, kserveVersion },
    { name: 'chat', namespace: 'llm', labels: { team: 'a' }, kserveVersion: '0.15.0' },
  )
  t.deepEqual(spec.probes, BUILT_IN.probes)
  t.is(spec.loadTime, 720)
  t.deepEqual(spec.resources.cpu, { request: '2', limit: '2' })
  t.deepEqual(endpoint.originOf('spec.loadTime'), { layer: 'endpoint' })
  t.deepEqual(endpoint.originOf('spec.port'), { layer: 'built-in' })
  t.is(endpoint.placeOf('spec.loadTime'), undefined)
})

test('R7 · what is not said otherwise', t => {
  const { namespace, kserveVersion, annotations } = completeEndpoint(DOCUMENT)
  t.deepEqual(
    { namespace, kserveVersion, annotations },
    { namespace: 'default', kserveVersion: '0.20.0', annotations: {} },
  )
})

test('R8 · every mistake is thrown at once, as problems', t => {
  const error = t.throws(
    () => completeEndpoint({ ...DOCUMENT, spec: { port: 0, loadTime: 'soon' } }),
    { instanceOf: SlipwayError },
  )
  t.deepEqual(
    error.problems.map(({ message }) => message),
    [
      'spec.port must be a port from 1 to 65535, not the number 0',
      'spec.loadTime must be a duration such as 30s, 10m or 1h30m, not "soon"',
    ],
  )
})

test('R8 · rules hold for objects too', t => {
  const spec = { ...DOCUMENT.spec, replicas: 1, scaling: { max: 2, cpu: 70 } }
  const error = t.throws(() => completeEndpoint({ ...DOCUMENT, spec }), {
    instanceOf: SlipwayError,
  })
  t.deepEqual(
    error.problems.map(({ code }) => code),
    ['contradiction'],
  )
})

test('the document given stays as it is', t => {
  const before = JSON.stringify(DOCUMENT)
  completeEndpoint(DOCUMENT)
  t.is(JSON.stringify(DOCUMENT), before)
})
