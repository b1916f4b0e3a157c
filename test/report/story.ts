import type { ApplyEvent, ApplyOutcome } from '../../src/apply/index.ts'
import type { ApplyView } from '../../src/report/index.ts'
import { anAction, aPlan, aRef } from './plans.ts'

/** An apply as its events tell it. */

export const START = Date.parse('2026-11-20T12:00:00Z')
export const at = (seconds: number) => new Date(START + seconds * 1000).toISOString()

export const revision = { commit: '1a2b3c4d5e', dirty: false, actor: 'alice@laptop' }
export const plan = aPlan([
  anAction('update', 'Deployment'),
  anAction('prune', 'Deployment', { name: 'old' }),
  anAction('create', 'Deployment', { name: 'rag' }),
])
const chat = aRef('Deployment', 'chat')
const old = aRef('Deployment', 'old')

const outcome: ApplyOutcome = {
  result: 'failed',
  counts: { create: 1, update: 1, adopt: 0, replace: 0, prune: 1, switch: 0, unchanged: 0 },
  endpoints: { chat: 'ready', old: 'deleted', rag: 'failed' },
  problems: [],
  durationSeconds: 80,
}

export const waiting = (seconds: number, message: string): ApplyEvent => ({
  time: at(seconds),
  type: 'waiting',
  endpoint: 'chat',
  message,
  elapsedSeconds: seconds - 2,
  deadlineSeconds: 720,
})

/** One of each event, with the seconds at which ticks come in between. */
export const STORY: (ApplyEvent | number)[] = [
  { time: at(0), type: 'started', plan, revision },
  { time: at(0), type: 'lock-waiting', holder: 'bob (https://ci.example.com/7)', since: at(-30) },
  1,
  { time: at(1), type: 'lock-acquired', takenOverFrom: 'bob' },
  { time: at(2), type: 'writing', action: 'update', ref: chat, endpoint: 'chat' },
  {
    time: at(2),
    type: 'retrying',
    ref: chat,
    reason: 'the API server asks to slow down',
    attempt: 1,
    delaySeconds: 0.5,
  },
  { time: at(2), type: 'written', outcome: 'configured', ref: chat, endpoint: 'chat' },
  waiting(2, '0 of 2 new pods available; pod chat-1: its images are being pulled for 1s'),
  3,
  waiting(4, '0 of 2 new pods available; pod chat-1: its images are being pulled for 2s'),
  4,
  { time: at(5), type: 'deleting', ref: old, endpoint: 'old', reason: 'no longer rendered' },
  {
    time: at(8),
    type: 'deletion-waiting',
    ref: old,
    endpoint: 'old',
    holding: 'finalizer example.com/keep',
    elapsedSeconds: 3,
  },
  8,
  { time: at(9), type: 'deleted-again', ref: old, endpoint: 'old' },
  35,
  { time: at(36), type: 'deleted', ref: old, endpoint: 'old', elapsedSeconds: 31 },
  {
    time: at(40),
    type: 'smoke-passed',
    endpoint: 'chat',
    check: 'GET /health',
    latencySeconds: 0.2,
  },
  { time: at(40), type: 'ready', endpoint: 'chat', elapsedSeconds: 38 },
  {
    time: at(80),
    type: 'failed',
    endpoint: 'rag',
    problem: {
      code: 'not-ready',
      severity: 'error',
      message: 'rag cannot become ready: \u001B[2Jno such image',
    },
  },
  { time: at(80), type: 'finished', outcome },
]

export function play(view: ApplyView, story: readonly (ApplyEvent | number)[]): void {
  for (const step of story) {
    if (typeof step === 'number') view.tick(START + step * 1000)
    else view.onEvent(step)
  }
  view.end()
}
