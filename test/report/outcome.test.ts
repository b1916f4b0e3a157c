import test from 'ava'
import { documentOf } from '../../src/report/documents.ts'
import type { ApplyOutcome } from '../../src/apply/index.ts'
import type { Problem } from '../../src/problem/index.ts'
import { failuresAsText, outcomeAsMarkdown, painter } from '../../src/report/index.ts'
import { outcomeAsText } from '../../src/report/text/outcome.ts'
import type { OutcomeReport } from '../../src/delivery/index.ts'
import { isGolden } from './golden.ts'

const plain = painter(false)

const counts = { create: 1, update: 2, adopt: 0, replace: 1, prune: 1, switch: 0, unchanged: 4 }

const notReady: Problem = {
  code: 'not-ready',
  severity: 'error',
  message: 'rag cannot become ready: its image cannot be pulled',
  object: 'Deployment/llm-ops/rag',
  endpoint: 'rag',
}

const diagnosis = {
  cause: 'image-pull',
  summary: 'image registry.example.com/rag:v9 cannot be pulled',
  evidence: ['pod rag-1: container server waiting: ErrImagePull', 'first\n::error::fake'],
  remedy: 'check the name and tag of the image',
}

function aReport(more: Partial<ApplyOutcome> = {}): OutcomeReport {
  return {
    environment: 'production',
    revision: { commit: '1a2b3c4d5e', dirty: false, actor: 'alice@laptop' },
    outcome: {
      result: 'failed',
      counts,
      endpoints: { chat: 'ready', rag: 'failed', old: 'deleted', new: 'skipped' },
      problems: [notReady],
      durationSeconds: 80,
      ...more,
    },
    failures: [{ endpoint: 'rag', problem: notReady, diagnosis }],
  }
}

test('D7 · the outcome names every endpoint', t => {
  isGolden(t, 'outcome.txt', outcomeAsText(aReport(), plain))
})

test('K3 · a failure comes with its diagnosis: what, evidence, remedy', t => {
  isGolden(t, 'failures.txt', failuresAsText(aReport(), plain))
})

test('K3 · what a message says of the cause is not told below it again', t => {
  const { summary } = diagnosis
  const told = (message: string) => {
    const problem = { ...notReady, message }
    const report = {
      ...aReport({ problems: [problem] }),
      failures: [{ endpoint: 'rag', problem, diagnosis }],
    }
    return failuresAsText(report, plain).split('\n')[1]?.trim()
  }
  const where = 'Deployment/llm-ops/rag'
  t.is(
    told(`rag cannot become ready: Deployment/rag: ${summary}`),
    `${where}: rag cannot become ready`,
  )
  t.is(told(`rag cannot become ready: ${summary}`), `${where}: rag cannot become ready`)
  t.is(
    told(`rag is not ready: 0 of 2 pods available; pod rag-1: ${summary}`),
    `${where}: rag is not ready: 0 of 2 pods available; pod rag-1`,
  )
  t.is(told('rag is not ready'), `${where}: rag is not ready`)
})

test('D7 · a failure that only an event told is listed, too', t => {
  t.is(failuresAsText(aReport({ problems: [] }), plain), failuresAsText(aReport(), plain))
})

test('K3 · a failure is told once, its cause first', t => {
  const text = failuresAsText(aReport(), plain)
  t.regex(text, /^✗ rag: image registry\.example\.com\/rag:v9 cannot be pulled\n/)
  for (const part of ['rag:v9 cannot be pulled', 'its image cannot be pulled', 'check the name'])
    t.is(text.split(part).length, 2, part)
})

test('no failures are no text', t => {
  const report = { ...aReport({ problems: [] }), failures: [] }
  t.is(failuresAsText(report, plain), '')
})

test('the outcome as Markdown is for the page of a run', t => {
  isGolden(t, 'outcome.md', outcomeAsMarkdown(aReport()))
})

test('the outcome as JSON is versioned and has the diagnoses', t => {
  const document = documentOf('ApplyOutcome', aReport())
  t.like(document, {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'ApplyOutcome',
    result: 'failed',
    problems: [{ code: 'not-ready', diagnosis: { cause: 'image-pull' } }],
  })
})

const headlineOf = (more: Partial<ApplyOutcome>, dirty = false) => {
  const report = aReport(more)
  return outcomeAsText({ ...report, revision: { ...report.revision, dirty } }, plain).split('\n')[0]
}

const gone = (inGit: string[], more: Partial<ApplyOutcome> = {}) => {
  const report = aReport({ result: 'succeeded', endpoints: { chat: 'deleted' }, ...more })
  return outcomeAsText({ ...report, deletion: { inGit } }, plain).split('\n')[0]
}

test('D5 · a deletion on request says what was deleted, and what comes back', t => {
  const both = { endpoints: { chat: 'deleted', rag: 'deleted' } } as const
  t.is(gone([]), 'Deleted 1 endpoint from production in 1m 20s')
  t.is(
    gone(['chat']),
    'Deleted 1 endpoint from production in 1m 20s; its file is still in git, and the next apply creates it again',
  )
  t.is(
    gone(['chat', 'rag'], both),
    'Deleted 2 endpoints from production in 1m 20s; 2 of them are still in git, and the next apply creates them again',
  )
  t.is(
    gone([], { result: 'failed', endpoints: { chat: 'failed' } }),
    'Not everything was deleted from production in 1m 20s',
  )
  t.is(
    gone([], { result: 'failed', endpoints: {} }),
    'Nothing was deleted from production in 1m 20s',
  )
  t.is(gone([], { result: 'interrupted' }), 'Interrupted deleting from production in 1m 20s')
  const report = { ...aReport(), deletion: { inGit: ['chat'] } }
  t.deepEqual(documentOf('ApplyOutcome', report).deletion, { inGit: ['chat'] })
})

const none = { create: 0, update: 0, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 4 }

const testHeadline = test.macro<[headline: string, more: Partial<ApplyOutcome>, dirty?: boolean]>({
  exec: (t, headline, more, dirty = false) => {
    t.is(headlineOf(more, dirty), headline)
  },
  title: (_, headline) => `headline · ${headline}`,
})

test(testHeadline, 'Applied 1a2b3c4 to production in 1m 20s: +1 ~2 -/+1 -1', {
  result: 'succeeded',
})
test(testHeadline, 'production is as in 1a2b3c4 (1m 20s)', { result: 'succeeded', counts: none })
test(testHeadline, 'Failed to apply 1a2b3c4 to production in 1m 20s: +1 ~2 -/+1 -1', {})
test(
  testHeadline,
  'Interrupted applying 1a2b3c4 with uncommitted changes to production in 1m 20s: =',
  { result: 'interrupted', counts: none },
  true,
)
