import test from 'ava'
import { specFieldOf } from '../../src/trial/spec-field.ts'

const cases: [kind: string, words: string, field: string][] = [
  [
    'Deployment',
    'spec.template.spec.containers[0].resources.requests: Invalid value',
    'spec.resources',
  ],
  [
    'Deployment',
    'spec.template.spec.tolerations[0].operator: Unsupported value',
    'spec.scheduling.tolerations',
  ],
  ['Deployment', 'strict decoding error: unknown field "spec.template.spec.foo"', 'spec.patches'],
  [
    'Deployment',
    'spec.template.spec.schedulerName: Invalid value: "Gang"',
    'spec.scheduling.schedulerName',
  ],
  ['HorizontalPodAutoscaler', 'spec.metrics[1].type: Required value', 'spec.scaling.metrics'],
  ['Ingress', 'spec.rules[0].host: Invalid value: "*"', 'spec.ingress'],
  ['NetworkPolicy', 'spec.ingress[0].from[0]: Required value', 'spec.networkPolicy'],
  ['Deployment', 'admission webhook "policy" denied the request', 'spec'],
]

for (const [kind, words, field] of cases) {
  test(`R8 · ${kind}: ${words.slice(0, 40)} is about ${field}`, t => {
    t.is(specFieldOf(kind, words), field)
  })
}
