import anyTest, { type TestFn } from 'ava'
import { reportAsHtml } from '../../src/report/html/page.ts'
import { planAsMarkdown, planReport } from '../../src/report/markdown/plan-markdown.ts'
import { painter, planAsText } from '../../src/report/index.ts'
import { startBrowser, type Browser } from '../support/browser.ts'
import { aDeployment, aFullPlan, anAction, aPlan } from './plans.ts'

/** A change of many endpoints at once, as text, as a comment and as a page. */

const test = anyTest as TestFn<{ browser: Browser }>
test.before(async t => {
  t.context.browser = await startBrowser()
})
test.after.always(async t => {
  await t.context.browser?.close()
})

const grace = { path: 'spec.template.spec.terminationGracePeriodSeconds', before: 30, after: 60 }
const many = Array.from({ length: 57 }, (_, index) =>
  anAction('update', 'Deployment', {
    name: `model-${index}`,
    restartsPods: true,
    desired: aDeployment(),
    changes: [grace],
  }),
)
/** 57 alike, and one of each that a reviewer must not miss. */
const plan = () => {
  const others = aFullPlan().endpoints.flatMap(({ actions }) => actions)
  return aPlan([...many, ...others])
}

test('R3 · a comment tells what happens to many endpoints alike once, below what is dangerous', t => {
  const comment = planAsMarkdown(plan())
  t.is(comment.match(/<details>/g)?.length, 6)
  const heads = [...comment.matchAll(/<b>([^<]*)<\/b>: /g)].map(([, name]) => name)
  t.deepEqual(heads, ['rag', 'ranker', 'old-model', '57 endpoints', 'chat', 'summarizer'])
  for (let index = 0; index < 57; index += 1) t.regex(comment, new RegExp(`\\bmodel-${index}\\b`))
  t.is(comment.split(grace.path).length, 2)
})

test('R3 · the summary of a long comment, and of a long page, is first and last', t => {
  const summary = '62 endpoints change; objects: '
  const comment = planAsMarkdown(plan())
  t.is(comment.split(summary).length, 3)
  t.true(comment.lastIndexOf(summary) > comment.lastIndexOf('</details>'))
  const page = reportAsHtml(planReport(plan()))
  t.regex(page, new RegExp(`<header>[^]*${summary}[^]*</header>[^]*<footer>[^]*${summary}`))
  const short = planAsMarkdown(aPlan([anAction('update', 'Deployment', { changes: [grace] })]))
  t.is(short.split('1 endpoint changes; objects: ').length, 2)
})

test('R3 · text, comment and page have the same order', t => {
  const text = planAsText(plan(), painter(false))
  const order = [...text.matchAll(/^[-+~/]+ \w+ ([\w -]+): /gm)].map(([, name]) => name)
  t.deepEqual(order, ['rag', 'ranker', 'old-model', '57 endpoints', 'chat', 'summarizer'])
})

test('R3 · endpoints that are new and not alike are shown one by one', t => {
  const fresh = ['a', 'b', 'c'].map((name, index) =>
    anAction('create', 'Deployment', { name, desired: aDeployment({ replicas: index }) }),
  )
  t.is(planAsMarkdown(aPlan(fresh)).match(/<details>/g)?.length, 3)
})

test.serial('R3 · the page has the 57 in one row, counts all, and finds one of them', async t => {
  const page = await t.context.browser.open(reportAsHtml(planReport(plan())))
  const rows =
    "[...document.querySelectorAll('.endpoint:not([hidden]) summary b')].map(e => e.textContent)"
  t.deepEqual(await page.evaluate(rows), [
    'rag',
    'ranker',
    'old-model',
    '57 endpoints',
    'chat',
    'summarizer',
  ])
  t.is(await page.evaluate("document.querySelector('#count').textContent"), '62 of 62 shown')
  await page.press('/')
  for (const key of 'model-56') await page.press(key)
  t.deepEqual(await page.evaluate(rows), ['57 endpoints'])
  t.is(await page.evaluate("document.querySelector('#count').textContent"), '57 of 62 shown')
  await page.press('Escape')
  for (const key of ['j', 'j', 'j', 'j', 'Enter']) await page.press(key)
  const open = "document.querySelector('details[open]').textContent"
  t.regex(
    await page.evaluate(open),
    /model-0, model-1, .*model-56[^]*others alike[^]*terminationGrace/,
  )
  t.deepEqual(page.complaints, [])
})
