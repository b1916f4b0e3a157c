import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'ava'
import { actionSteps, readWorkflow, WORKFLOWS } from '../support/workflow.ts'

/** What must hold for every workflow that users get. The steps themselves are run in test/e2e/team-week.test.ts. */

const NAMES = readdirSync(WORKFLOWS).map(file => file.replace('.yml', ''))
const GITHUB = resolve(import.meta.dirname, '../../.github')
const jobs = NAMES.flatMap(name => Object.values(readWorkflow(name).jobs))
const steps = [...jobs.flatMap(job => job.steps), ...actionSteps()]
const GO =
  ['/usr/local/go/bin/go', 'go'].find(go => spawnSync(go, ['version']).status === 0) ?? 'go'

test('the workflows of this repository are those that users get', t => {
  t.deepEqual(NAMES, ['apply', 'drift', 'preview', 'rollback'])
  for (const name of NAMES) {
    const own = readFileSync(join(GITHUB, 'workflows', `${name}.yml`), 'utf8')
    t.is(own, readFileSync(join(WORKFLOWS, `${name}.yml`), 'utf8'))
  }
  const action = 'actions/slipway/action.yml'
  t.true(existsSync(join(GITHUB, action)))
  const template = resolve(WORKFLOWS, '..', action)
  t.is(readFileSync(join(GITHUB, action), 'utf8'), readFileSync(template, 'utf8'))
})

test('a script is the same whatever a branch, an input or a secret is called', t => {
  for (const { run } of steps) t.notRegex(run ?? '', /\$\{\{/)
})

test('actions of others are pinned by commit, with the version that it is', t => {
  const own = readdirSync(join(GITHUB, 'workflows'))
  const pins = own
    .flatMap(file => readFileSync(join(GITHUB, 'workflows', file), 'utf8').split('\n'))
    .filter(line => /uses: (?!\.\/)/.test(line))
  t.true(pins.length > 0)
  for (const line of pins) t.regex(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

test('permissions are none but those of a job, and nothing runs before it is switched on', t => {
  for (const name of NAMES) t.deepEqual(readWorkflow(name).permissions, {})
  const granted = jobs.flatMap(job => Object.entries(job.permissions ?? {}))
  const writes = granted.filter(([, level]) => level === 'write').map(([scope]) => scope)
  t.deepEqual(writes.toSorted(), ['actions', 'contents', 'issues', 'pull-requests'])
  for (const job of jobs) {
    const isGuarded = /vars\.SLIPWAY_\w+ /.test(job.if ?? '') || 'needs' in job
    t.true(isGuarded)
  }
})

test('R1 · an apply shares its group with no other workflow and is never cut off', t => {
  const group = 'slipway-${{ matrix.environment }}'
  const apply = readWorkflow('apply').jobs['apply']?.concurrency
  t.deepEqual(apply, { group, 'cancel-in-progress': false })
  // One run waits per group: another workflow's would push a waiting apply out.
  t.is(jobs.filter(({ concurrency }) => concurrency?.group === group).length, 1)
})

test('no step that checks out keeps a token', t => {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))
  t.true(checkouts.length >= 4)
  for (const step of checkouts) t.is(step.with?.['persist-credentials'], false)
})

test('actionlint has nothing to say', t => {
  const files = readdirSync(join(GITHUB, 'workflows')).map(file => join(GITHUB, 'workflows', file))
  const cwd = join(import.meta.dirname, 'actionlint')
  t.timeout(170_000)
  const said = execFileSync(GO, ['tool', 'actionlint', '-no-color', ...files], {
    cwd,
    encoding: 'utf8',
  })
  t.is(said, '')
})
