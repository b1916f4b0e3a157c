import { projectPath, repositoryPaths, type Checkout } from './checkout.ts'
import { resolve } from './revision.ts'
import { git } from './run.ts'

/** Paths of the project that are not as in HEAD: changed, staged, deleted or untracked (ignored files are not looked at). */
export async function uncommitted(checkout: Checkout, paths?: string[]): Promise<string[]> {
  const limits = ['--untracked-files=normal', '--', ...repositoryPaths(checkout, paths)]
  return status(checkout, limits)
}

/** Paths anywhere in the repository that are changed or staged; untracked files do not count. */
export async function modified(checkout: Checkout): Promise<string[]> {
  return status(checkout, ['--untracked-files=no'])
}

export interface Range {
  from: string
  to: string
  paths?: string[] | undefined
}

/** Paths of the project whose content differs between two commits; `onlyGone`: those that the second one does not have. */
export async function changedBetween(
  checkout: Checkout,
  { from, to, paths }: Range,
  { onlyGone = false } = {},
): Promise<string[]> {
  const commits = await Promise.all([resolve(checkout, from), resolve(checkout, to)])
  const limits = ['--', ...repositoryPaths(checkout, paths)]
  const filter = onlyGone ? ['--diff-filter=D'] : []
  const diff = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', ...filter]
  const text = await git(checkout.root, ['--literal-pathspecs', ...diff, ...commits, ...limits])
  return records(text).map(path => projectPath(checkout, path))
}

/** The entries of `-z` output. */
export function records(text: string): string[] {
  return text.split('\0').filter(record => record !== '')
}

async function status(checkout: Checkout, limits: string[]): Promise<string[]> {
  const plain = ['--porcelain', '-z', '--no-renames', '--ignore-submodules=none']
  const withoutLocks = ['--literal-pathspecs', '--no-optional-locks']
  const text = await git(checkout.root, [...withoutLocks, 'status', ...plain, ...limits])
  // Each entry is `XY path`.
  return records(text).map(entry => projectPath(checkout, entry.slice(3)))
}
