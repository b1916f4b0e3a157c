import { join } from 'node:path'
import test from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { aRepository, problemOf, type Playground } from './playground.ts'

const subjects = (commits: { subject: string }[]) => commits.map(({ subject }) => subject)

/** A project in `ml` with a history of four commits, one of them elsewhere. */
function aProject(playground: Playground): Record<'one' | 'two' | 'docs' | 'three', string> {
  return {
    one: playground.commit('one', { 'ml/slipway.yaml': '1', 'ml/endpoints/a.yaml': '1' }),
    two: playground.commit('two', { 'ml/endpoints/b.yaml': '2' }),
    docs: playground.commit('docs', { 'README.md': 'read' }),
    three: playground.commit('three', { 'ml/endpoints/a.yaml': '3' }),
  }
}

test('R6 · history shows the commits that touched the project, newest first', async t => {
  const playground = aRepository(t)
  const { one } = aProject(playground)
  const repository = await openRepository(join(playground.directory, 'ml'))
  t.deepEqual(subjects(await repository.history()), ['three', 'two', 'one'])
  t.deepEqual(subjects(await repository.history({ paths: ['endpoints/b.yaml'] })), ['two'])
  t.deepEqual(subjects(await repository.history({ limit: 1 })), ['three'])
  t.deepEqual(subjects(await repository.history({ since: one })), ['three', 'two'])
  t.deepEqual(await repository.history({ since: 'HEAD' }), [])
})

test('files that differ from a revision are named as paths of the project', async t => {
  const playground = aRepository(t)
  const { one, two } = aProject(playground)
  const repository = await openRepository(join(playground.directory, 'ml'))
  t.deepEqual(await repository.changedSince(one), ['endpoints/a.yaml', 'endpoints/b.yaml'])
  t.deepEqual(await repository.changedSince(two), ['endpoints/a.yaml'])
  t.deepEqual(await repository.changedSince('HEAD'), [])
  const problem = await problemOf(t, repository.changedSince('nowhere'))
  t.is(problem.code, 'unknown-revision')
})

test('R6 · a revert plan lists commits and files, and leaves out what is elsewhere', async t => {
  const playground = aRepository(t)
  const { one, two } = aProject(playground)
  const repository = await openRepository(join(playground.directory, 'ml'))
  const plan = await repository.revertPlan({ to: one })
  t.is(plan.to.hash, one)
  t.is(plan.from.subject, 'three')
  t.deepEqual(subjects(plan.commits), ['three', 'two'])
  t.deepEqual(plan.files, ['endpoints/a.yaml', 'endpoints/b.yaml'])
  const part = await repository.revertPlan({ from: two, to: one })
  t.deepEqual(subjects(part.commits), ['two'])
})

test('R6 · a merge counts as one step of a revert plan', async t => {
  const playground = aRepository(t)
  const { three } = aProject(playground)
  playground.git('switch', '--quiet', '--create=topic')
  playground.commit('topic one', { 'ml/endpoints/c.yaml': 'c' })
  playground.commit('topic two', { 'ml/endpoints/d.yaml': 'd' })
  playground.git('switch', '--quiet', 'trunk')
  playground.commit('meanwhile', { 'ml/endpoints/e.yaml': 'e' })
  playground.git('merge', '--quiet', '--no-ff', '--message=merge topic', 'topic')
  const repository = await openRepository(join(playground.directory, 'ml'))
  const plan = await repository.revertPlan({ to: three })
  t.deepEqual(subjects(plan.commits), ['merge topic', 'meanwhile'])
})
