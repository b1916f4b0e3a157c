import test from 'ava'
import type { ApplyOutcome } from '../../src/apply/index.ts'
import { COMMANDS } from '../../src/cli/commands.ts'
import {
  adviceAfter,
  afterOutcome,
  applyCommit,
  applyPlanned,
  asCalled,
  commandLine,
  diffOf,
  programOf,
} from '../../src/cli/next-command.ts'

/** The next command is printed ready to be copied. */

test('words are quoted where a shell would take them apart', t => {
  t.is(commandLine(['apply', '-e', 'staging']), 'slipway apply -e staging')
  t.is(commandLine(['apply', "it's", 'a b', '']), String.raw`slipway apply 'it'\''s' 'a b' ''`)
})

test('P1 · who calls it by npx is told what npx finds, and nothing that npx would fetch', t => {
  const npx = { npm_lifecycle_event: 'npx', npm_lifecycle_script: "'slipway' 'diff'" }
  t.is(programOf(npx), 'npx --no slipway')
  t.is(programOf({}), 'slipway')
  t.is(programOf({ npm_lifecycle_event: 'npx', npm_lifecycle_script: "'ava'" }), 'slipway')
  t.is(programOf({ npm_lifecycle_event: 'test', npm_lifecycle_script: 'slipway diff' }), 'slipway')
  const advised = (text: string) => asCalled(text, COMMANDS, programOf(npx))
  t.is(
    advised('Run `slipway diff`, or start one: slipway sandbox up.'),
    'Run `npx --no slipway diff`, or start one: npx --no slipway sandbox up.',
  )
  t.is(advised('npx --no slipway diff'), 'npx --no slipway diff')
  t.is(advised('slipway never deletes it'), 'slipway never deletes it')
})

/** As parsed: with what nobody wrote, and with what is not for the next command. */
const GIVEN = {
  directory: '../shop',
  context: 'my cluster',
  kubeconfig: undefined,
  namespace: 'llm',
  smoke: true,
  revision: undefined,
  forceConflicts: false,
  maxPrune: 3,
  wait: false,
  timeout: '20m',
  yes: true,
  dryRun: true,
  planHash: '3f9c',
  output: 'json',
  allEnvironments: true,
}

type States = ApplyOutcome['endpoints']

interface How {
  deletion?: { inGit: string[] }
  given?: object
  names?: string[]
}

function after(endpoints: States, result: ApplyOutcome['result'], how: How = {}) {
  const counts = { create: 0, update: 1, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 }
  const outcome = { result, counts, endpoints, problems: [], durationSeconds: 1 }
  const { deletion, given = {}, names } = how
  const report = { environment: 'staging', outcome, ...(deletion && { deletion }) }
  return afterOutcome(report, given, names)
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
  ['all is deleted', after({ chat: 'deleted' }, 'succeeded', { deletion: { inGit: [] } }), ''],
  [
    'an apply of some was interrupted',
    after({ chat: 'skipped' }, 'interrupted', { names: ['chat'], given: GIVEN }),
    `next: slipway apply -e staging chat -C ../shop --context 'my cluster' -n llm --smoke --max-prune 3 --timeout 20m --no-wait\n`,
  ],
  [
    'it failed elsewhere',
    after({ chat: 'failed' }, 'failed', { given: GIVEN }),
    `${LOOK} chat -C ../shop --context 'my cluster' -n llm\n`,
  ],
  [
    'a deletion was interrupted',
    after({ chat: 'skipped' }, 'interrupted', { deletion: { inGit: [] }, names: ['chat'] }),
    'next: slipway delete -e staging chat\n',
  ],
  [
    'a deletion of all was interrupted',
    after({ chat: 'skipped' }, 'interrupted', { deletion: { inGit: [] } }),
    'next: slipway delete -e staging --all\n',
  ],
]

for (const [what, said, expected] of ROWS) {
  test(`the next command when ${what}`, t => t.is(said, expected))
}

test('after a diff it is the apply of that plan', t => {
  const plan = { environment: 'staging', hash: '3f9c', names: ['chat'] }
  t.is(applyPlanned(plan, {}), 'next: slipway apply -e staging chat --plan-hash 3f9c\n')
  t.is(
    applyPlanned(plan, { directory: 'shop', kubeconfig: 'k', takeBack: true, exitCode: true }),
    'next: slipway apply -e staging chat -C shop --kubeconfig k --take-back --plan-hash 3f9c\n',
  )
})

test('after a file was written it is a look at what it would do', t => {
  const given = { directory: '/srv/shop' }
  t.is(diffOf('staging', ['chat'], {}), 'next: slipway diff -e staging chat\n')
  t.is(diffOf('staging', ['chat'], given), 'next: slipway diff -e staging chat -C /srv/shop\n')
})

test('after a commit that nobody pushed it is an apply where the commit was made', t => {
  t.is(applyCommit('staging', { directory: '.' }), 'next: slipway apply -e staging\n')
  t.is(
    applyCommit('staging', { directory: 'shop', to: 'HEAD~1', kubeconfig: 'k' }),
    'next: slipway apply -e staging -C shop --kubeconfig k\n',
  )
})

const ADVICE: [what: string, given: string, expected: string, args: object, command?: string][] = [
  [
    'the environment',
    'See why: slipway status chat.',
    'See why: slipway status -e staging chat.',
    { environment: 'staging', directory: '.' },
  ],
  [
    'project and cluster, too',
    'Run `slipway diff` and apply again.',
    'Run `slipway diff -e staging -C ../shop --context eu -n llm` and apply again.',
    { environment: 'staging', directory: '../shop', context: 'eu', namespace: 'llm' },
  ],
  [
    'no flag that the command lacks',
    'slipway rbac prints the Role; slipway doctor checks for it.',
    'slipway rbac -e staging prints the Role; slipway doctor -e staging --context eu checks for it.',
    { environment: 'staging', context: 'eu' },
  ],
  [
    'after the action',
    'give it up with "slipway canary abort chat", or skip the gate.',
    'give it up with "slipway canary abort -e staging chat", or skip the gate.',
    { environment: 'staging' },
  ],
  [
    'but not twice',
    'Apply it: slipway apply -e production --smoke chat.',
    'Apply it: slipway apply -e production --smoke chat.',
    { environment: 'staging' },
  ],
  [
    'nor where nobody gave one',
    'See: slipway status chat.',
    'See: slipway status chat.',
    { directory: '.', environment: undefined },
  ],
  [
    'nor for commands that are about none',
    'Run `slipway sandbox reset`, or write one with "slipway new NAME".',
    'Run `slipway sandbox reset`, or write one with "slipway new NAME".',
    { environment: 'staging', kubeconfig: 'k' },
  ],
  [
    'nor what meant something else',
    '"slipway diff" shows what an apply would change.',
    '"slipway diff -e staging" shows what an apply would change.',
    { environment: 'staging', namespace: 'where-it-runs' },
    'import',
  ],
]

for (const [what, given, expected, args, name = 'apply'] of ADVICE) {
  test(`a remedy repeats ${what}: ${given}`, t => {
    const advising = { command: { name }, args, environment: undefined, commands: COMMANDS }
    t.is(adviceAfter(advising, given), expected)
    t.is(adviceAfter(advising, expected), expected)
  })
}

test('a remedy of one environment of several names that one', t => {
  const args = { environment: 'staging,production' }
  const advising = { command: { name: 'apply' }, args, commands: COMMANDS }
  const advice = adviceAfter({ ...advising, environment: 'production' }, 'See: slipway status.')
  t.is(advice, 'See: slipway status -e production.')
})
