import test from 'ava'
import { planReport, reportAsMarkdown } from '../../src/report/index.ts'
import { aDeployment, anAction, aPlan } from './plans.ts'

/** What a change means for those who use an endpoint, and how much of it fits into a comment. */

function wordsFor(replicas: number, rollingUpdate: object): string {
  const strategy = { type: 'RollingUpdate', rollingUpdate }
  const desired = aDeployment({ replicas, gpus: 1, strategy })
  const action = anAction('update', 'Deployment', { restartsPods: true, desired })
  return (
    /<b>restarts.*(?=<\/summary>)/.exec(reportAsMarkdown(planReport(aPlan([action]))))?.[0] ?? ''
  )
}

const cases: [replicas: number, rollingUpdate: object, words: RegExp][] = [
  [1, { maxSurge: 0, maxUnavailable: 1 }, /gap in service: 1 pod at once, none stays/],
  [1, { maxSurge: 1, maxUnavailable: 0 }, /restarts 1 pod<\/b>; <b>needs 1 spare GPU<\/b>$/],
  [2, { maxSurge: 0, maxUnavailable: 1 }, /restarts 2 pods<\/b>$/],
  [2, { maxSurge: 0, maxUnavailable: '100%' }, /gap in service: 2 pods at once, none stays/],
  [3, { maxSurge: 0, maxUnavailable: '25%' }, /restarts 3 pods<\/b>$/],
  [1, { maxSurge: 0, maxUnavailable: '25%' }, /gap in service/],
]

for (const [replicas, rollingUpdate, words] of cases) {
  test(`T5 · ${replicas} × ${JSON.stringify(rollingUpdate)}: ${words.source}`, t => {
    t.regex(wordsFor(replicas, rollingUpdate), words)
  })
}

test('a change to 200 endpoints fits into a comment: details, then headlines, then a note', t => {
  const changes = Array.from({ length: 10 }, (_, index) => ({
    path: `spec.template.spec.containers[name=server].env[name=V${index}].value`,
    before: '<b>@everyone</b>'.repeat(4),
    after: '```'.repeat(8),
  }))
  const actions = Array.from({ length: 200 }, (_, index) =>
    anAction('update', 'Deployment', { name: `endpoint-${index}`, changes }),
  )
  const text = reportAsMarkdown(planReport(aPlan(actions)))
  t.true(text.length <= 65_536)
  t.true(text.startsWith('<!-- slipway:diff:production -->\n'))
  t.regex(text, /<summary>.*<b>endpoint-0<\/b>/)
  t.regex(text, /^- .*<b>endpoint-199<\/b>/m)
  t.regex(text, /Too long for one comment: the details of \d+ endpoints are left out/)
})
