import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { aClone, aRepository, problemOf, type Playground } from './playground.ts'

const contentOf = ({ directory }: Playground, path: string) =>
  existsSync(join(directory, path)) ? readFileSync(join(directory, path), 'utf8') : undefined

const isUntouched = ({ git }: Playground, head: string) =>
  git('status', '--porcelain') === '' &&
  git('rev-parse', 'HEAD') === head &&
  git('status').includes('nothing to commit, working tree clean')

function aProject(playground: Playground) {
  const good = playground.commit('good', { 'slipway.yaml': 'p', 'endpoints/a.yaml': 'good\n' })
  const added = playground.commit('add b', { 'endpoints/b.yaml': 'b\n' })
  const bad = playground.commit('change a', { 'endpoints/a.yaml': 'bad\n' })
  return { good, added, bad }
}

test('R6 · revert makes one commit that takes back all and names each', async t => {
  const playground = aRepository(t)
  const { good, added, bad } = aProject(playground)
  const repository = await openRepository(playground.directory)
  const commit = await repository.revert({ commits: [bad, added], message: 'Roll back to good' })
  t.is(commit.subject, 'Roll back to good')
  t.is(commit.hash, playground.git('rev-parse', 'HEAD'))
  t.is(playground.git('rev-parse', 'HEAD~1'), bad)
  t.is(playground.git('rev-parse', 'HEAD^{tree}'), playground.git('rev-parse', `${good}^{tree}`))
  const body = playground.git('log', '-1', '--format=%b')
  t.is(body, `This reverts commit ${bad}.\nThis reverts commit ${added}.`)
  t.true(isUntouched(playground, commit.hash))
})

test('R6 · one commit from the middle is reverted, what came later stays', async t => {
  const playground = aRepository(t)
  const { added } = aProject(playground)
  const repository = await openRepository(playground.directory)
  await repository.revert({ commits: [added], message: 'Without b' })
  t.is(contentOf(playground, 'endpoints/b.yaml'), undefined)
  t.is(contentOf(playground, 'endpoints/a.yaml'), 'bad\n')
})

test('R6 · a merge is reverted as a whole, together with plain commits', async t => {
  const playground = aRepository(t)
  const { bad } = aProject(playground)
  playground.git('switch', '--quiet', '--create=topic')
  playground.commit('topic', { 'endpoints/c.yaml': 'c' })
  playground.commit('topic two', { 'endpoints/d.yaml': 'd' })
  playground.git('switch', '--quiet', 'trunk')
  playground.commit('meanwhile', { 'endpoints/e.yaml': 'e' })
  playground.git('merge', '--quiet', '--no-ff', '--message=merge topic', 'topic')
  const repository = await openRepository(playground.directory)
  const { commits } = await repository.revertPlan({ to: bad })
  await repository.revert({ commits: commits.map(({ hash }) => hash), message: 'Back' })
  t.is(playground.git('rev-parse', 'HEAD^{tree}'), playground.git('rev-parse', `${bad}^{tree}`))
})

test('R6 · a conflicting revert names the files and leaves everything as it was', async t => {
  const playground = aRepository(t)
  const { added, bad } = aProject(playground)
  const head = playground.commit('change a again', { 'endpoints/a.yaml': 'worse\n' })
  const repository = await openRepository(playground.directory)
  const problem = await problemOf(t, repository.revert({ commits: [added, bad], message: 'x' }))
  t.is(problem.code, 'revert-conflict')
  t.regex(problem.message, /endpoints\/a\.yaml/)
  t.true(isUntouched(playground, head))
  t.is(contentOf(playground, 'endpoints/b.yaml'), 'b\n')
})

test('R6 · restore brings back the exact files of a revision, and only these paths', async t => {
  const playground = aRepository(t)
  const { good, added, bad } = aProject(playground)
  playground.commit('change a again', { 'endpoints/a.yaml': 'worse\n', 'README.md': 'kept' })
  const repository = await openRepository(playground.directory)
  const commit = await repository.restore({ revision: good, paths: ['endpoints'], message: 'Back' })
  t.is(contentOf(playground, 'endpoints/a.yaml'), 'good\n')
  t.is(contentOf(playground, 'endpoints/b.yaml'), undefined)
  t.is(contentOf(playground, 'README.md'), 'kept')
  const body = playground.git('log', '-1', '--format=%b')
  t.is(body.split('\n').length, 3)
  t.true(body.endsWith(`This reverts commit ${bad}.\nThis reverts commit ${added}.`))
  t.true(isUntouched(playground, commit.hash))
})

test('R6 · restore works below the root, for odd names and for files that became folders', async t => {
  const playground = aRepository(t)
  const good = playground.commit('good', {
    'ml/a b/ö "x".yaml': '1',
    'ml/*': 'star',
    'ml/x': 'file',
  })
  playground.remove('ml/x')
  playground.remove('ml/*')
  playground.commit('bad', { 'ml/a b/ö "x".yaml': '2', 'ml/x/y': 'folder', 'other.txt': 'stays' })
  const repository = await openRepository(join(playground.directory, 'ml'))
  await repository.restore({ revision: good, message: 'Back' })
  t.is(playground.git('rev-parse', 'HEAD:ml'), playground.git('rev-parse', `${good}:ml`))
  t.is(contentOf(playground, 'other.txt'), 'stays')
})

test('restoring what is there already is refused', async t => {
  const playground = aRepository(t)
  const { bad } = aProject(playground)
  const repository = await openRepository(playground.directory)
  const problem = await problemOf(t, repository.restore({ revision: 'HEAD', message: 'x' }))
  t.is(problem.code, 'nothing-to-roll-back')
  t.true(isUntouched(playground, bad))
  const none = await problemOf(t, repository.revert({ commits: [], message: 'x' }))
  t.is(none.code, 'nothing-to-roll-back')
})

