import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { keptVariables } from '../../src/git/environment.ts'
import { openRepository, type Commit } from '../../src/git/index.ts'
import { aFolder, aRepository, problemOf, type Playground } from './playground.ts'

/** These change the environment of the process, so one at a time. */
async function within<T>(variables: Record<string, string>, run: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map(name => [name, process.env[name]] as const)
  Object.assign(process.env, variables)
  try {
    return await run()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

/** Everything that reads and writes, once through. */
async function rollBack(playground: Playground, good: string): Promise<Commit> {
  const repository = await openRepository(playground.directory)
  await repository.head()
  await repository.history({ paths: ['a.yaml'] })
  const source = await repository.sourceAt(good)
  await source.read('a.yaml')
  const { commits } = await repository.revertPlan({ to: good })
  return repository.revert({ commits: commits.map(({ hash }) => hash), message: 'Zurück · 戻す' })
}

function aHistory(playground: Playground): string {
  const good = playground.commit('good', { 'a.yaml': '1\n', 'b.yaml': '1\n' })
  playground.commit('bad', { 'a.yaml': '2\n' })
  return good
}

test.serial('variables that a hook sets for another repository are ignored', async t => {
  const other = aRepository(t)
  other.commit('other', { 'a.yaml': 'other' })
  const playground = aRepository(t)
  const good = aHistory(playground)
  const hookVariables = {
    GIT_DIR: join(other.directory, '.git'),
    GIT_WORK_TREE: other.directory,
    GIT_INDEX_FILE: join(other.directory, '.git/index'),
    GIT_PREFIX: 'nowhere/',
    GIT_OBJECT_DIRECTORY: join(other.directory, '.git/objects'),
    GIT_PAGER: 'false',
    GIT_EDITOR: 'false',
    EDITOR: 'false',
    PAGER: 'false',
    GIT_EXTERNAL_DIFF: 'false',
    GIT_LITERAL_PATHSPECS: '0',
  }
  const commit = await within(hookVariables, async () => rollBack(playground, good))
  t.is(playground.git('rev-parse', 'HEAD'), commit.hash)
  t.is(other.git('log', '--format=%s'), 'other')
})

test.serial('who the user is may come from the environment', async t => {
  const playground = aRepository(t)
  const good = aHistory(playground)
  const identity = { GIT_AUTHOR_NAME: 'Robot', GIT_AUTHOR_EMAIL: 'robot@example.com' }
  const commit = await within(identity, async () => rollBack(playground, good))
  t.is(commit.author, 'Robot <robot@example.com>')
})

test.serial('configuration of the user does not change what is read or written', async t => {
  const playground = aRepository(t)
  const good = aHistory(playground)
  const settings = {
    'color.ui': 'always',
    'color.diff': 'always',
    'color.status': 'always',
    'core.pager': 'false',
    'pager.log': 'true',
    'core.editor': 'false',
    'log.showSignature': 'true',
    'log.decorate': 'full',
    'log.follow': 'true',
    'log.date': 'relative',
    'format.pretty': 'oneline',
    'status.short': 'false',
    'status.branch': 'true',
    'status.relativePaths': 'true',
    'diff.noprefix': 'true',
    'diff.renames': 'copies',
    'commit.verbose': 'true',
    'commit.cleanup': 'scissors',
    'commit.template': join(playground.directory, '.git/template'),
    'rerere.enabled': 'true',
    'rerere.autoUpdate': 'true',
    'i18n.commitEncoding': 'ISO-8859-1',
    'i18n.logOutputEncoding': 'ISO-8859-1',
    'alias.log': 'false',
    'alias.revert': 'false',
  }
  for (const [name, value] of Object.entries(settings)) playground.git('config', name, value)
  playground.write({ '.git/template': '# fill me in\n' })
  const commit = await rollBack(playground, good)
  t.is(commit.subject, 'Zurück · 戻す')
  t.regex(commit.time, /^\d{4}-\d\d-\d\dT[\d:]+(Z|[+-]\d\d:\d\d)$/)
  const repository = await openRepository(playground.directory)
  t.deepEqual(
    (await repository.history()).map(({ subject }) => subject),
    ['Zurück · 戻す', 'bad', 'good'],
  )
})

test.serial('a signature that cannot be made is an error, and nothing is changed', async t => {
  const playground = aRepository(t)
  const good = aHistory(playground)
  playground.git('config', 'commit.gpgSign', 'true')
  playground.git('config', 'gpg.program', 'false')
  const problem = await problemOf(t, rollBack(playground, good))
  t.is(problem.code, 'git-failed')
  t.regex(problem.cause ?? '', /gpg|sign/)
  t.is(playground.git('status', '--porcelain'), '')
})

test.serial('hooks of a checkout do not run, hooks of a commit do', async t => {
  const playground = aRepository(t)
  const good = aHistory(playground)
  const ran = aFolder(t)
  for (const hook of ['post-checkout', 'post-commit']) {
    playground.write({ [`.git/hooks/${hook}`]: `#!/bin/sh\ntouch ${ran}/${hook}\n` })
    chmodSync(join(playground.directory, `.git/hooks/${hook}`), 0o755)
  }
  const repository = await openRepository(playground.directory)
  await repository.restore({ revision: good, message: 'Back' })
  t.false(existsSync(join(ran, 'post-checkout')))
  t.true(existsSync(join(ran, 'post-commit')))
})

test.serial('a missing identity is explained', async t => {
  const playground = aRepository(t)
  const good = aHistory(playground)
  const nobody = { GIT_CONFIG_GLOBAL: '/dev/null', EMAIL: '' }
  playground.git('config', 'user.useConfigOnly', 'true')
  const problem = await problemOf(
    t,
    within(nobody, async () => rollBack(playground, good)),
  )
  t.is(problem.code, 'git-failed')
  t.regex(problem.remedy ?? '', /git config user\.name/)
})

test.serial('without git on the PATH the error says so', async t => {
  const playground = aRepository(t)
  const nothing = { PATH: aFolder(t) }
  const problem = await problemOf(
    t,
    within(nothing, async () => openRepository(playground.directory)),
  )
  t.is(problem.code, 'git-failed')
  t.regex(problem.remedy ?? '', /Install git/)
})

test('only variables of identity, transport and configuration are kept', t => {
  const environment = {
    GIT_DIR: '',
    GIT_CONFIG_PARAMETERS: '',
    GIT_AUTHOR_NAME: '',
    GIT_SSH_COMMAND: '',
    GIT_SSL_CAINFO: '',
    GIT_CONFIG_KEY_0: '',
    HOME: '',
  }
  t.deepEqual(keptVariables(environment), [
    'GIT_AUTHOR_NAME',
    'GIT_SSH_COMMAND',
    'GIT_SSL_CAINFO',
    'GIT_CONFIG_KEY_0',
  ])
})
