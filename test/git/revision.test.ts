import test from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { aClone, aFolder, aRepository, problemOf } from './playground.ts'

test('head is the newest commit with its author and time', async t => {
  const playground = aRepository(t)
  const hash = playground.commit('Serve the chat model', { 'slipway.yaml': '' })
  const repository = await openRepository(playground.directory)
  const { time, ...commit } = await repository.head()
  t.deepEqual(commit, {
    hash,
    subject: 'Serve the chat model',
    author: 'Ada Berg <ada@example.com>',
  })
  t.is(new Date(time).getTime(), Number(playground.git('log', '-1', '--format=%ct')) * 1000)
})

test('a repository without a commit says so', async t => {
  const repository = await openRepository(aRepository(t).directory)
  const problem = await problemOf(t, repository.head())
  t.is(problem.code, 'unknown-revision')
  t.is(problem.message, 'the repository has no commit yet')
})

test('S1 · a branch that is damaged is not a repository without a commit', async t => {
  for (const text of ['', 'junk\n', `${'0'.repeat(40)}\n`]) {
    const playground = aRepository(t)
    playground.commit('one', { 'a.yaml': '1' })
    playground.write({ '.git/refs/heads/trunk': text })
    // oxlint-disable-next-line no-await-in-loop
    const repository = await openRepository(playground.directory)
    // oxlint-disable-next-line no-await-in-loop
    const problem = await problemOf(t, repository.head())
    t.is(problem.code, 'git-failed', text)
  }
})

test('branches, tags, expressions and short hashes resolve to the full hash', async t => {
  const playground = aRepository(t)
  const first = playground.commit('one')
  playground.git('tag', '--annotate', '--message=good', 'good')
  const second = playground.commit('two')
  const repository = await openRepository(playground.directory)
  t.is(await repository.resolve('HEAD~1'), first)
  t.is(await repository.resolve('good'), first)
  t.is((await repository.commitAt('good')).subject, 'one')
  t.is(await repository.resolve('trunk'), second)
  t.is(await repository.resolve(second.slice(0, 8)), second)
})

const testUnknown = test.macro(async (t, revision: string) => {
  const playground = aRepository(t)
  playground.commit('one', { 'file.txt': '' })
  const repository = await openRepository(playground.directory)
  const problem = await problemOf(t, repository.resolve(revision))
  t.is(problem.code, 'unknown-revision')
  t.true(problem.message.includes(`"${revision}"`))
  t.regex(problem.remedy ?? '', /git fetch/)
})

test('an unknown branch is refused', testUnknown, 'no-such-branch')
test('a hash that is not here is refused', testUnknown, 'a'.repeat(40))
test('a revision is never taken for an option', testUnknown, '--all')
test('a revision is never taken for an option that writes', testUnknown, '--output=file.txt')
test('a file is not a commit', testUnknown, 'HEAD:file.txt')
test('the empty text is no revision', testUnknown, '')
test('a NUL byte is no revision', testUnknown, 'a\0b')

test('a branch that only the remote has is named', async t => {
  const origin = aRepository(t)
  origin.commit('one')
  origin.git('branch', 'release')
  const repository = await openRepository(aClone(t, origin).directory)
  const problem = await problemOf(t, repository.resolve('release'))
  t.is(problem.remedy, 'There is a remote branch of that name: use origin/release.')
})

test('a shallow clone is told how to get its history', async t => {
  const origin = aRepository(t)
  const first = origin.commit('one')
  origin.commit('two')
  const repository = await openRepository(aClone(t, origin, '--depth=1').directory)
  t.true(repository.isShallow)
  const problem = await problemOf(t, repository.resolve(first))
  t.regex(problem.remedy ?? '', /git fetch --unshallow.*fetch-depth: 0/)
})

test('a clone of one branch is told how to get another', async t => {
  const upstream = aRepository(t)
  upstream.commit('one')
  upstream.git('branch', 'release')
  for (const [option, then] of [
    ['--single-branch', /Then run "git fetch"/],
    ['--depth=1', /git fetch --unshallow/],
  ] as const) {
    const clone = aClone(t, upstream, option)
    const { resolve } = await openRepository(clone.directory)
    for (const name of ['release', 'origin/release']) {
      const { remedy = '' } = await problemOf(t, resolve(name))
      t.regex(
        remedy,
        /^This clone follows one branch only: run "git remote set-branches origin '\*'"/,
      )
      t.regex(remedy, then)
    }
    clone.git('remote', 'set-branches', 'origin', '*')
    clone.git('fetch', '--quiet')
    t.is(await resolve('origin/release'), upstream.git('rev-parse', 'release'))
  }
})

test('design · an ancestor is told from a newer and from an unrelated commit', async t => {
  const playground = aRepository(t)
  const first = playground.commit('one')
  const second = playground.commit('two')
  playground.git('switch', '--quiet', '--create=side', first)
  const side = playground.commit('side')
  const repository = await openRepository(playground.directory)
  t.true(await repository.isAncestor(first, second))
  t.true(await repository.isAncestor(second, second))
  t.false(await repository.isAncestor(second, first))
  t.false(await repository.isAncestor(second, side))
  t.is(await repository.isAncestor('a'.repeat(40), second), undefined)
})

test('design · a shallow clone does not guess about ancestors', async t => {
  const origin = aRepository(t)
  const old = origin.commit('old')
  origin.commit('between')
  origin.git('branch', 'side')
  const second = origin.commit('second')
  const third = origin.commit('third')
  origin.git('switch', '--quiet', 'side')
  const side = origin.commit('side')
  const clone = aClone(t, origin, '--depth=2', '--no-single-branch')
  const repository = await openRepository(clone.directory)
  t.true(await repository.isAncestor(second, third))
  t.false(await repository.isAncestor(third, second))
  t.is(await repository.isAncestor(second, side), undefined)
  t.is(await repository.isAncestor(old, third), undefined)
})

test('a folder outside git is not a repository', async t => {
  const problem = await problemOf(t, openRepository(aFolder(t)))
  t.is(problem.code, 'not-a-repository')
  t.regex(problem.remedy ?? '', /git init/)
})

test('a folder that is not there is named', async t => {
  const problem = await problemOf(t, openRepository(`${aFolder(t)}/missing`))
  t.is(problem.code, 'not-a-repository')
  t.regex(problem.message, /there is no folder .*missing/)
})

test('a bare repository has no project', async t => {
  const playground = aRepository(t)
  playground.git('init', '--quiet', '--bare', 'bare.git')
  const problem = await problemOf(t, openRepository(`${playground.directory}/bare.git`))
  t.is(problem.code, 'not-a-repository')
  t.regex(problem.message, /without a work tree/)
})
