import test from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { aClone, aRepository } from './playground.ts'

/** A commit that a clone does not have. */

test('S1 · a clone fetches the commit that it lacks, and moves no branch', async t => {
  const upstream = aRepository(t)
  const old = upstream.commit('old', { 'a.yaml': 'one' })
  const clone = aClone(t, upstream)
  const fresh = upstream.commit('new', { 'a.yaml': 'two' })
  const repository = await openRepository(clone.directory)
  t.is(await repository.isAncestor(old, fresh), undefined)
  t.true(await repository.fetchCommit(fresh))
  t.is(await repository.isAncestor(old, fresh), true)
  t.is(clone.git('rev-parse', 'HEAD'), old)
  t.is(clone.git('rev-parse', 'origin/trunk'), old)
  t.is(clone.git('status', '--porcelain'), '')
})

test('S1 · a commit that the remote does not have, or where there is no remote, is not to be had', async t => {
  const upstream = aRepository(t)
  upstream.commit('old', { 'a.yaml': 'one' })
  const clone = await openRepository(aClone(t, upstream).directory)
  t.false(await clone.fetchCommit('b'.repeat(40)))
  t.false(await (await openRepository(upstream.directory)).fetchCommit('b'.repeat(40)))
})
