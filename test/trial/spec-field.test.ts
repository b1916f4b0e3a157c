import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { specFieldNamedIn } from '../../src/trial/spec-field.ts'

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
    t.is(specFieldNamedIn({ object: objectOf(kind) }, words), field)
  })
}

function objectOf(kind: string, container: object = {}): KubeObject {
  const template = { spec: { containers: [{ name: 'server', ...container }] } }
  return { apiVersion: 'v1', kind, metadata: { name: 'chat' }, spec: { template } }
}

const BEFORE = objectOf('Deployment', { image: 'chat:1', resources: { requests: { cpu: '1' } } })
const patched = { before: BEFORE, last: 2 }
const CPU = 'spec.template.spec.containers[0].resources.requests: Invalid value: "x"'
const changed = (resources: object) => objectOf('Deployment', { image: 'chat:1', resources })

const PATCHED: [what: string, object: KubeObject, words: string, field: string][] = [
  ['what a patch changed', changed({ requests: { cpu: '-1' } }), CPU, 'spec.patches[2]'],
  ['what none changed', changed({ requests: { cpu: '1' }, limits: {} }), CPU, 'spec.resources'],
  [
    'what a patch took away',
    changed({}),
    'spec.template.spec.containers[0].resources.requests: Required value',
    'spec.patches[2]',
  ],
  ['a field that nobody knows', BEFORE, 'unknown field "spec.foo"', 'spec.patches[2]'],
  ['no field at all', changed({}), 'admission webhook "policy" denied the request', 'spec'],
]

for (const [what, object, words, field] of PATCHED) {
  test(`R8 · where an object was patched, ${what} is about ${field}`, t => {
    t.is(specFieldNamedIn({ object, patched }, words), field)
  })
}
