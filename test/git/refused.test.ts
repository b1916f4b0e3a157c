import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { isOutsideGit, openRepository } from '../../src/git/index.ts'
import type { Problem } from '../../src/problem/index.ts'
import { aFolder, aRepository, at, problemOf, type Playground } from './playground.ts'

/** A repository that git does not read is an error, never "no git". These change the environment, so one at a time. */

const REAL_GIT = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()

async function withPath<Value>(path: string, run: () => Promise<Value>): Promise<Value> {
  const before = process.env['PATH']
  process.env['PATH'] = path
  try {
    return await run()
  } finally {
    process.env['PATH'] = before
  }
}

interface Case {
  arrange: (playground: Playground) => void
  /** Where the project is. */
  folder?: string
  message: RegExp
  remedy: RegExp
}

const file = ({ directory }: Playground, path: string, text: string) =>
  writeFileSync(join(directory, path), text)

const CASES: Record<string, Case> = {
  'a broken configuration': {
    arrange: p => file(p, '.git/config', '[core\n'),
    message: /is a git repository that git does not read/,
    remedy: /git -C .* status/,
  },
  'a HEAD that is damaged': {
    arrange: p => file(p, '.git/HEAD', 'junk\n'),
    message: /is a git repository that git does not read/,
    remedy: /fresh clone/,
  },
  'an empty HEAD': {
    arrange: p => file(p, '.git/HEAD', ''),
    message: /is a git repository that git does not read/,
    remedy: /fresh clone/,
  },
  'a .git that is empty': {
    arrange: p => {
      rmSync(join(p.directory, '.git'), { recursive: true })
      mkdirSync(join(p.directory, '.git'))
    },
    message: /is a git repository that git does not read/,
    remedy: /fresh clone/,
  },
  'a worktree whose repository has gone': {
    arrange: p => {
      rmSync(join(p.directory, '.git'), { recursive: true })
      file(p, '.git', 'gitdir: /nowhere/.git/worktrees/ml\n')
    },
    message: /is a git repository that git does not read/,
    remedy: /fresh clone/,
  },
  'a .git file that says nothing': {
    arrange: p => {
      rmSync(join(p.directory, '.git'), { recursive: true })
      file(p, '.git', '')
    },
    message: /is a git repository that git does not read/,
    remedy: /fresh clone/,
  },
  'a version of repositories that git does not know': {
    arrange: p => p.git('config', 'core.repositoryFormatVersion', '99'),
    message: /is a git repository that git does not read/,
    remedy: /fresh clone/,
  },
  'a repository that says it is bare': {
    arrange: p => p.git('config', 'core.bare', 'true'),
    message: /without a work tree/,
    remedy: /clone/i,
  },
  'a bare repository above': {
    arrange: p => p.git('init', '--quiet', '--bare', 'bare.git'),
    folder: 'bare.git/hooks',
    message: /without a work tree/,
    remedy: /clone/i,
  },
}

for (const [name, { arrange, folder = 'ml', message, remedy }] of Object.entries(CASES)) {
  test.serial(`S1 · ${name} is not "outside git"`, async t => {
    const playground = aRepository(t)
    playground.commit('one', { 'ml/slipway.yaml': 'p' })
    arrange(playground)
    const project = join(playground.directory, folder)
    t.false(isOutsideGit(project))
    const problem = await problemOf(t, openRepository(project))
    t.regex(problem.message, message)
    t.regex(problem.remedy ?? '', remedy)
  })
}

test.serial('S1 · a damaged repository is not exchanged for one further up', async t => {
  const outer = aRepository(t)
  outer.commit('outer', { 'README.md': '' })
  mkdirSync(join(outer.directory, 'inner'))
  const inner = at(join(outer.directory, 'inner'))
  inner.git('init', '--quiet')
  inner.commit('inner', { 'slipway.yaml': 'p' })
  writeFileSync(join(inner.directory, '.git/HEAD'), '')
  const problem = await problemOf(t, openRepository(inner.directory))
  t.regex(problem.message, /git does not accept .*inner\/\.git as a repository/)
  t.true((problem.cause ?? '').includes(outer.directory))
})

