import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { aClone, aFolder, aRepository, at, problemOf } from './playground.ts'

test('R6 · a rollback is pushed to the branch that is tracked, whatever it is called', async t => {
  const origin = aRepository(t)
  const good = origin.commit('good', { 'a.yaml': '1' })
  origin.commit('bad', { 'a.yaml': '2' })
  origin.git('switch', '--quiet', '--detach')
  const clone = aClone(t, origin, '--origin=company', '--branch=trunk')
  clone.git('branch', '--move', 'mine')
  const repository = await openRepository(clone.directory)
  const commit = await repository.restore({ revision: good, message: 'Back' })
  t.deepEqual(await repository.push(), { remote: 'company', branch: 'trunk' })
  t.is(origin.git('rev-parse', 'trunk'), commit.hash)
})

test('a branch that tracks nothing goes to the only remote under its own name', async t => {
  const remote = join(aFolder(t), 'remote.git')
  const playground = aRepository(t)
  playground.git('init', '--quiet', '--bare', remote)
  const hash = playground.commit('one')
  playground.git('remote', 'add', 'elsewhere', remote)
  const repository = await openRepository(playground.directory)
  t.deepEqual(await repository.push(), { remote: 'elsewhere', branch: 'trunk' })
  t.is(at(remote).git('rev-parse', 'trunk'), hash)
})

test('a remote that has moved on is not overwritten', async t => {
  const origin = aRepository(t)
  origin.commit('one')
  const clone = aClone(t, origin)
  const theirs = origin.commit('theirs')
  origin.git('switch', '--quiet', '--detach')
  clone.commit('ours')
  const problem = await problemOf(t, (await openRepository(clone.directory)).push())
  t.is(problem.code, 'git-failed')
  t.regex(problem.remedy ?? '', /git pull --rebase origin trunk/)
  t.is(origin.git('rev-parse', 'trunk'), theirs)
})

test('a remote that does not take the commit is told from one that has moved on', async t => {
  const remote = aRepository(t)
  remote.commit('first')
  const clone = aClone(t, remote)
  remote.git('switch', '--quiet', '--detach')
  clone.commit('back')
  const hook = join(remote.directory, '.git/hooks/pre-receive')
  writeFileSync(hook, '#!/bin/sh\necho protected >&2\nexit 1\n', { mode: 0o755 })
  const problem = await problemOf(t, (await openRepository(clone.directory)).push())
  t.regex(problem.cause ?? '', /protected/)
  t.regex(problem.remedy ?? '', /rejects it: a protected branch, or a hook/)
})

test('a detached HEAD is not pushed', async t => {
  const origin = aRepository(t)
  origin.commit('one')
  const clone = aClone(t, origin)
  clone.git('switch', '--quiet', '--detach')
  const problem = await problemOf(t, (await openRepository(clone.directory)).push())
  t.regex(problem.message, /detached HEAD/)
})

test('a repository without a remote says so', async t => {
  const playground = aRepository(t)
  playground.commit('one')
  const problem = await problemOf(t, (await openRepository(playground.directory)).push())
  t.regex(problem.message, /no remote/)
})

test('a remote that cannot be reached is an error with what git said', async t => {
  const playground = aRepository(t)
  playground.commit('one')
  playground.git('remote', 'add', 'origin', `${playground.directory}/nowhere.git`)
  const problem = await problemOf(t, (await openRepository(playground.directory)).push())
  t.is(problem.code, 'git-failed')
  t.regex(problem.cause ?? '', /nowhere\.git/)
  t.regex(problem.remedy ?? '', /can be reached/)
})
