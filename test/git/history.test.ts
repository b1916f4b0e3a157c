import { join } from 'node:path'
import test from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { aRepository, problemOf } from './playground.ts'
import type { Playground } from './playground.ts'

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

const testDirty = test.macro(
  async (t, change: (playground: Playground) => void, isDirty: boolean) => {
    const playground = aRepository(t)
    aProject(playground)
    change(playground)
    const repository = await openRepository(join(playground.directory, 'ml'))
    t.is(await repository.isDirty(), isDirty)
  },
)

test('a fresh commit is clean', testDirty, () => {}, false)
test('a changed file is dirty', testDirty, p => p.write({ 'ml/slipway.yaml': 'x' }), true)
test('an untracked file is dirty', testDirty, p => p.write({ 'ml/endpoints/z y.yaml': '' }), true)
test('a deleted file is dirty', testDirty, p => p.remove('ml/slipway.yaml'), true)
test(
  'a staged change is dirty',
  testDirty,
  p => {
    p.write({ 'ml/slipway.yaml': 'x' })
    p.git('add', '--all')
  },
  true,
)
test(
  'a change elsewhere is not ours',
  testDirty,
  p => p.write({ 'README.md': 'x', 'new.txt': '' }),
  false,
)
test(
  'an ignored file is not dirty',
  testDirty,
  p => {
    p.commit('ignore', { '.gitignore': '*.log' })
    p.write({ 'ml/run.log': '' })
  },
  false,
)
test(
  'untracked files count even where the user hides them',
  testDirty,
  p => {
    p.git('config', 'status.showUntrackedFiles', 'no')
    p.write({ 'ml/new.yaml': '' })
  },
  true,
)

test('dirty can be asked of some paths', async t => {
  const playground = aRepository(t)
  aProject(playground)
  playground.write({ 'ml/endpoints/a.yaml': 'changed' })
  const repository = await openRepository(join(playground.directory, 'ml'))
  t.true(await repository.isDirty(['endpoints']))
  t.false(await repository.isDirty(['slipway.yaml', 'endpoints/b.yaml']))
})
