import test from 'ava'
import type { SpecInput } from '../../src/spec/index.ts'
import { objectOf, rendered } from './objects.ts'
import { anEndpoint } from '../support/endpoint.ts'

const QUEUE = {
  prometheus: { serverAddress: 'http://prometheus.monitoring:9090', query: 'sum(gateway_waiting)' },
  target: 5,
}
const SCALED: SpecInput = { scaling: { min: 0, max: 4, queue: QUEUE } }

test('a queue scales a Deployment by KEDA, down to zero, and by nothing else', t => {
  const objects = rendered(anEndpoint(SCALED))
  t.deepEqual(
    objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ['Deployment chat', 'Service chat-svc', 'ScaledObject chat-scaler'],
  )
  t.is(objectOf('Deployment', SCALED).spec.replicas, undefined)
  t.deepEqual(objectOf('ScaledObject', SCALED).spec, {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'chat' },
    minReplicaCount: 0,
    maxReplicaCount: 4,
    triggers: [
      {
        type: 'prometheus',
        metadata: {
          serverAddress: 'http://prometheus.monitoring:9090',
          query: 'sum(gateway_waiting)',
          threshold: '5',
        },
      },
    ],
  })
})

test('a preset counts in the pods of its endpoint alone, of both runtimes', t => {
  const { prometheus, target } = QUEUE
  const { serverAddress } = prometheus
  const queue = { preset: 'vllm-waiting' as const, prometheus: { serverAddress }, target }
  const [trigger] = objectOf('ScaledObject', { scaling: { max: 4, queue } }).spec.triggers
  t.is(
    trigger.metadata.query,
    'sum(vllm:num_requests_waiting{namespace="llm",pod=~"chat(-predictor)?-[a-z0-9]+-[a-z0-9]+"})',
  )
  const pods = new RegExp(`^(?:${/pod=~"([^"]+)"/.exec(trigger.metadata.query)?.[1]})$`)
  t.regex('chat-7c9d8-abcde', pods)
  t.regex('chat-predictor-7c9d8-abcde', pods)
  t.notRegex('chat-large-7c9d8-abcde', pods)
})

test('CPU, memory, behaviour, cooldown and who may ask go along', t => {
  const behavior = { scaleDown: { stabilizationWindowSeconds: 60 } }
  const { spec } = objectOf('ScaledObject', {
    resources: { cpu: 1, memory: '1Gi' },
    scaling: {
      max: 4,
      cpu: 70,
      memory: 80,
      behavior,
      queue: { ...QUEUE, cooldown: '2m', authentication: 'prometheus', authModes: 'bearer' },
    },
  })
  t.is(spec.cooldownPeriod, 120)
  t.deepEqual(spec.advanced, { horizontalPodAutoscalerConfig: { behavior } })
  t.deepEqual(spec.triggers[0].authenticationRef, { name: 'prometheus' })
  t.is(spec.triggers[0].metadata.authModes, 'bearer')
  t.deepEqual(spec.triggers.slice(1), [
    { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } },
    { type: 'memory', metricType: 'Utilization', metadata: { value: '80' } },
  ])
})

test('KServe is asked for its class keda, and makes the ScaledObject itself', t => {
  const spec: SpecInput = {
    runtime: 'kserve',
    resources: { cpu: 1 },
    scaling: { min: 0, max: 4, cpu: 70, queue: QUEUE },
  }
  t.false(rendered(anEndpoint(spec)).some(({ kind }) => kind === 'ScaledObject'))
  const { metadata, spec: of } = objectOf('InferenceService', spec)
  t.is(metadata.annotations['serving.kserve.io/autoscalerClass'], 'keda')
  t.is(of.predictor.scaleMetric, undefined)
  t.deepEqual([of.predictor.minReplicas, of.predictor.maxReplicas], [0, 4])
  t.deepEqual(of.predictor.autoScaling.metrics, [
    {
      type: 'External',
      external: {
        metric: { backend: 'prometheus', ...QUEUE.prometheus },
        target: { type: 'Value', value: '5' },
      },
    },
    {
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
    },
  ])
})
