import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import test from 'ava'
import { parse } from 'yaml'
import { CLI } from '../support/cli.ts'
import type { ScratchProject } from '../support/project.ts'
import { shop } from './scratch.ts'

/** Questions are answered on a real terminal, as a person would. */

const run = promisify(execFile)
const TERMINAL = resolve(import.meta.dirname, '../support/terminal.py')
/** Guards against hanging only: a busy machine takes its time. */
const DEADLINE_SECONDS = 60
// One at a time, so that the deadline is that of one process.
const onTerminal = test.serial

/** For the commit of a rollback. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
}

interface Step {
  /** What the screen shows before the keys are typed. */
  after: string
  type: string
}

let project: ScratchProject
test.before(async () => {
  project = await shop()
})
test.after.always(() => project.dispose())

/** `code` is null when it did not end in time. */
async function typeInto(args: string[], steps: Step[]) {
  const { CI: _ci, GITHUB_ACTIONS: _actions, ...env } = process.env
  const command = [process.execPath, CLI, ...args]
  const job = { command, cwd: project.directory, seconds: DEADLINE_SECONDS, steps }
  const { stdout } = await run('python3', [TERMINAL, JSON.stringify(job)], {
    env: { ...env, ...IDENTITY, TERM: 'xterm', NO_COLOR: '1' },
    timeout: (DEADLINE_SECONDS + 1) * 1000,
  })
  return JSON.parse(stdout) as { code: number | null; screen: string }
}

const pathOf = (name: string) => join(project.directory, `endpoints/${name}.yaml`)

async function specOf(name: string): Promise<unknown> {
  return (parse(await readFile(pathOf(name), 'utf8')) as { spec: unknown }).spec
}

const IMAGE = 'registry.example.com/one:1'

onTerminal(`new asks one question after another; Enter takes the usual answer`, async t => {
  const { code, screen } = await typeInto(
    ['new', 'one'],
    [
      { after: 'Runtime (deployment, kserve, external) [deployment]: ', type: '\r' },
      { after: 'Container image [', type: `${IMAGE}\r` },
      { after: 'CPU [1]: ', type: '2\r' },
      { after: 'Memory [2Gi]: ', type: '\r' },
    ],
  )
  t.is(code, 0, screen)
  t.regex(screen, /endpoints\/one\.yaml/)
  const resources = { cpu: '2', memory: '2Gi' }
  t.deepEqual(await specOf('one'), { runtime: 'deployment', image: IMAGE, resources })
})

onTerminal(`answers typed ahead, all at once, are not lost`, async t => {
  const { code, screen } = await typeInto(
    ['new', 'ahead'],
    [{ after: 'Runtime', type: `deployment\r${IMAGE}\r3\r5Gi\r` }],
  )
  t.is(code, 0, screen)
  const resources = { cpu: '3', memory: '5Gi' }
  t.deepEqual(await specOf('ahead'), { runtime: 'deployment', image: IMAGE, resources })
})

onTerminal(`a runtime that does not exist is refused before anything else is asked`, async t => {
  const { code, screen } = await typeInto(['new', 'wrong'], [{ after: 'Runtime', type: 'mars\r' }])
  t.is(code, 2, screen)
  t.regex(screen, /there is no runtime "mars"/)
  t.notRegex(screen, /Container image/)
})

onTerminal(`Ctrl-D ends the questions with a problem, and nothing is written`, async t => {
  const { code, screen } = await typeInto(
    ['new', 'ended'],
    [
      { after: 'Runtime', type: '\r' },
      { after: 'Container image', type: '\u0004' },
    ],
  )
  t.is(code, 2, screen)
  t.regex(screen, /error: the input ended before an answer to "Container image"/)
  t.false(existsSync(pathOf('ended')))
})

onTerminal(`Ctrl-C ends with 130, and nothing is written`, async t => {
  const { code, screen } = await typeInto(
    ['new', 'interrupted'],
    [
      { after: 'Runtime', type: '\r' },
      { after: 'Container image', type: 'regis\u0003' },
    ],
  )
  t.is(code, 130, screen)
  t.notRegex(screen, /error:/)
  t.false(existsSync(pathOf('interrupted')))
})

onTerminal(`R6 · rollback commits after a yes, not after Ctrl-D`, async t => {
  const { edit, commit, git, dispose, directory } = await shop()
  t.teardown(dispose)
  const first = await commit('first')
  await edit('endpoints/chat.yaml', ':v1', ':v2')
  const second = await commit('second')
  const rollback = ['-C', directory, 'rollback', '-e', 'dev', '--to', first]
  const ended = await typeInto(rollback, [{ after: 'Commit this? [y/N] ', type: '\u0004' }])
  t.is(ended.code, 2, ended.screen)
  t.regex(ended.screen, /the input ended before an answer to "Commit this\?"/)
  t.is(await git('rev-parse', 'HEAD'), second)
  const agreed = await typeInto(rollback, [{ after: 'Commit this? [y/N] ', type: 'y\r' }])
  t.is(agreed.code, 0, agreed.screen)
  t.is(await git('rev-parse', 'HEAD^'), second)
  t.is(await git('diff', first, 'HEAD'), '')
})
