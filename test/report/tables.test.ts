import test from 'ava'
import { documentOf } from '../../src/report/documents.ts'
import type { Revision } from '../../src/plan/index.ts'
import { explanationAsText, noticeAsText, painter } from '../../src/report/index.ts'
import { historyAsText } from '../../src/report/text/history.ts'
import { statusAsText } from '../../src/report/text/status.ts'
import { validationAsText } from '../../src/report/text/validation.ts'
import type { StatusReport } from '../../src/overview/index.ts'
import { aRef } from './plans.ts'
import { isGolden } from './golden.ts'

const plain = painter(false)
const NOW = Date.parse('2026-11-20T12:00:00Z')

const counts = { create: 1, update: 0, adopt: 1, replace: 0, prune: 2, switch: 1, unchanged: 3 }

const good: Revision = {
  commit: '1a2b3c4d5e6f',
  subject: 'chat: v8',
  author: 'Alice <alice@example.com>',
  dirty: false,
  actor: 'alice (https://github.com/o/r/actions/runs/7)',
  time: '2026-11-20T11:55:00Z',
  counts,
  result: 'succeeded',
  durationSeconds: 83,
}

const partial: Revision = {
  dirty: true,
  actor: 'bob@laptop\u001B[2J',
  time: '2026-11-17T11:55:00Z',
  counts: { ...counts, create: 0, adopt: 0, prune: 0, switch: 0 },
  result: 'failed',
  durationSeconds: 0.4,
  only: ['chat', 'rag'],
}

test('R6 · history says which commit was applied when, by whom and how it went', t => {
  isGolden(t, 'history.txt', historyAsText([good, partial], { paint: plain, now: NOW }))
})

test('history of a new set', t => {
  t.is(historyAsText([], { paint: plain, now: NOW }), 'Nothing has been applied yet.\n')
})

