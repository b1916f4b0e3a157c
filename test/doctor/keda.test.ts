import test from 'ava'
import { judgeAtZero } from '../../src/doctor/checks/keda.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { anEndpoint } from '../support/endpoint.ts'

const holder = (service: string): KubeObject => ({
  apiVersion: 'http.keda.sh/v1alpha1',
  kind: 'HTTPScaledObject',
  metadata: { name: 'front', namespace: 'llm' },
  spec: { scaleTargetRef: { service } },
})
const judge = (holders: KubeObject[], isSeen = true) =>
  judgeAtZero(anEndpoint({ loadTime: '12m' }), { holders, isSeen })

test('K7 · what becomes of a request at zero: held, or not, or nobody may look', t => {
  t.like(judge([holder('other-svc')]), {
    check: 'llm/chat at zero',
    state: 'warning',
    message:
      'nothing holds requests to chat-svc while it has no pods; one is ready after up to 12m',
  })
  t.like(judge([holder('chat-svc')]), {
    state: 'ok',
    message: 'HTTPScaledObject front holds requests until a pod is ready',
  })
  t.is(judge([], false).state, 'unseen')
})
