import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'ava'
import { shop } from '../cli/scratch.ts'
import { readTemplate } from '../support/gitlab.ts'
import { commandsIn } from '../support/runner-log.ts'
import { GO } from '../support/go.ts'
import { zizmor } from '../support/zizmor.ts'
import { actionSteps, readWorkflow, toolFolder, WORKFLOWS } from '../support/workflow.ts'

/** What must hold for every workflow that users get. The steps themselves are run in test/e2e/team-week.test.ts. */

const NAMES = readdirSync(WORKFLOWS).map(file => file.replace('.yml', ''))
const GITHUB = resolve(import.meta.dirname, '../../.github')
const jobs = NAMES.flatMap(name => Object.values(readWorkflow(name).jobs))
const steps = [...jobs.flatMap(job => job.steps), ...actionSteps()]

test('the workflows of this repository are those that users get', t => {
  t.deepEqual(NAMES, ['apply', 'canary', 'drift', 'preview', 'promote', 'rollback', 'status'])
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

/** Commands whose output is the log: with a variable in it, others write there. */
const SHOWN = /(?:^|[;&|(){]\s*|\b(?:do|then|else)\s+)(?:echo|printf|cat|tee)\b[^;|\n]*/gm

/** A group of commands whose output is a file. */
const INTO_FILE = /^(\s*)\{\n[\s\S]*?^\1\} > [\w"$]/gm

const shown = (script: string) =>
  [...script.replace(INTO_FILE, '').matchAll(SHOWN)]
    .map(([command]) => command)
    // Into a file, it is not shown.
    .filter(command => !/(?<![0-9&])>>?\s*["$\w]/.test(command) && /\$|`/.test(command))

test('S3 · no script repeats an input, a branch or an actor into the log', t => {
  t.deepEqual(shown('case "$A" in -*) echo "no: $A" >&2; exit 2 ;; esac'), [') echo "no: $A" >&2'])
  t.deepEqual(shown('echo "A=$A" >> "$GITHUB_ENV"\nprintf %s "$B" > file\necho fixed'), [])
  const group = '{\n  printf %s "$A"\n  for b in c; do echo "$b"; done\n}'
  t.is(shown(group).length, 2)
  t.deepEqual(shown(`${group} > file`), [])
  t.true(steps.some(({ run }) => run?.includes('echo') === true))
  for (const { run = '' } of steps) t.deepEqual(shown(run), [])
  for (const script of Object.values(readTemplate().jobs).flatMap(job => job.script))
    t.deepEqual(shown(String(script)), [])
})

const HOSTILE = '\n::error::taken\n##[error]taken\n::stop-commands::x\n'
const HOSTILE_INPUTS: [workflow: string, step: string, inputs: Record<string, string>[]][] = [
  [
    'rollback',
    'Roll back',
    [
      { ENDPOINT: `-x${HOSTILE}` },
      { ENDPOINT: `chat${HOSTILE}` },
      { ENDPOINT: 'chat', TO: `HEAD${HOSTILE}` },
      { COMMIT: `HEAD${HOSTILE}` },
      { ENVIRONMENT: `dev${HOSTILE}` },
    ],
  ],
  [
    'canary',
    'Canary',
    [
      { ENDPOINT: `-x${HOSTILE}`, STEP: 'abort', PERCENT: '' },
      { ENDPOINT: `chat${HOSTILE}`, STEP: 'abort', PERCENT: '' },
      { ENDPOINT: 'chat', STEP: `weight${HOSTILE}`, PERCENT: '50' },
      { ENDPOINT: 'chat', STEP: 'weight', PERCENT: `50${HOSTILE}` },
      { ENDPOINT: 'chat', STEP: 'check', PERCENT: '', ENVIRONMENT: `dev${HOSTILE}` },
    ],
  ],
  [
    'promote',
    'Promote',
    [
      { ENDPOINTS: `-x${HOSTILE}` },
      { ENDPOINTS: `chat ::error::taken --push` },
      { FROM: `dev${HOSTILE}` },
      { FROM: 'dev', TO: `next${HOSTILE}` },
      { FROM: 'dev', TO: 'next', SOAK: `2h${HOSTILE}` },
    ],
  ],
]

for (const [workflow, name, inputs] of HOSTILE_INPUTS) {
  test(`S3 · hostile inputs of ${workflow} steer no runner`, async t => {
    const [job] = Object.values(readWorkflow(workflow).jobs)
    const step = job?.steps.find(each => each.name === name)
    const project = await shop()
    t.teardown(project.dispose)
    await project.commit('first')
    const bin = toolFolder(mkdtempSync(join(project.directory, '.git', 'tools-')))
    for (const input of inputs) {
      const { status, stdout, stderr } = spawnSync(
        'bash',
        ['-eo', 'pipefail', '-c', step?.run ?? ''],
        {
          cwd: project.directory,
          encoding: 'utf8',
          env: {
            PATH: `${bin}:${process.env['PATH']}`,
            HOME: project.directory,
            KUBECONFIG: '/does/not/exist',
            GITHUB_ACTIONS: 'true',
            ENVIRONMENT: 'dev',
            ...input,
          },
        },
      )
      t.not(status, 0)
      t.not(`${stdout}${stderr}`, '')
      // Its own annotation is one line, with line feeds escaped.
      const commands = commandsIn(`${stdout}${stderr}`)
      t.deepEqual(
        commands.filter(line => !/^::error (?:[^:]*,)?title=[\w-]+::/.test(line)),
        [],
      )
    }
  })
}

test('actions of others are pinned by commit, with the version that it is', t => {
  const own = readdirSync(join(GITHUB, 'workflows'))
  const pins = own
    .flatMap(file => readFileSync(join(GITHUB, 'workflows', file), 'utf8').split('\n'))
    .filter(line => /uses: (?!\.\/)/.test(line))
  t.true(pins.length > 0)
  for (const line of pins) t.regex(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

test('permissions are none but those of a job, and no variable of the repository is needed', t => {
  for (const name of NAMES) t.deepEqual(readWorkflow(name).permissions, {})
  const granted = jobs.flatMap(job => Object.entries(job.permissions ?? {}))
  const writes = granted.filter(([, level]) => level === 'write').map(([scope]) => scope)
  t.deepEqual(writes.toSorted(), [
    'actions',
    'contents',
    'contents',
    'contents',
    'id-token',
    'issues',
    'pages',
    'pull-requests',
    'pull-requests',
    'pull-requests',
    'pull-requests',
  ])
  const switched = jobs.filter(job => job.if?.includes('vars.'))
  t.deepEqual(
    switched.map(job => job.environment),
    [
      '${{ matrix.environment }}-preview',
      '${{ inputs.from || vars.SLIPWAY_PROMOTE_FROM }}-read',
      'slipway-status',
    ],
  )
  // Started by hand, they ask for no variable.
  for (const job of switched.slice(1))
    t.regex(job.if ?? '', /\|\| \(github\.event_name == 'workflow_dispatch' && /)
})

test('every matrix is of the environments of slipway.yaml, and an empty one runs nothing', t => {
  const many = jobs.filter(({ strategy }) => strategy?.matrix !== undefined)
  t.true(many.length >= 5)
  for (const job of many) {
    t.is(job.strategy?.matrix?.['environment'], '${{ fromJSON(needs.environments.outputs.names) }}')
    t.regex(job.if ?? '', /needs\.environments\.outputs\.names != '\[\]'/)
    t.true([job.needs].flat().includes('environments'))
  }
})

test('S3 · credentials that can write are for the default branch alone; what only reads waits for nobody', t => {
  const placed = NAMES.flatMap(name => Object.values(readWorkflow(name).jobs))
  const onMain = "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
  const places = placed.map(({ environment }) => environment).filter(each => each !== undefined)
  t.deepEqual(places.toSorted(), [
    '${{ inputs.environment }}-read',
    '${{ inputs.from || vars.SLIPWAY_PROMOTE_FROM }}-read',
    '${{ matrix.environment }}',
    '${{ matrix.environment }}-preview',
    '${{ matrix.environment }}-read',
    'github-pages',
    'slipway-status',
  ])
  // What can publish checks nothing out, and runs no script.
  t.true(
    placed
      .filter(job => job.permissions?.['pages'] === 'write')
      .every(job => job.steps.every(step => step.uses?.startsWith('actions/deploy-pages@'))),
  )
  for (const name of ['apply', 'canary', 'drift', 'promote', 'rollback', 'status']) {
    const [first] = Object.values(readWorkflow(name).jobs)
    t.true(first?.if?.includes(onMain), name)
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

test('packages run no script of theirs beside a kubeconfig', t => {
  const installs = steps.flatMap(({ run = '' }) => run.match(/npm (?:ci|install)[^\n]*/g) ?? [])
  t.true(installs.length > 0)
  for (const install of installs) t.regex(install, / --ignore-scripts( |$)/)
})

test('actionlint has nothing to say', t => {
  const files = [GITHUB, resolve(WORKFLOWS, '..')].flatMap(folder =>
    readdirSync(join(folder, 'workflows')).map(file => join(folder, 'workflows', file)),
  )
  const cwd = join(import.meta.dirname, 'actionlint')
  t.timeout(170_000)
  const said = execFileSync(GO, ['tool', 'actionlint', '-no-color', ...files], {
    cwd,
    encoding: 'utf8',
  })
  t.is(said, '')
})

test('zizmor, pedantic, has nothing to say of the workflows here and of those that users get', t => {
  t.timeout(170_000)
  const templates = mkdtempSync(join(tmpdir(), 'slipway-zizmor-'))
  t.teardown(() => rmSync(templates, { recursive: true, force: true }))
  cpSync(resolve(WORKFLOWS, '..'), join(templates, '.github'), { recursive: true })
  const own = [GITHUB, resolve(GITHUB, '../action.yml')]
  for (const inputs of [own, [templates]]) {
    const { status, stdout } = zizmor(['--pedantic', ...inputs])
    t.regex(stdout, /^No findings to report/)
    t.is(status, 0)
  }
})
