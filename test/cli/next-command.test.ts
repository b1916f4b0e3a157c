import test from 'ava'
import type { ApplyOutcome } from '../../src/apply/index.ts'
import { afterOutcome, applyPlanned, commandLine, diffOf } from '../../src/cli/next-command.ts'

/** The next command is printed ready to be copied. */

test('words are quoted where a shell would take them apart', t => {
  t.is(commandLine(['apply', '-e', 'staging']), 'slipway apply -e staging')
  t.is(commandLine(['apply', "it's", 'a b', '']), String.raw`slipway apply 'it'\''s' 'a b' ''`)
})

type States = ApplyOutcome['endpoints']

function after(endpoints: States, result: ApplyOutcome['result'], deletion?: { inGit: string[] }) {
  const counts = { create: 0, update: 1, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 }
  const outcome = { result, counts, endpoints, problems: [], durationSeconds: 1 }
  return afterOutcome({ environment: 'staging', outcome, ...(deletion && { deletion }) })
}

const many = Object.fromEntries(
  ['a', 'b', 'c', 'd', 'e', 'f'].map(name => [name, 'failed' as const]),
)
const LOOK = 'next: slipway status -e staging'

const ROWS: [what: string, said: string, expected: string][] = [
  ['all is ready', after({ chat: 'ready' }, 'succeeded'), ''],
  [
    'two failed',
    after({ chat: 'failed', rag: 'failed', ok: 'ready' }, 'failed'),
    `${LOOK} chat rag\n`,
  ],
  ['many failed', after(many, 'failed'), `${LOOK}\n`],
  ['nobody waited', after({ chat: 'applied' }, 'succeeded'), `${LOOK} chat\n`],
  [
    'it was interrupted',
    after({ chat: 'skipped' }, 'interrupted'),
    'next: slipway apply -e staging\n',
  ],
  ['all is deleted', after({ chat: 'deleted' }, 'succeeded', { inGit: [] }), ''],
  ['a deletion was interrupted', after({ chat: 'skipped' }, 'interrupted', { inGit: [] }), ''],
]

for (const [what, said, expected] of ROWS) {
  test(`the next command when ${what}`, t => t.is(said, expected))
}

test('after a diff it is the apply of that plan', t => {
  const plan = { environment: 'staging', hash: '3f9c', names: ['chat'] }
  t.is(applyPlanned(plan), 'next: slipway apply -e staging chat --plan-hash 3f9c\n')
})

test('after a file was written it is a look at what it would do', t => {
  t.is(diffOf('staging', 'chat'), 'next: slipway diff -e staging chat\n')
})
