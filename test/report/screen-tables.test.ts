import test from 'ava'
import type { OutcomeReport } from '../../src/delivery/index.ts'
import { liveView, painter } from '../../src/report/index.ts'
import {
  ENVIRONMENT_VIEWS,
  HISTORY_VIEWS,
  IMPORT_VIEWS,
  OUTCOME_VIEWS,
  type Look,
} from '../../src/report/views.ts'
import { screenOf, SIZES } from '../support/screen.ts'
import { anAction, aPlan } from './plans.ts'

/** What is printed at the end, and what has long names, on screens of three sizes: lines break at words. */

const NOW = Date.parse('2026-11-20T12:00:00Z')
const LONG = 'a-model-of-the-support-desk-whose-name-is-as-long-as-names-may-be'
const counts = { create: 0, update: 1, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 }
const revision = { commit: '1a2b3c4d5e', dirty: false, actor: 'alice@laptop' }

const OUTCOME: OutcomeReport = {
  environment: 'production',
  revision,
  deletion: { inGit: ['chat'] },
  outcome: {
    result: 'succeeded',
    counts,
    endpoints: { chat: 'deleted' },
    problems: [],
    durationSeconds: 30,
  },
  failures: [],
}

const HISTORY = [
  {
    ...revision,
    actor: 'alice (https://github.com/organisation/repository/actions/runs/1234567890)',
    time: '2026-11-20T11:00:00Z',
    result: 'succeeded' as const,
    durationSeconds: 83,
    counts,
    subject: 'Serve the second version of the model of the support desk',
  },
]

const IMPORTED = {
  namespace: 'llm',
  rows: [
    {
      kind: 'StatefulSet',
      name: LONG,
      state: 'not at all' as const,
      reasons: ['a StatefulSet cannot be an endpoint: slipway runs models as Deployments'],
    },
  ],
}

const ENVIRONMENTS = ['staging', 'production'].map(name => ({
  name,
  namespace: `${name}-of-the-language-models`,
  context: `arn:aws:eks:eu-central-1:123456789012:cluster/${name}`,
  pipeline: true,
}))

for (const size of SIZES) {
  const { columns } = size
  const look: Look = { paint: painter(true), now: NOW, folder: '.', subject: 'production', columns }

  for (const [what, text, said] of [
    ['an outcome', OUTCOME_VIEWS.text(OUTCOME, look), /the\s+next apply creates it\s+again/],
    ['a history', HISTORY_VIEWS.text(HISTORY, look), /second version/],
    ['an import', IMPORT_VIEWS.text(IMPORTED, look), /StatefulSet cannot be/],
    ['environments', ENVIRONMENT_VIEWS.text(ENVIRONMENTS, look), /cluster\/production/],
  ] as const)
    test(`R14 · ${columns} columns · ${what}: lines break at words`, async t => {
      const screen = await screenOf(await text, size)
      t.deepEqual(screen.broken, [])
      t.regex(screen.all.join('\n'), said)
    })

  test(`R14 · ${columns} columns · who waits under a long name says what for, and how long`, async t => {
    let text = ''
    const view = liveView({ write: more => (text += more), paint: painter(true), size: () => size })
    const time = new Date(NOW).toISOString()
    const plan = aPlan([anAction('update', 'Deployment', { name: LONG })])
    view.onEvent({ time, type: 'started', plan, revision })
    view.onEvent({
      time,
      type: 'waiting',
      endpoint: LONG,
      message: `Deployment/${LONG}: 0 of 2 new pods available; pod ${LONG}-1: image llm:v9 is being pulled`,
      elapsedSeconds: 0,
      deadlineSeconds: 420,
    })
    view.tick(NOW + 20_000)
    const screen = await screenOf(text, size)
    const [line = ''] = screen.all.filter(each => each.startsWith('… a-model'))
    t.regex(line, /image llm:v9 is being pulled.* 20s of 7m$/)
    t.deepEqual(screen.broken, [])
  })
}

test('R14 · a history on a narrow screen has a line for what was applied, and by whom', t => {
  const look: Look = { paint: painter(false), now: NOW, folder: '.', subject: '', columns: 80 }
  t.is(
    HISTORY_VIEWS.text(HISTORY, look),
    [
      'REVISION  AGE  RESULT     CHANGES  TOOK',
      '1a2b3c4   1h   succeeded  ~1       1m 23s',
      '   Serve the second version of the model of the support desk, by alice',
      '     (https://github.com/organisation/repository/actions/runs/1234567890)',
      '',
    ].join('\n'),
  )
})