test('S2 · an apply that has begun is shown as not finished', t => {
  const begun: Revision = { ...good, result: 'begun', durationSeconds: 0 }
  const history = historyAsText([begun, good], { paint: plain, now: NOW })
  t.regex(history, /^1a2b3c4 .* begun, not finished .* - +alice/m)
  const report: StatusReport = { environment: 'production', endpoints: [], lastRevision: begun }
  const text = statusAsText(report, { paint: plain, now: NOW })
  t.regex(text, /^production: 1a2b3c4, begun 5m ago by alice .*: not finished \(still running, or/)
})

test('D5 · history tells a deletion on request from an apply', t => {
  const named: Revision = { ...good, action: 'delete', only: ['chat', 'rag'] }
  const { only: _only, ...all } = named
  const history = historyAsText([named, all, good], { paint: plain, now: NOW })
  t.regex(history, /^- +5m +succeeded .* delete chat rag$/m)
  t.regex(history, /^- +5m +succeeded .* delete --all$/m)
})

const absent = {
  endpoint: 'rag',
  state: 'absent' as const,
  message: 'Deployment/llm-ops/rag does not exist',
  inGit: true,
  sync: 'differs' as const,
  deviations: [],
  unseen: [],
}

test('D5 · status does not call a deletion on request an apply, nor what it deleted drifted', t => {
  const deletion: Revision = { ...good, action: 'delete', only: ['rag'], actor: 'bob' }
  const deletedBy = { actor: 'bob', time: '2026-11-20T11:55:00Z' }
  const report: StatusReport = {
    environment: 'production',
    lastRevision: partial,
    lastDeletion: deletion,
    endpoints: [{ ...absent, deletedBy }],
  }
  const text = statusAsText(report, { paint: plain, now: NOW })
  t.regex(text, /^production: no commit with .*: failed\ndeleted: rag, 5m ago by bob: succeeded\n/)
  t.regex(text, /absent: deleted 5m ago by bob; the next apply creates it again/)
  t.notRegex(text, /drifted/)
  t.like(documentOf('Status', report), {
    lastDeletion: { action: 'delete' },
    endpoints: [{ deletedBy }],
  })
})

test('R13 · what was never applied is new, not different', t => {
  const report = { environment: 'production', endpoints: [absent] }
  const text = statusAsText(report, { paint: plain, now: NOW })
  t.regex(text, /^production: nothing has been applied yet\n/)
  t.regex(text, /^- +rag .* absent: not applied yet$/m)
  t.notRegex(text, /differs|does not exist/)
})

test('R13 · what runs and was not applied yet, as after an import, is not called absent', t => {
  const running = { ...absent, state: 'ready' as const, message: '1 of 1 available' }
  const endpoints = [{ ...running, isUnapplied: true as const }]
  const report: StatusReport = { environment: 'production', endpoints }
  const text = statusAsText(report, { paint: plain, now: NOW })
  t.regex(text, /^production: nothing has been applied yet\n/)
  t.regex(text, /^✓ +rag .* ready: running, not applied yet$/m)
  t.notRegex(text, /differs|absent/)
})

test('R13 · that nothing was applied is not said above what is as in git', t => {
  const report = { environment: 'dev', endpoints: [{ ...absent, sync: 'synced' as const }] }
  const text = statusAsText(report, { paint: plain, now: NOW })
  t.regex(text, /^dev: what was applied is not recorded\n/)
})

test('history as JSON is versioned', t => {
  const document = documentOf('History', [good])
  t.deepEqual(document, { apiVersion: 'slipway.dev/v1alpha1', kind: 'History', revisions: [good] })
})

const status: StatusReport = {
  environment: 'production',
  lastRevision: good,
  git: { commit: '5d6e7f80', dirty: true },
  endpoints: [
    {
      endpoint: 'chat',
      namespace: 'llm-ops',
      runtime: 'deployment',
      state: 'ready',
      message: '2 pods ready',
      replicas: { ready: 2, desired: 2 },
      gpus: 2,
      image: 'registry.example.com/team/vllm:v8',
      createdAt: '2026-11-17T11:55:00Z',
      address: 'https://chat.example.com/',
      inGit: true,
      revision: { commit: '1a2b3c4d5e6f', dirty: false, time: '2026-11-20T11:55:00Z' },
      sync: 'drifted',
      deviations: [
        {
          ref: aRef('Deployment', 'chat'),
          reason: 'differs from git',
          changes: [{ path: 'spec.replicas', before: 3, after: 2 }],
          conflicts: [
            'Deployment/llm-ops/chat: spec.replicas is held by the field manager "kubectl": live 3, in git 2',
          ],
        },
        ...['a', 'b', 'c', 'd', 'e'].map(name => ({
          ref: aRef('ConfigMap', name),
          reason: 'not in the cluster',
          changes: [],
        })),
      ],
      unseen: [],
    },
    {
      endpoint: 'california-housing',
      runtime: 'kserve',
      state: 'failed',
      message: 'its image cannot be pulled',
      replicas: { ready: 0, desired: 1 },
      gpus: 0,
      model: 'housing-1.2.0',
      createdAt: '2026-11-20T11:59:10Z',
      diagnosis: {
        cause: 'image-pull',
        summary: 'image x:v1 cannot be pulled',
        evidence: ['pod housing-1: ErrImagePull'],
        remedy: 'check the name and tag of the image',
      },
      inGit: true,
      revision: { commit: '9f8e7d6c5b4a', dirty: true, time: '2026-11-19T11:55:00Z' },
      sync: 'unknown',
      deviations: [],
      unseen: [{ ref: aRef('InferenceService', 'california-housing'), reason: 'no right' }],
    },
    {
      endpoint: 'old',
      state: 'absent',
      message: 'nothing serves it',
      inGit: false,
      sync: 'differs',
      deviations: [{ ref: aRef('Deployment', 'old'), reason: 'no longer rendered', changes: [] }],
      unseen: [],
    },
  ],
}

test('R13 · status is a line for each endpoint, and why those that failed did', t => {
  isGolden(t, 'status.txt', statusAsText(status, { paint: plain, now: NOW }))
  isGolden(t, 'status-wide.txt', statusAsText(status, { paint: plain, now: NOW, wide: true }))
})

for (const columns of [40, 60, 80, 120, 200]) {
  test(`R13 · status on a screen of ${columns} columns wraps no row`, t => {
    const text = statusAsText(status, { paint: plain, now: NOW, columns })
    const wide = text.split('\n').filter(line => line.length > columns && line.trim().includes(' '))
    t.deepEqual(wide, [])
    t.regex(text, /^✗ {2}california-housing +.*failed/m)
    if (columns === 80) isGolden(t, 'status-narrow.txt', text)
  })
}

test('R13 · status of a set to which nothing was applied', t => {
  const text = statusAsText(
    { environment: 'production', endpoints: [] },
    { paint: plain, now: NOW },
  )
  t.is(text, 'production: nothing has been applied yet\nNo endpoints.\n')
})

test('R13 · status as JSON is versioned', t => {
  t.like(documentOf('Status', status), { apiVersion: 'slipway.dev/v1alpha1', kind: 'Status' })
})

test('S1 · that nothing was applied is not said while something is live', t => {
  const endpoints = status.endpoints
  const text = statusAsText({ environment: 'production', endpoints }, { paint: plain, now: NOW })
  t.regex(text, /^production: what was applied is not recorded\n/)
})

test('R7 · an explanation shows each setting with the file and line it comes from', t => {
  const text = explanationAsText(
    {
      endpoint: 'chat',
      rows: [
        { path: 'spec.port', value: 8000, origin: { layer: 'built-in' } },
        {
          path: 'spec.image',
          value: 'registry.example.com/vllm:v8',
          origin: { layer: 'endpoint', place: { file: 'endpoints/chat.yaml', line: 5, column: 3 } },
        },
        { path: 'spec.loadTime', value: 60, origin: { layer: 'built-in' } },
        { path: 'spec.probes.readiness.period', value: 90, origin: { layer: 'built-in' } },
        { path: 'spec.args[0]', value: 'x'.repeat(100), origin: undefined },
      ],
    },
    plain,
  )
  isGolden(t, 'explanation.txt', text)
})

test('a validation says what was checked', t => {
  const environments = [{ name: 'dev', endpoints: 1, objects: 2 }]
  t.is(validationAsText({ environments, problems: [] }), 'dev: valid (1 endpoint, 2 objects)\n')
  t.like(documentOf('Validation', { environments, problems: [] }), {
    kind: 'Validation',
    valid: true,
  })
})

test('R14 · retries and remarks of the API server are told in one line', t => {
  const ref = aRef('Deployment', 'chat')
  const retry = {
    type: 'retrying' as const,
    verb: 'patch' as const,
    ref,
    reason: 'the API server asks to slow down',
    attempt: 2,
    delaySeconds: 1.5,
  }
  t.is(
    noticeAsText(retry, plain),
    'patch Deployment/llm-ops/chat: the API server asks to slow down; again in 1.5s (attempt 3)\n',
  )
  t.is(
    noticeAsText({ type: 'warning', message: 'deprecated\nsince v1.30' }, plain),
    'warning: deprecated since v1.30\n',
  )
  t.is(
    noticeAsText(
      { type: 'sign-in', message: 'To sign in, open a.example.com\nand enter AB\x07-12\n' },
      plain,
    ),
    'To sign in, open a.example.com\nand enter AB-12\n',
  )
})
