import type { KubeObject } from '../../src/object/index.ts'
import { server } from '../support/engine.ts'
import { killedEverywhere } from '../support/killed.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { EACH_LONG } from '../support/thorough.ts'

const { kserve } = sandboxTest()

const inference = (name: string): KubeObject => ({
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: { name, annotations: { 'serving.kserve.io/deploymentMode': 'Standard' } },
  spec: {
    predictor: {
      minReplicas: 1,
      containers: [{ name: 'kserve-container', image: 'registry.example.com/chat:1' }],
    },
  },
})

kserve(
  'K8, D5 · killed at any request of a switch to KServe, the next apply converges',
  killedEverywhere({
    before: { chat: [server('chat', 'chat:1')] },
    after: { chat: [inference('chat')] },
    each: EACH_LONG,
  }),
)

kserve(
  'K8, D5 · killed at any request of a switch from KServe, the next apply converges',
  killedEverywhere({
    before: { chat: [inference('chat')] },
    after: { chat: [server('chat', 'chat:1')] },
    each: EACH_LONG,
  }),
)
