import test from 'ava'
import type { ApplyEvent } from '../../src/apply/index.ts'
import type { ShownEndpoint, StatusReport } from '../../src/overview/index.ts'
import { failuresAsText, liveView, painter, planAsText } from '../../src/report/index.ts'
import type { OutcomeReport } from '../../src/delivery/index.ts'
import { outcomeAsText } from '../../src/report/text/outcome.ts'
import { statusAsText } from '../../src/report/text/status.ts'
import { screenOf, SIZES, type Played, type Size } from '../support/screen.ts'
import { aDeployment, aFullPlan, anAction, aPlan } from './plans.ts'

/** What is on the screen, by a terminal emulator, at three sizes, with colours and without. */

const START = Date.parse('2026-11-20T12:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString()
const LOOKS = SIZES.flatMap(size => [true, false].map(colours => ({ size, colours })))
const RED = 1
const GREEN = 2

for (const { size, colours } of LOOKS) {
  const { columns, rows } = size
  const paint = painter(colours)
  const title = `${columns}x${rows}${colours ? ' in colour' : ''}`

  test(`R2 · ${title} · while an endpoint is waited for: the cause first, the object last, the parts of the time`, async t => {
    const screen = await screenOf(running(size, paint), size)
    const [line = ''] = screen.visible.filter(each => each.startsWith('… chat'))
    t.regex(line, /^… chat {2}image registry\.example\.com\/llm:v9 is being pulled/)
    t.regex(line, /20s of 7m$/)
    if (columns >= 200) t.true(line.indexOf('pulled') < line.indexOf('Deployment/chat'), line)
    const parts = screen.visible.join(' ').replaceAll(/\s+/g, ' ')
    t.regex(
      parts,
      /7m: 5m 30s to schedule its pods and pull images, 1m of loadTime, 30s of grace for the pods before/,
    )
    t.deepEqual(screen.broken, [])
  })

  test(`R14 · ${title} · what was drawn is gone in the end, and a failure is told once`, async t => {
    const text = `${running(size, paint, true)}\n${failuresAsText(REPORT, paint, columns)}\n${outcomeAsText(REPORT, paint)}`
    const screen = await screenOf(text, size)
    const seen = screen.all.join('\n')
    t.notRegex(seen, /of 7m|^…/m)
    for (const once of ['waiting: ImagePullBackOff', 'correct the tag', 'cannot become ready'])
      t.is(seen.split(once).length, 2, once)
    t.true(
      screen.visible.includes(
        '✗ chat: image registry.example.com/llm:v9 not found in its registry',
      ),
    )
    t.deepEqual(screen.broken, [])
    const wanted = colours ? RED : undefined
    t.is(screen.colourOf('✗ chat: image'), wanted)
  })

  test(`R3 · ${title} · a plan of many: the summary is on the last screen and above all, lines break at words`, async t => {
    const screen = await screenOf(planAsText(manyChange(), paint, columns), size)
    t.regex(screen.all[0] ?? '', /^ml-endpoints in production: 62 endpoints change; objects: /)
    t.true(screen.visible.some(line => line.startsWith('ml-endpoints in production: 62 endpoints')))
    t.true(screen.all.length < 120, `${screen.all.length} rows`)
    t.deepEqual(screen.broken, [])
    t.is(screen.colourOf('- delete old-model'), colours ? RED : undefined)
    t.is(screen.colourOf('+ create summarizer'), colours ? GREEN : undefined)
  })

  test(`R5 · ${title} · status: no row is broken, and the state of each is seen`, async t => {
    const screen = await screenOf(statusAsText(STATUS, { paint, now: START, columns }), size)
    t.deepEqual(screen.broken, [])
    for (const [name, state] of [
      ['chat', 'ready'],
      ['classifier-for-support-tickets', 'progressing'],
      ['rag', 'failed'],
    ])
      t.regex(
        screen.all.find(line => line.includes(` ${name} `)) ?? '',
        new RegExp(`\\b${state}\\b`),
      )
    t.true(screen.visible.join(' ').replaceAll(/\s+/g, ' ').includes('its model is being fetched'))
    t.is(screen.colourOf('✗'), colours ? RED : undefined)
  })
}

const NARROW = { columns: 50, rows: 20 }

const [SMALL, LARGE, WHOLE] = SIZES as [Size, Size, Size]

for (const [from, to] of [
  [LARGE, NARROW],
  [WHOLE, SMALL],
  [NARROW, WHOLE],
] as const) {
  const title = `${from.columns} to ${to.columns} columns`

  test(`R14 · from ${title} while an endpoint is waited for: nothing of what was drawn stays`, async t => {
    let size: Size = from
    const played: Played[] = ['$ slipway apply\n']
    const view = liveView({
      write: more => played.push(more),
      paint: painter(true),
      size: () => size,
    })
    for (const event of events()) view.onEvent(event)
    view.tick(START + 22_000)
    played.push(to)
    size = to
    view.tick(START + 23_000)
    const during = await screenOf(played, from)
    t.is(during.all.filter(line => line.startsWith('… chat')).length, 1, during.all.join('\n'))
    t.is(during.all.filter(line => line.includes('of loadTime')).length, 1)
    // What had happened before is for the terminal to break.
    t.deepEqual(
      during.broken.filter(line => /of 7m|grace/.test(line)),
      [],
    )
    view.end()
    const { all } = await screenOf(played, from)
    const text = all.join('\n')
    t.regex(text, /^\$ slipway apply\n12:00:00 applying 1a2b3c4 .*unchanged$/s)
    t.notRegex(text, /of 7m|grace/)
  })
}

test('R14 · what others wrote in wide letters is cut where the screen ends', async t => {
  let text = ''
  const size = { columns: 60, rows: 20 }
  const view = liveView({ write: more => (text += more), paint: painter(false), size: () => size })
  for (const event of events())
    view.onEvent(event.type === 'waiting' ? { ...event, message: '模型'.repeat(40) } : event)
  view.tick(START + 22_000)
  const screen = await screenOf(text, size)
  t.deepEqual(screen.broken, [])
  t.regex(screen.all.join('\n'), /^… chat {2}模型.*… +20s of 7m$/m)
})

test('R14 · what happened is broken at words above what is drawn', async t => {
  let text = ''
  const view = liveView({
    write: more => (text += more),
    paint: painter(true),
    size: () => NARROW,
  })
  for (const event of events()) view.onEvent(event)
  view.above(
    'Interrupted: finishing cleanly. Press Ctrl-C once more to end at once, in any state.\n',
  )
  const screen = await screenOf(text, NARROW)
  t.deepEqual(screen.broken, [])
  t.is(screen.all.filter(line => line.startsWith('… chat')).length, 1)
})

/** An apply after 20 s of waiting; to its end, when that is asked for. */
function running(
  { columns, rows }: (typeof SIZES)[number],
  paint: ReturnType<typeof painter>,
  toTheEnd = false,
): string {
  let text = ''
  const view = liveView({ write: more => (text += more), paint, size: () => ({ columns, rows }) })
  for (const event of events()) view.onEvent(event)
  view.tick(START + 22_000)
  if (!toTheEnd) return text
  view.onEvent({
    time: at(30),
    type: 'failed',
    endpoint: 'chat',
    problem: PROBLEM,
    diagnosis: DIAGNOSIS,
  })
  view.end()
  return text
}

function events(): ApplyEvent[] {
  const plan = aPlan([anAction('update', 'Deployment', { desired: aDeployment() })])
  const budget = { aroundSeconds: 330, loadSeconds: 60, graceSeconds: 30 }
  const endpoints = plan.endpoints.map(each => ({ ...each, readySeconds: 420, budget }))
  const revision = { commit: '1a2b3c4d5e', dirty: false, actor: 'alice@laptop' }
  return [
    { time: at(0), type: 'started', plan: { ...plan, endpoints }, revision },
    {
      time: at(2),
      type: 'waiting',
      endpoint: 'chat',
      message:
        'Deployment/chat: 0 of 2 new pods available; pod chat-7c9f6d5b8-x2kqz: image registry.example.com/llm:v9 is being pulled',
      elapsedSeconds: 0,
      deadlineSeconds: 420,
    },
  ]
}

const PROBLEM = {
  code: 'not-ready' as const,
  severity: 'error' as const,
  message: 'chat cannot become ready: 0 of 2 new pods available',
  object: 'Deployment/llm-ops/chat',
  endpoint: 'chat',
}

const DIAGNOSIS = {
  cause: 'image-not-found',
  summary: 'image registry.example.com/llm:v9 not found in its registry',
  evidence: [
    'pod chat-7c9f6d5b8-x2kqz: container server waiting: ImagePullBackOff: Back-off pulling image',
  ],
  remedy: 'correct the tag in endpoints/chat.yaml, or push the image',
}

const REPORT: OutcomeReport = {
  environment: 'production',
  revision: { commit: '1a2b3c4d5e', dirty: false, actor: 'alice@laptop' },
  outcome: {
    result: 'failed',
    counts: { create: 0, update: 1, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 },
    endpoints: { chat: 'failed' },
    problems: [PROBLEM],
    durationSeconds: 30,
  },
  failures: [{ endpoint: 'chat', problem: PROBLEM, diagnosis: DIAGNOSIS }],
}

function manyChange() {
  const changes = [
    {
      path: 'spec.template.spec.containers[name=server].image',
      before: 'r.example.com/a:1',
      after: 'r.example.com/a:2',
    },
  ]
  const alike = Array.from({ length: 57 }, (_, index) =>
    anAction('update', 'Deployment', {
      name: `model-${index}`,
      restartsPods: true,
      desired: aDeployment(),
      changes,
    }),
  )
  return aPlan([...alike, ...aFullPlan().endpoints.flatMap(({ actions }) => actions)])
}

function shown(endpoint: string, more: Partial<ShownEndpoint>): ShownEndpoint {
  return {
    endpoint,
    state: 'ready',
    message: '',
    runtime: 'deployment',
    replicas: { ready: 2, desired: 2 },
    gpus: 1,
    createdAt: at(-86_400),
    image: 'registry.example.com/team/vllm-openai:v0.11.0',
    inGit: true,
    sync: 'synced',
    deviations: [],
    unseen: [],
    ...more,
  }
}

const STATUS: StatusReport = {
  environment: 'production',
  endpoints: [
    shown('chat', {}),
    shown('classifier-for-support-tickets', {
      state: 'progressing',
      message:
        'Deployment/classifier: 0 of 2 new pods available; pod classifier-1: its model is being fetched',
      replicas: { ready: 0, desired: 2 },
    }),
    shown('rag', {
      state: 'failed',
      message: '0 of 2 pods available',
      diagnosis: DIAGNOSIS,
      replicas: { ready: 0, desired: 2 },
    }),
  ],
}
