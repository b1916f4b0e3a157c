import test from 'ava'
import { endpointFile, load, loadChat, projectFile } from '../spec/support.ts'

/** The Prometheus of all queues stands once in the project: it is asked for the endpoints that have one. */

const PROMETHEUS = { serverAddress: 'http://prometheus.monitoring:9090' }
const PROJECT = projectFile({
  spec: `defaults: {scaling: {queue: {prometheus: ${JSON.stringify(PROMETHEUS)}}}}`,
})

test('W4, R7 · the project’s Prometheus makes no queue', async t => {
  const chat = await loadChat(t, {
    'slipway.yaml': PROJECT,
    'endpoints/chat.yaml': endpointFile(
      'image: registry.example.com/chat:v1\nscaling: {max: 4, cpu: 70}\nresources: {cpu: 1}',
    ),
  })
  t.deepEqual(chat.spec.scaling, { min: 1, max: 4, cpu: 70 })
})

test('W4, R7 · the project’s Prometheus is for every endpoint that has a queue', async t => {
  const chat = await loadChat(t, {
    'slipway.yaml': PROJECT,
    'endpoints/chat.yaml': endpointFile(
      'image: registry.example.com/chat:v1\nscaling: {max: 4, queue: {preset: vllm-waiting, target: 5}}',
    ),
  })
  const queue = { preset: 'vllm-waiting', target: 5, prometheus: PROMETHEUS }
  t.deepEqual(chat.spec.scaling, { min: 1, max: 4, queue } as typeof chat.spec.scaling)
})

test('W4 · an endpoint that begins a queue itself has to end it', async t => {
  const { problems } = await load({
    'slipway.yaml': PROJECT,
    'endpoints/chat.yaml': endpointFile(
      'image: registry.example.com/chat:v1\nresources: {cpu: 1}\nscaling: {max: 4, cpu: 70, queue: {cooldown: 5m}}',
    ),
  })
  t.is(problems[0]?.message, 'spec.scaling.queue names nothing to count')
})