test.serial('S1 · a repository of another owner is named with what makes git trust it', async t => {
  const playground = aRepository(t)
  playground.commit('one', { 'ml/slipway.yaml': 'p' })
  const folder = aFolder(t)
  // git's own switch for its tests of this refusal; slipway passes no such variable on.
  const script = `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec ${REAL_GIT} "$@"\n`
  writeFileSync(join(folder, 'git'), script, { mode: 0o755 })
  const project = join(playground.directory, 'ml')
  t.false(isOutsideGit(project))
  const problem = await withPath(`${folder}:${process.env['PATH']}`, () =>
    problemOf(t, openRepository(project)),
  )
  t.regex(problem.cause ?? '', /safe\.directory/)
  const trust = `git config --global --add safe.directory ${playground.directory}`
  t.true(problem.remedy?.endsWith(trust), problem.remedy)
})

test.serial('S1 · without git on the PATH a repository is one all the same', async t => {
  const playground = aRepository(t)
  t.false(isOutsideGit(playground.directory))
  const problem = await withPath(aFolder(t), () =>
    problemOf(t, openRepository(playground.directory)),
  )
  t.is(problem.code, 'git-failed')
  t.regex(problem.remedy ?? '', /Install git/)
})

test.serial('S1 · outside git no git is needed', async t => {
  const folder = aFolder(t)
  t.true(isOutsideGit(folder))
  const problem = await withPath(aFolder(t), () => problemOf(t, openRepository(folder)))
  t.is(problem.code, 'not-a-repository')
})

test.serial('S1 · GIT_DIR elsewhere is told, and nothing counts as outside git', async t => {
  const other = aRepository(t)
  const folder = aFolder(t)
  process.env['GIT_DIR'] = join(other.directory, '.git')
  t.teardown(() => delete process.env['GIT_DIR'])
  t.false(isOutsideGit(folder))
  const problem = await problemOf(t, openRepository(folder))
  t.is(problem.code, 'not-a-repository')
  t.regex(problem.cause ?? '', /GIT_DIR is set/)
  t.regex(problem.remedy ?? '', /unset GIT_DIR/)
})

test.serial('S1 · a ceiling that keeps git from looking is told', async t => {
  const playground = aRepository(t)
  const folder = join(playground.directory, 'team')
  mkdirSync(folder)
  process.env['GIT_CEILING_DIRECTORIES'] = playground.directory
  t.teardown(() => delete process.env['GIT_CEILING_DIRECTORIES'])
  const problem = await problemOf(t, openRepository(folder))
  t.is(problem.code, 'not-a-repository')
  t.regex(problem.cause ?? '', /GIT_CEILING_DIRECTORIES is set to /)
})

const HEADS: Record<string, Case['arrange']> = {
  'a branch that holds no hash': p => file(p, '.git/refs/heads/trunk', 'garbage\n'),
  'an empty branch': p => file(p, '.git/refs/heads/trunk', ''),
  'a branch whose commit is lost': p => file(p, '.git/refs/heads/trunk', `${'1'.repeat(40)}\n`),
  'a HEAD whose commit is lost': p => file(p, '.git/HEAD', `${'1'.repeat(40)}\n`),
  'objects that are lost': p => {
    for (const name of p.git('rev-list', '--objects', '--all').split('\n'))
      rmSync(join(p.directory, '.git/objects', name.slice(0, 2)), { recursive: true, force: true })
  },
}

for (const [name, arrange] of Object.entries(HEADS)) {
  test.serial(`S1 · ${name} is not "no commit yet"`, async t => {
    const playground = aRepository(t)
    playground.commit('one', { 'slipway.yaml': 'p' })
    arrange(playground)
    const problem: Problem = await problemOf(
      t,
      openRepository(playground.directory).then(repository => repository.head()),
    )
    t.is(problem.code, 'git-failed')
    t.regex(`${problem.message} ${problem.remedy}`, /git fsck/)
  })
}

test.serial('S1 · an address of origin that cannot be read is not "no origin"', async t => {
  const playground = aRepository(t)
  playground.commit('one', { 'slipway.yaml': 'p' })
  const repository = await openRepository(playground.directory)
  file(playground, '.git/config', '[remote "origin"\n')
  t.is((await problemOf(t, repository.origin())).code, 'git-failed')
})

test.serial('S1 · lost history is not "not older"', async t => {
  const playground = aRepository(t)
  const first = playground.commit('one')
  const second = playground.commit('two')
  playground.commit('three')
  const repository = await openRepository(playground.directory)
  rmSync(join(playground.directory, '.git/objects', second.slice(0, 2), second.slice(2)))
  t.is((await problemOf(t, repository.isAncestor(first, 'HEAD'))).code, 'git-failed')
})
