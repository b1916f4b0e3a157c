import test from 'ava'
import { painter, planAsText } from '../../src/report/index.ts'
import { planAsMarkdown } from '../../src/report/markdown/plan-markdown.ts'
import { endpointChanges } from '../../src/report/endpoint-change.ts'
import { alike, byDanger } from '../../src/report/reading-order.ts'
import { aDeployment, aFullPlan, anAction, aPlan } from './plans.ts'

/** In which order a plan is read, and what is told together. */

const plain = painter(false)
const names = (plan = aFullPlan()) =>
  byDanger(endpointChanges(plan.endpoints.flatMap(({ actions }) => actions))).map(
    ({ endpoint }) => endpoint,
  )

test('R3 · gaps in service come first, then deletions, restarts, the rest, what is new', t => {
  t.deepEqual(names(), ['rag', 'ranker', 'old-model', 'chat', 'summarizer'])
})

const many = (count: number, field = 'spec.paused') =>
  aPlan(
    Array.from({ length: count }, (_, index) =>
      anAction('update', 'Deployment', {
        name: `model-${index}`,
        desired: aDeployment(),
        changes: [{ path: field, before: `model-${index}`, after: true }],
      }),
    ),
  )

test('R3 · what happens to many endpoints alike is told once, with all their names', t => {
  const text = planAsText(many(57), plain)
  t.regex(text, /^~ update 57 endpoints: /m)
  for (let index = 0; index < 57; index += 1) t.regex(text, new RegExp(`\\bmodel-${index}\\b`))
  t.is(text.split('spec.paused').length, 2)
  t.true(text.split('\n').length < 30)
})

test('R3 · two are shown one by one, and so is what differs', t => {
  t.notRegex(planAsText(many(2), plain), /2 endpoints:/)
  const actions = [...many(3).endpoints, ...many(4, 'spec.replicas').endpoints.slice(3)]
  const groups = endpointChanges(actions.flatMap(each => each.actions))
  t.deepEqual(
    alike(groups).map(same => same.length),
    [3, 1],
  )
})

test('R3 · the summary is first and last where there is much between, and counts endpoints and objects', t => {
  const summary = /^ml-endpoints in production: 5 endpoints change; objects: 4 to create, /
  const lines = planAsText(aFullPlan(), plain).trimEnd().split('\n')
  t.regex(lines[0] ?? '', summary)
  t.is(lines.at(-3), lines[0])
  t.regex(planAsMarkdown(aFullPlan()), /\*\*5 endpoints change; objects: 4 to create/)
})
