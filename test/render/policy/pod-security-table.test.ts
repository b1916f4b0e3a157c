import test from 'ava'
import { allFound } from '../../../src/problem/index.ts'
import { viewOf } from '../../../src/render/check/view.ts'
import { podStandard } from '../../../src/render/policy/pod-standard.ts'
import { anEndpoint, anEnvironment } from '../../support/endpoint.ts'
import { PODS } from '../../support/pod-security-table.ts'

for (const { name, passes, pod } of PODS) {
  test(`S4 · Pod Security: the pod ${name} passes ${passes}`, t => {
    t.is(found('baseline', pod).length === 0, passes !== 'neither', 'baseline')
    t.is(found('restricted', pod).length === 0, passes === 'restricted', 'restricted')
  })
}

function found(standard: 'baseline' | 'restricted', pod: (typeof PODS)[number]['pod']) {
  const object = { ...pod, metadata: { name: pod.metadata.name, ...annotationsOf(pod) } }
  const rendering = { object, unpatched: object, patches: [], endpoint: anEndpoint() }
  const environment = anEnvironment()
  const policies = { ...environment.policies, podSecurity: { level: 'error' as const, standard } }
  return allFound(podStandard.find(viewOf([rendering]), { ...environment, policies }))
}

function annotationsOf({ metadata: { annotations } }: (typeof PODS)[number]['pod']) {
  return annotations === undefined ? {} : { annotations }
}