const testDirty = test.macro(
  async (t, change: (playground: Playground) => void, message: RegExp) => {
    const playground = aRepository(t)
    const { bad, good } = aProject(playground)
    change(playground)
    const before = playground.git('status', '--porcelain')
    const repository = await openRepository(playground.directory)
    const attempts = [
      repository.revert({ commits: [bad], message: 'x' }),
      repository.restore({ revision: good, message: 'x' }),
    ]
    for (const attempt of attempts) {
      // oxlint-disable-next-line no-await-in-loop
      const problem = await problemOf(t, attempt)
      t.is(problem.code, 'dirty-tree')
      t.regex(problem.message, message)
    }
    t.is(playground.git('status', '--porcelain'), before)
  },
)

test(
  'uncommitted changes are not overwritten',
  testDirty,
  p => {
    p.write({ 'endpoints/a.yaml': 'mine' })
  },
  /uncommitted changes: endpoints\/a\.yaml/,
)
test(
  'staged changes do not slip into the commit',
  testDirty,
  p => {
    p.write({ 'new.txt': 'mine' })
    p.git('add', 'new.txt')
  },
  /new\.txt/,
)
test(
  'untracked files are not overwritten',
  testDirty,
  p => {
    p.write({ 'endpoints/new.yaml': 'mine' })
  },
  /endpoints\/new\.yaml/,
)
test(
  'a merge in progress is not finished by accident',
  testDirty,
  p => {
    p.git('switch', '--quiet', '--create=side', 'HEAD~1')
    p.commit('side', { 'side.txt': '' })
    p.git('switch', '--quiet', 'trunk')
    p.git('merge', '--quiet', '--no-commit', '--no-ff', 'side')
  },
  /merge is in progress/,
)

test('a commit hook that refuses leaves everything as it was, and is quoted', async t => {
  const playground = aRepository(t)
  const { good, bad } = aProject(playground)
  playground.write({
    '.git/hooks/pre-commit': '#!/bin/sh\necho "no commits on Friday" >&2\nexit 1\n',
  })
  chmodSync(join(playground.directory, '.git/hooks/pre-commit'), 0o755)
  const repository = await openRepository(playground.directory)
  const attempts = [
    () => repository.revert({ commits: [bad], message: 'x' }),
    () => repository.restore({ revision: good, message: 'x' }),
  ]
  for (const attempt of attempts) {
    // oxlint-disable-next-line no-await-in-loop
    const problem = await problemOf(t, attempt())
    t.is(problem.code, 'git-failed')
    t.regex(problem.cause ?? '', /no commits on Friday/)
    t.true(isUntouched(playground, bad))
  }
})

test('the edge of a shallow clone is not taken for the first commit', async t => {
  const origin = aRepository(t)
  aProject(origin)
  const clone = aClone(t, origin, '--depth=1')
  const repository = await openRepository(clone.directory)
  const problem = await problemOf(t, repository.revert({ commits: ['HEAD'], message: 'x' }))
  t.is(problem.code, 'unknown-revision')
  t.regex(problem.remedy ?? '', /--unshallow/)
  t.is(contentOf(clone, 'slipway.yaml'), 'p')
})

test('R6 · restore works in a shallow clone and on a detached HEAD', async t => {
  const origin = aRepository(t)
  const { added } = aProject(origin)
  const clone = aClone(t, origin, '--depth=2')
  clone.git('switch', '--quiet', '--detach')
  const repository = await openRepository(clone.directory)
  await repository.restore({ revision: added, message: 'Back' })
  t.is(contentOf(clone, 'endpoints/a.yaml'), 'good\n')
})

const HIDDEN: Record<string, (playground: Playground) => void> = {
  'assumed unchanged': p => {
    p.git('update-index', '--assume-unchanged', 'endpoints/a.yaml')
    p.write({ 'endpoints/a.yaml': 'mine\n' })
  },
  'under skip-worktree': p => {
    p.git('update-index', '--skip-worktree', 'endpoints/a.yaml')
    p.write({ 'endpoints/a.yaml': 'mine\n' })
  },
  'ignored, and in the way': p => {
    p.git('rm', '--quiet', 'endpoints/a.yaml')
    p.commit('Without a')
    p.write({ '.git/info/exclude': 'endpoints/a.yaml\n', 'endpoints/a.yaml': 'mine\n' })
  },
}

for (const [name, hide] of Object.entries(HIDDEN)) {
  test(`S2 · an edit that git status does not show is not written over: ${name}`, async t => {
    const playground = aRepository(t)
    const { good } = aProject(playground)
    hide(playground)
    t.is(playground.git('status', '--porcelain'), '')
    const head = playground.git('rev-parse', 'HEAD')
    const repository = await openRepository(playground.directory)
    const attempts = [
      () => repository.restore({ revision: good, message: 'Back' }),
      () => repository.revert({ commits: [head], message: 'Back' }),
      () => repository.sourceAfterRevert([head]),
    ]
    for (const attempt of attempts) {
      // oxlint-disable-next-line no-await-in-loop
      const problem = await problemOf(t, attempt())
      t.is(problem.code, 'dirty-tree')
      t.regex(problem.message, /endpoints\/a\.yaml/)
      t.is(contentOf(playground, 'endpoints/a.yaml'), 'mine\n')
      t.is(playground.git('rev-parse', 'HEAD'), head)
    }
  })
}
