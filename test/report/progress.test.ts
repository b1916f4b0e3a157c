import test from 'ava'
import type { ApplyEvent } from '../../src/apply/index.ts'
import { causeFirst } from '../../src/report/progress/live.ts'
import { eventLine } from '../../src/report/progress/lines.ts'
import { jsonView, lineView, liveView, painter } from '../../src/report/index.ts'
import { anAction, aPlan } from './plans.ts'
import { isGolden } from './golden.ts'
import { at, plan, play, revision, START, STORY, waiting } from './story.ts'

const plain = painter(false)
test('R14 · a log has each step as a line, and waits when they change or last', t => {
  let text = ''
  play(
    lineView(more => (text += more), plain),
    STORY,
  )
  isGolden(t, 'progress.txt', text)
})

test('R2 · a wait that only grows older is told again every 30 seconds', t => {
  const lines: string[] = []
  const view = lineView(line => lines.push(line), plain)
  view.onEvent({ time: at(0), type: 'started', plan, revision })
  for (let second = 2; second < 70; second += 1) {
    view.onEvent(waiting(second, `pod chat-1: not ready yet for ${second}s`))
    view.tick(START + second * 1000)
  }
  t.deepEqual(
    lines.filter(line => line.includes('not ready')).map(line => line.slice(0, 8)),
    ['12:00:02', '12:00:32', '12:01:02'],
  )
})

test('R14 · hundreds that wait on are told again in one line', t => {
  const lines: string[] = []
  const view = lineView(line => lines.push(line), plain)
  view.onEvent({ time: at(0), type: 'started', plan, revision })
  for (let index = 0; index < 100; index += 1) {
    const event = waiting(2, 'pod: its model is being fetched') as ApplyEvent & { type: 'waiting' }
    view.onEvent({ ...event, endpoint: `chat-${index}`, elapsedSeconds: index === 7 ? 1 : 0 })
  }
  for (let second = 3; second < 40; second += 1) view.tick(START + second * 1000)
  const waits = lines.filter(line => line.includes('fetched'))
  t.is(waits.length, 101)
  t.regex(
    waits.at(-1) ?? '',
    /^12:00:33 still waiting for 100 endpoints as told above; longest: chat-7: pod: its model/,
  )
})

test('R14 · as JSON each event is one line', t => {
  let text = ''
  play(
    jsonView(more => (text += more)),
    STORY,
  )
  const events = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as ApplyEvent)
  const wanted = STORY.filter(step => typeof step !== 'number').map(({ type }) => type)
  t.deepEqual(
    events.map(({ type }) => type),
    wanted,
  )
  const [started] = events
  t.like(started, { type: 'started', plan: { kind: 'Plan', hash: plan.hash } })
})

/** What a terminal shows in the end: lines written, those erased by the cursor moving up taken away. */
function screenOf(output: string): string[] {
  const lines: string[] = []
  // oxlint-disable-next-line no-control-regex -- the view draws with these
  for (const part of output.split(/(\u001B\[\d+A\u001B\[0J)/)) {
    const up = /\[(\d+)A/.exec(part)?.[1]
    if (up === undefined) lines.push(...part.split('\n').slice(0, -1))
    else lines.splice(-Number(up))
  }
  return lines
}

function liveScreens(columns: number, rows = 24): { widest: number; screens: string[][] } {
  let output = ''
  const screens: string[][] = []
  const size = () => ({ columns, rows })
  const view = liveView({ write: text => (output += text), paint: plain, size })
  for (const step of STORY) {
    if (typeof step === 'number') view.tick(START + step * 1000)
    else view.onEvent(step)
    screens.push(screenOf(output))
  }
  view.end()
  screens.push(screenOf(output))
  const drawn = output
    .split('\n')
    .filter(line => line.includes(' of 12m') || line.includes('queued'))
  return { widest: Math.max(...drawn.map(line => line.replace(/.*0J/, '').length)), screens }
}

test('D1 · a terminal shows who waits for what, and how long', t => {
  const { screens } = liveScreens(100)
  const atSecond8 = screens[STORY.indexOf(8)]?.slice(-3) ?? []
  t.regex(atSecond8[0] ?? '', /^… chat {2}\S.*; 0 of 2 new pods available; pod chat-1.* 6s of 12m$/)
  t.regex(
    atSecond8[1] ?? '',
    /^… old {3}deleting Deployment\/old: finalizer example\.com\/keep {2,}3s$/,
  )
  t.is(atSecond8[2], '  1 endpoint queued')
})

test('a terminal keeps what has happened, and nothing of what was drawn', t => {
  isGolden(t, 'progress-live.txt', `${liveScreens(100).screens.at(-1)?.join('\n')}\n`)
})

test('R2 · of a line that is cut the cause is read: it comes first, the object last', t => {
  const rows = [
    ['not ready yet', 'not ready yet'],
    ['Deployment/chat: 0 of 2 replicas available', '0 of 2 replicas available; Deployment/chat'],
    [
      'Deployment/chat: 0 of 2 new pods available; pod chat-1: waiting for a GPU node: 0/3 nodes',
      'waiting for a GPU node: 0/3 nodes; 0 of 2 new pods available; pod chat-1; Deployment/chat',
    ],
    ['deleting Deployment/old: finalizer x', 'deleting Deployment/old: finalizer x'],
  ]
  for (const [detail = '', shown = ''] of rows) t.is(causeFirst(detail), shown)
})

test('no drawn line is wider than the terminal', t => {
  t.true(liveScreens(60).widest <= 60)
})

test('a small terminal shows some endpoints and counts the others', t => {
  let output = ''
  const view = liveView({
    write: text => (output += text),
    paint: plain,
    size: () => ({ columns: 80, rows: 6 }),
  })
  const names = ['a', 'b', 'c', 'd']
  view.onEvent({
    time: at(0),
    type: 'started',
    plan: aPlan(names.map(name => anAction('create', 'Deployment', { name }))),
    revision,
  })
  for (const endpoint of names) {
    view.onEvent({
      time: at(1),
      type: 'waiting',
      endpoint,
      message: 'x',
      elapsedSeconds: 0,
      deadlineSeconds: 60,
    })
  }
  view.tick(START + 2000)
  const screen = screenOf(output).slice(1)
  t.is(screen.length, 3)
  t.is(screen.at(-1), '  2 more at work')
})

test('D5 · a deletion on request is not told as an apply', t => {
  const deletion = { ...aPlan([anAction('prune', 'Deployment')]), deletion: { inGit: [] } }
  const line = eventLine({ time: at(0), type: 'started', plan: deletion, revision }, plain)
  t.regex(line ?? '', / deleting from production: 1 to delete, 0 unchanged$/)
})

test('a message in between does not disturb the drawing', t => {
  let output = ''
  const view = liveView({
    write: text => (output += text),
    paint: plain,
    size: () => ({ columns: 120, rows: 24 }),
  })
  view.onEvent({ time: at(0), type: 'started', plan, revision })
  view.above('warning: deprecated\n')
  view.tick(START + 1000)
  t.deepEqual(screenOf(output).slice(1), ['warning: deprecated', '  3 endpoints queued'])
})
