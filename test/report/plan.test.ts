import test from 'ava'
import type { ObjectChange } from '../../src/plan/index.ts'
import { changesAsText, painter, planAsText, renderChanges } from '../../src/report/index.ts'
import { planAsMarkdown } from '../../src/report/markdown/plan-markdown.ts'
import { documentOf } from '../../src/report/documents.ts'
import { aFullPlan, anAction, aPlan, aRef } from './plans.ts'
import { isGolden } from './golden.ts'

const plain = painter(false)

test('T4 · a plan as text says per endpoint what happens, then objects and fields', t => {
  isGolden(t, 'plan.txt', planAsText(aFullPlan(), plain))
})

test('a plan as Markdown is a comment with details per endpoint', t => {
  isGolden(t, 'plan.md', planAsMarkdown(aFullPlan()))
})

test('a plan as JSON is versioned and leaves the objects to render', t => {
  const document = documentOf('Plan', aFullPlan())
  t.is(document.apiVersion, 'slipway.dev/v1alpha1')
  t.is(document.kind, 'Plan')
  t.false(JSON.stringify(document).includes('"desired"'))
  isGolden(t, 'plan.json', `${JSON.stringify(document, undefined, 2)}\n`)
})

test('a plan without changes is one line', t => {
  const plan = aPlan([], { unchanged: [aRef('Service', 'chat')] })
  t.is(planAsText(plan, plain), 'ml-endpoints in production: no changes, 1 unchanged\n')
})

