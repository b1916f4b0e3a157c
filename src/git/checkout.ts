import { readFile, realpath, stat } from 'node:fs/promises'
import { join, posix, resolve } from 'node:path'
import { failure, type SlipwayError } from '../problem/index.ts'
import { gitAbove } from './outside.ts'
import { git, gitFailed, tryGit, type GitResult } from './run.ts'

/** A project's folder inside a work tree. */
export interface Checkout {
  /** Top folder of the work tree; commands run here. */
  root: string
  /** The project's path below the root, `/`-terminated; '' when it is the root. */
  prefix: string
  isShallow: boolean
}

/** The repository that a folder is in. One that git passes over, for a damaged HEAD, is not exchanged for one further up. */
export async function findCheckout(directory: string): Promise<Checkout> {
  await requireFolder(directory)
  const above = gitAbove(directory)
  if (above === undefined) throw notARepository(directory)
  const answers = await tryGit(directory, ['rev-parse', ...QUESTIONS])
  const [isInside, isShallow, grafts = '', ...paths] = answers.stdout.split('\n')
  if (isInside === 'false') throw noWorkTree(directory)
  if (answers.exitCode !== 0) throw unreadable(above, answers)
  const found = await pathsOf(directory, paths)
  if ((await realpath(found.root)) !== above) throw passedOver(above, found.root)
  await refuseGrafts(resolve(directory, grafts))
  return { ...found, isShallow: isShallow === 'true' }
}

/** The paths come last: outside a work tree git fails at them. */
const QUESTIONS = [
  '--is-inside-work-tree',
  '--is-shallow-repository',
  '--git-path',
  'info/grafts',
  '--show-toplevel',
  '--show-prefix',
]

/** A path with a line break in it can only be told apart by asking for each alone. */
async function pathsOf(directory: string, lines: readonly string[]) {
  const [root = '', prefix = '', end] = lines
  if (lines.length === 3 && end === '') return { root, prefix }
  const ask = async (what: string) => withoutNewline(await git(directory, ['rev-parse', what]))
  return { root: await ask('--show-toplevel'), prefix: await ask('--show-prefix') }
}

/** Paths of the project as paths of the repository; the whole project when none is given. */
export function repositoryPaths({ prefix }: Checkout, paths: readonly string[] = ['.']): string[] {
  return paths.map(path => posix.normalize(posix.join(prefix, path)))
}

/** The inverse; with `../` for what is outside the project. */
export function projectPath({ prefix }: Checkout, path: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : posix.relative(prefix, path)
}

/** The absolute path of a file or folder of git's own, e.g. MERGE_HEAD; right in worktrees and submodules too. */
export async function gitPath({ root }: Checkout, name: string): Promise<string> {
  const path = withoutNewline(await git(root, ['rev-parse', '--git-path', name]))
  return posix.isAbsolute(path) ? path : join(root, path)
}

async function requireFolder(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined)
  if (found?.isDirectory()) return
  throw failure('not-a-repository', `there is no folder ${directory}`)
}

/** They change what a commit came from, in this clone alone; git has no setting against it (https://git-scm.com/docs/gitglossary). */
async function refuseGrafts(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '')
  if (!/^[^#\s]/m.test(text)) return
  throw failure('not-a-repository', `${file} changes the history of this clone`, {
    cause: 'Which commit is older decides what an apply may take back.',
    remedy: 'Remove the file; "git replace --convert-graft-file" keeps what it says for git.',
  })
}

function notARepository(directory: string): SlipwayError {
  const elsewhere = process.env['GIT_DIR']
  return failure('not-a-repository', `${directory} is not in a git repository`, {
    ...(elsewhere !== undefined && {
      cause: `GIT_DIR is set to ${elsewhere}, which slipway does not follow.`,
    }),
    remedy:
      elsewhere === undefined
        ? 'Run slipway inside a clone of the project, or begin one with "git init".'
        : 'Run slipway in a clone or a worktree of the project, or unset GIT_DIR.',
  })
}

function unreadable(above: string, result: GitResult): SlipwayError {
  if (result.exitCode < 0) return gitFailed(['rev-parse'], result)
  // The name of the setting is the same in every language.
  const isForeign = result.stderr.includes('safe.directory')
  return failure('not-a-repository', `${above} is a git repository that git does not read`, {
    cause: [result.stderr.trim(), ceiling()].filter(Boolean).join(' '),
    remedy: isForeign
      ? `The repository belongs to another user. If you trust it: git config --global --add safe.directory ${above}`
      : `Fix what git reports ("git -C ${above} status" must work), or make a fresh clone.`,
  })
}

function ceiling(): string | undefined {
  const folders = process.env['GIT_CEILING_DIRECTORIES']
  return folders && `GIT_CEILING_DIRECTORIES is set to ${folders}: git does not look there.`
}

function passedOver(above: string, root: string): SlipwayError {
  return failure('not-a-repository', `git does not accept ${join(above, '.git')} as a repository`, {
    cause: `It uses ${root} instead, which these files are not part of: a damaged HEAD, an interrupted clone or core.worktree.`,
    remedy: `Repair it or make a fresh clone; if ${join(above, '.git')} is not one, remove it.`,
  })
}

function noWorkTree(directory: string) {
  return failure('not-a-repository', `${directory} is in a git repository without a work tree`, {
    remedy: 'Clone the repository (or "git worktree add") and run slipway in the clone.',
  })
}

function withoutNewline(text: string): string {
  return text.replace(/\r?\n$/, '')
}
