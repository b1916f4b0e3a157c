import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { SlipwayError, type Problem } from '../../src/problem/index.ts'

// The developer's own configuration must not decide what the tests see.
process.env['GIT_CONFIG_NOSYSTEM'] = '1'
process.env['GIT_CONFIG_GLOBAL'] = join(mkdtempSync(join(tmpdir(), 'slipway-git-')), 'gitconfig')
writeFileSync(
  process.env['GIT_CONFIG_GLOBAL'],
  '[user]\n  name = Ada Berg\n  email = ada@example.com\n[init]\n  defaultBranch = trunk\n[protocol "file"]\n  allow = always\n',
)

export interface Playground {
  directory: string
  git: (...args: string[]) => string
  write: (files: Record<string, string>) => void
  /** Writes the files, commits everything and returns the hash. */
  commit: (subject: string, files?: Record<string, string>) => string
  remove: (path: string) => void
}

/** A folder that is gone after the test. */
export function aFolder(t: ExecutionContext): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-git-')))
  t.teardown(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** A real repository in a new folder. */
export function aRepository(t: ExecutionContext): Playground {
  const playground = at(aFolder(t))
  playground.git('init', '--quiet')
  return playground
}

/** A clone of it; `options` as for git clone. */
export function aClone(t: ExecutionContext, origin: Playground, ...options: string[]): Playground {
  const directory = join(aFolder(t), 'clone')
  origin.git('clone', '--quiet', ...options, `file://${origin.directory}`, directory)
  return at(directory)
}

export function at(directory: string): Playground {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' }).trim()
  const write = (files: Record<string, string>) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), content)
    }
  }
  const commit = (subject: string, files: Record<string, string> = {}) => {
    write(files)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', `--message=${subject}`)
    return git('rev-parse', 'HEAD')
  }
  const remove = (path: string) => rmSync(join(directory, path))
  return { directory, git, write, commit, remove }
}

/** The one problem that the promise fails with. */
export async function problemOf(t: ExecutionContext, promise: Promise<unknown>): Promise<Problem> {
  const error = await t.throwsAsync(promise, { instanceOf: SlipwayError })
  const [problem] = error.problems
  if (problem === undefined) throw new Error('a SlipwayError without a problem')
  return problem
}