test('colours are only added around words', t => {
  const coloured = planAsText(aFullPlan(), painter(true))
  t.true(coloured.includes('\u001B[31m'))
  // oxlint-disable-next-line no-control-regex -- colours are what is taken away
  t.is(coloured.replaceAll(/\u001B\[\d+m/g, ''), planAsText(aFullPlan(), plain))
})

function firstLine(plan: ReturnType<typeof aPlan>): string {
  return planAsText(plan, plain).split('\n')[0] ?? ''
}

const testHighlight = test.macro({
  exec: (t, path: string, [before, after]: [unknown, unknown], words: string) => {
    const changes = [
      {
        path,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      },
    ]
    t.is(
      firstLine(aPlan([anAction('update', 'Deployment', { changes })])),
      `~ update chat: ${words}; restarts no pods; downtime: no`,
    )
  },
  title: (_, __, ___, words: string) => `highlight · ${words}`,
})

const CONTAINER = 'spec.template.spec.containers[name=server]'
test(testHighlight, `${CONTAINER}.image`, ['a/b:v1', 'a/b:v2'], 'image v1 → v2')
test(testHighlight, `${CONTAINER}.image`, ['a/b:v1', 'c/b:v1'], 'image a/b:v1 → c/b:v1')
test(
  testHighlight,
  `${CONTAINER}.image`,
  [`a:5000/b@sha256:${'1'.repeat(64)}`, `a:5000/b@sha256:${'2'.repeat(64)}`],
  'image 111111111111 → 222222222222',
)
test(
  testHighlight,
  'spec.template.spec.volumes[name=model].image.reference',
  [`r.example.com/llama@sha256:${'a'.repeat(64)}`, `r.example.com/llama@sha256:${'b'.repeat(64)}`],
  'weights sha256:aaaaaaaaaaaa → sha256:bbbbbbbbbbbb',
)
test(
  testHighlight,
  'spec.template.spec.volumes[name=model].image.reference',
  ['r.example.com/llama:3.0', 'r.example.com/llama:3.1'],
  'weights 3.0 → 3.1',
)
test(
  testHighlight,
  'spec.template.spec.volumes[name=adapter-sql].image.reference',
  ['r.example.com/sql:1', 'r.example.com/sql:2'],
  'adapter sql 1 → 2',
)
test(testHighlight, `${CONTAINER}.resources.limits["nvidia.com/gpu"]`, [1, 2], 'GPUs 1 → 2')
test(testHighlight, `${CONTAINER}.resources.limits["nvidia.com/mig-1g.5gb"]`, [2, 4], 'GPUs 2 → 4')
test(
  testHighlight,
  `${CONTAINER}.resources.limits.memory`,
  ['8Gi', '16Gi'],
  'memory limit 8Gi → 16Gi',
)
test(
  testHighlight,
  `${CONTAINER}.env[name=LEVEL].value`,
  ['info', 'debug'],
  'env LEVEL info → debug',
)
test(
  testHighlight,
  `${CONTAINER}.env[name=LEVEL]`,
  [{ name: 'LEVEL', value: 'x' }, undefined],
  'removes env LEVEL',
)
test(testHighlight, `${CONTAINER}.livenessProbe.periodSeconds`, [10, 20], '1 field')

const difference = (type: ObjectChange['type'], kind: string): ObjectChange => ({
  type,
  ref: aRef(kind, 'chat'),
  endpoint: 'chat',
  changes: [],
  restartsPods: false,
})

test('a limit and a request that change alike are one highlight', t => {
  const changes = ['limits', 'requests'].map(name => ({
    path: `${CONTAINER}.resources.${name}.cpu`,
    before: 1,
    after: 2,
  }))
  t.is(
    firstLine(aPlan([anAction('update', 'Deployment', { changes })])),
    '~ update chat: cpu 1 → 2; restarts no pods; downtime: no',
  )
})

test('what readers ask for first comes first, and a port that everything follows is one highlight', t => {
  const paths = [
    'env[name=PORT].value',
    'ports[name=http].containerPort',
    'livenessProbe.httpGet.port',
  ]
  const changes = [
    ...paths.map(path => ({ path: `${CONTAINER}.${path}`, before: 8000, after: 9000 })),
    { path: `${CONTAINER}.resources.limits["nvidia.com/gpu"]`, before: '1', after: '2' },
    { path: `${CONTAINER}.image`, before: 'a/b:v7', after: 'a/b:v8' },
  ]
  t.is(
    firstLine(aPlan([anAction('update', 'Deployment', { changes })])),
    '~ update chat: image v7 → v8, GPUs 1 → 2, port 8000 → 9000, env PORT 8000 → 9000; restarts no pods; downtime: no',
  )
})

test('two renders are shown like a plan, a runtime switch included', t => {
  const changes = renderChanges(
    [difference('removed', 'InferenceService'), difference('added', 'Deployment')],
    [],
  )
  isGolden(t, 'switch.txt', changesAsText(changes, plain))
  t.is(changesAsText([], plain), 'No differences.\n')
})

test('a long text shows what goes and what comes, not the rest', t => {
  const before = ['a', 'b', 'c', 'd'].join('\n')
  const changes = [{ path: 'data.script', before, after: before.replace('c', 'x\ny') }]
  const text = planAsText(aPlan([anAction('update', 'ConfigMap', { changes })]), plain)
  t.regex(
    text,
    /data\.script:\n +\(2 lines as before\)\n +- +c\n +\+ +x\n +\+ +y\n +\(1 line as before\)/,
  )
})

test('control characters of cluster values do not reach the terminal', t => {
  const changes = [
    { path: 'metadata.labels.a', before: 'x\u001B[2Jy', after: 'ok\u0007\u202Edone' },
  ]
  const text = planAsText(aPlan([anAction('update', 'Service', { changes })]), plain)
  // oxlint-disable-next-line no-control-regex -- that there are none is the point
  t.notRegex(text, /[\u0000-\u0009\u000B-\u001F\u202E]/)
  t.true(text.includes('xy → okdone'))
})

test('foreign text cannot break out of the comment', t => {
  const changes = [{ path: 'metadata.labels.a', before: '```', after: '</details><script>' }]
  const problems = [
    { code: 'guard' as const, severity: 'error' as const, message: '<img src=x> @everyone `a`' },
  ]
  const text = planAsMarkdown(
    aPlan([anAction('update', 'Service', { changes, reason: '`' })], { problems }),
  )
  t.true(text.includes('````diff'))
  t.true(text.includes('&lt;img src=x&gt;'))
  t.false(text.includes('@everyone'))
})
