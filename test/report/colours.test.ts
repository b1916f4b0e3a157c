import test from 'ava'
import type { ApplyOutcome } from '../../src/apply/index.ts'
import type { EnvironmentStatus, ShownEndpoint } from '../../src/overview/index.ts'
import {
  DOCTOR_VIEWS,
  FLEET_VIEWS,
  HISTORY_VIEWS,
  OUTCOME_VIEWS,
  painter,
  SMOKE_VIEWS,
} from '../../src/report/index.ts'
import { textWidth } from '../../src/report/text/table.ts'

/** Red is for what failed; and no line is wider than the screen, with nothing left out. */

const NOW = Date.parse('2026-11-20T12:00:00Z')
const look = { paint: painter(true), now: NOW, folder: '', subject: '' }
const RED = '\u001B[31m'

const counts = { create: 0, update: 1, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 }

const endpoint: ShownEndpoint = {
  endpoint: 'chat',
  inGit: true,
  state: 'ready',
  message: 'ready',
  image: 'registry.example.com/team/chat:1.0.0',
  sync: 'drifted',
  deviations: [],
  unseen: [],
}

const inFleet = (own: ShownEndpoint): EnvironmentStatus => ({
  environment: 'production',
  now: NOW,
  problems: [],
  report: { environment: 'production', endpoints: [own] },
})

const outcome = (result: ApplyOutcome['result']) => ({
  environment: 'production',
  revision: { commit: '1a2b3c4d5e', dirty: false, actor: 'alice' },
  outcome: { result, counts, endpoints: {}, problems: [], durationSeconds: 8 },
  failures: [],
})

const applied = (result: ApplyOutcome['result']) => [
  {
    commit: '1a2b3c4d5e',
    time: '2026-11-20T11:00:00Z',
    actor: 'alice',
    dirty: false,
    result,
    durationSeconds: 8,
    counts,
  },
]

const SHOWN: [what: string, text: string | Promise<string>, isRed: boolean][] = [
  ['an apply that failed', OUTCOME_VIEWS.text(outcome('failed'), look), true],
  ['an apply that was interrupted', OUTCOME_VIEWS.text(outcome('interrupted'), look), false],
  ['a record of one that failed', HISTORY_VIEWS.text(applied('failed'), look), true],
  ['a record of one that was interrupted', HISTORY_VIEWS.text(applied('interrupted'), look), false],
  [
    'an endpoint that drifted and serves',
    FLEET_VIEWS.text({ project: 'shop', environments: [inFleet(endpoint)] }, look),
    false,
  ],
  [
    'an endpoint that failed',
    FLEET_VIEWS.text(
      { project: 'shop', environments: [inFleet({ ...endpoint, state: 'failed' })] },
      look,
    ),
    true,
  ],
]

for (const [what, text, isRed] of SHOWN) {
  test(`R14 · ${what} is ${isRed ? '' : 'not '}red`, async t => {
    t.is((await text).includes(RED), isRed)
  })
}

const LONG = 'the model did not answer within the time that its smoke test gives it, which is short'
const problem = { code: 'smoke-failed' as const, severity: 'error' as const, message: LONG }

const WIDE: [what: string, narrow: string | Promise<string>, words: string][] = [
  [
    'doctor',
    DOCTOR_VIEWS.text(
      {
        environment: 'production',
        server: 'https://example.com',
        findings: [{ check: 'KServe', state: 'missing', message: LONG, remedy: LONG }],
      },
      { ...look, columns: 80 },
    ),
    LONG,
  ],
  [
    'smoke',
    SMOKE_VIEWS.text(
      {
        environment: 'production',
        endpoints: [{ endpoint: 'chat', passed: false, checks: [], problem }],
      },
      { ...look, columns: 80 },
    ),
    LONG,
  ],
  [
    'status of several environments',
    FLEET_VIEWS.text(
      {
        project: 'shop',
        environments: [inFleet({ ...endpoint, state: 'progressing', message: LONG })],
      },
      { ...look, columns: 80 },
    ),
    LONG,
  ],
]

for (const [what, narrow, words] of WIDE) {
  test(`R14 · ${what} fits 80 columns, and says everything`, async t => {
    const text = await narrow
    for (const line of text.split('\n')) t.true(textWidth(line) <= 80, line)
    t.true(text.replaceAll(/\s+/g, ' ').includes(words), text)
  })
}
