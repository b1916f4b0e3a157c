import test from 'ava'
import { renderSet } from '../../../src/render/index.ts'
import { anEndpoint, aSet } from '../../support/endpoint.ts'
import { bothOutcomes, foundBy, patched, patchedPod, patchedServer } from './outcomes.ts'

const ok = anEndpoint({ port: 9000, ingress: { host: 'chat.example.com' } })
const kserve = anEndpoint({ runtime: 'kserve', port: 9000 })

test('K1 · port-probe: a patched probe asks a port that nobody has', bothOutcomes, 'port-probe', {
  good: [ok],
  bad: [patchedServer({ readinessProbe: { httpGet: { port: 8080 } } })],
  says: /readinessProbe of Deployment\/llm\/chat asks port 8080, where container server has 8000/,
  blames: 'spec.patches[0]',
})

test('K1 · port-probe: a preStop hook counts too', bothOutcomes, 'port-probe', {
  good: [anEndpoint({ shutdown: { preStop: { http: '/drain' } } })],
  bad: [
    patchedServer(
      { lifecycle: { preStop: { httpGet: { port: 1 } } } },
      { shutdown: { preStop: { http: '/drain' } } },
    ),
  ],
  says: /preStop hook .* asks port 1,/,
  blames: 'spec.patches[0]',
})

test('K1 · port-probe: KServe’s container listens elsewhere', bothOutcomes, 'port-probe', {
  good: [kserve],
  bad: [
    patched(
      'InferenceService',
      {
        spec: {
          predictor: {
            containers: [
              { name: 'kserve-container', ports: [{ name: 'http', containerPort: 8080 }] },
            ],
          },
        },
      },
      { runtime: 'kserve' },
    ),
  ],
  says: /ask port 8000, where container kserve-container has 8080 \(http\)/,
  blames: 'spec.patches[0]',
})

test('K1 · port-probe: a port by its name is found', t => {
  const byName = patchedServer({ livenessProbe: { httpGet: { port: 'http' } } })
  t.deepEqual(foundBy('port-probe', [byName]), [])
})

test('K1 · port-probe: gRPC on a port of no name is told once', t => {
  const unknown = anEndpoint({ probes: { readiness: { grpc: true, port: 'rpc' } } })
  const { problems } = renderSet(aSet([unknown]))
  t.deepEqual(
    problems
      .filter(({ severity, message }) => severity === 'error' && message.includes('rpc'))
      .map(({ rule }) => rule),
    ['port-probe'],
  )
})

test('K1 · port-service', bothOutcomes, 'port-service', {
  good: [ok],
  bad: [patched('Service', { spec: { ports: [{ name: 'http', targetPort: 8080 }] } })],
  says: /port 80 of Service\/llm\/chat-svc leads to port 8080, where the pods of Deployment\/llm\/chat have 8000/,
  blames: 'spec.patches[0]',
})

test('K1 · port-service: the container moved away', bothOutcomes, 'port-service', {
  good: [kserve],
  bad: [patchedServer({ ports: [{ name: 'http', containerPort: 9000 }] })],
  says: /leads to port 8000, where the pods of .* have 9000/,
  blames: 'spec.patches[0]',
})

test('K1 · port-ingress', bothOutcomes, 'port-ingress', {
  good: [ok],
  bad: [
    patched(
      'Service',
      { spec: { ports: [{ name: 'http', port: 8080 }] } },
      { ingress: { host: 'chat.example.com' } },
    ),
  ],
  says: /Ingress\/llm\/chat-ingress leads to port 80 of Service\/llm\/chat-svc, which has 8080/,
  blames: 'spec.patches[0]',
})

test('K1 · port-ingress: a Service of somebody else is a warning', bothOutcomes, 'port-ingress', {
  good: [anEndpoint({ runtime: 'external', external: { host: 'api.example.com' } }), ok],
  bad: [
    patched(
      'Ingress',
      { spec: { defaultBackend: { service: { name: 'login', port: { number: 80 } } } } },
      { ingress: { host: 'chat.example.com' } },
    ),
  ],
  says: /leads to Service login, which is not rendered/,
  blames: 'spec.patches[0]',
  severity: 'warning',
})

test('K4 · port-smoke', bothOutcomes, 'port-smoke', {
  good: [ok, anEndpoint({ runtime: 'kserve', smoke: [{ get: '/health' }] }, { name: 'other' })],
  bad: [patchedServer({ ports: [{ name: 'http', containerPort: 9000 }] })],
  says: /smoke checks of chat go to port 8000, where the pods .* have 9000/,
  blames: 'spec.patches[0]',
})

test('container-port-duplicate', bothOutcomes, 'container-port-duplicate', {
  good: [patchedPod({ containers: [{ name: 'metrics', ports: [{ containerPort: 9100 }] }] })],
  bad: [patchedPod({ containers: [{ name: 'metrics', ports: [{ containerPort: 8000 }] }] })],
  says: /has port 8000\/TCP 2 times \(containers server, metrics\)/,
  blames: 'spec.patches[0]',
})
