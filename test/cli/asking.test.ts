import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { parse } from 'yaml'
import { onTerminal, type Step } from '../support/on-terminal.ts'
import type { ScratchProject } from '../support/project.ts'
import { shop } from './scratch.ts'

/** Questions are answered on a real terminal, as a person would. */

// One at a time, so that the deadline is that of one process.
const onePerson = test.serial

/** For the commit of a rollback. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
}

let project: ScratchProject
test.before(async () => {
  project = await shop()
})
test.after.always(() => project.dispose())

function typeInto(args: string[], steps: Step[]) {
  const env = { ...IDENTITY, NO_COLOR: '1' }
  return onTerminal({ args, cwd: project.directory, steps, env })
}

const pathOf = (name: string) => join(project.directory, `endpoints/${name}.yaml`)

async function specOf(name: string): Promise<unknown> {
  return (parse(await readFile(pathOf(name), 'utf8')) as { spec: unknown }).spec
}

const IMAGE = 'registry.example.com/one:1'

onePerson(`new asks one question after another; Enter takes the usual answer`, async t => {
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

onePerson(`answers typed ahead, all at once, are not lost`, async t => {
  const { code, screen } = await typeInto(
    ['new', 'ahead'],
    [{ after: 'Runtime', type: `deployment\r${IMAGE}\r3\r5Gi\r` }],
  )
  t.is(code, 0, screen)
  const resources = { cpu: '3', memory: '5Gi' }
  t.deepEqual(await specOf('ahead'), { runtime: 'deployment', image: IMAGE, resources })
})

onePerson(`a runtime that does not exist is refused before anything else is asked`, async t => {
  const { code, screen } = await typeInto(['new', 'wrong'], [{ after: 'Runtime', type: 'mars\r' }])
  t.is(code, 2, screen)
  t.regex(screen, /there is no runtime "mars"/)
  t.notRegex(screen, /Container image/)
})

onePerson(`Ctrl-D ends the questions with a problem, and nothing is written`, async t => {
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

onePerson(`Ctrl-C ends with 130, and nothing is written`, async t => {
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

onePerson(`R6 · rollback commits after a yes, not after Ctrl-D`, async t => {
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
