import { existsSync } from 'node:fs'
import { failure } from '../problem/index.ts'
import { modified, uncommitted } from './changes.ts'
import { gitPath, type Checkout } from './checkout.ts'
import { hiddenEdits } from './hidden-edits.ts'
import { head, type Commit } from './history.ts'
import { git, tryGit } from './run.ts'

interface Change {
  message: string
  /** Where untracked files of the project are in the way; everywhere in it when absent. */
  paths?: string[] | undefined
  /** Files of the project that the change writes. */
  files: readonly string[]
  change: () => Promise<void>
}

/**
 * Runs `change` (which alters index and work tree) and commits the result with the user's identity,
 * signature and commit hooks. Whatever fails, index and work tree are as before.
 */
export async function commitChanges(
  checkout: Checkout,
  { message, paths, files, change }: Change,
): Promise<Commit> {
  await requireClean(checkout, { paths, files })
  try {
    await change()
    await requireStaged(checkout)
    await commit(checkout, message)
  } catch (error) {
    await tryGit(checkout.root, ['reset', '--quiet', '--merge', 'HEAD'])
    throw error
  }
  return head(checkout)
}

/** The tree that `change` would lead to, by its hash. Index and work tree are as before, whatever happens. */
export async function treeAfter(
  checkout: Checkout,
  { files, change }: Pick<Change, 'files' | 'change'>,
): Promise<string> {
  await requireClean(checkout, { files })
  try {
    await change()
    await requireStaged(checkout)
    return (await git(checkout.root, ['write-tree'])).trim()
  } finally {
    await tryGit(checkout.root, ['reset', '--quiet', '--merge', 'HEAD'])
  }
}

async function requireClean(
  checkout: Checkout,
  { paths, files }: Pick<Change, 'paths' | 'files'>,
): Promise<void> {
  const operation = await operationInProgress(checkout)
  if (operation !== undefined) {
    throw failure('dirty-tree', `a ${operation} is in progress in this work tree`, {
      remedy: `Finish it or give it up ("git ${operation} --abort"), then try again.`,
    })
  }
  const found = await Promise.all([
    modified(checkout),
    uncommitted(checkout, paths),
    hiddenEdits(checkout, files),
  ])
  const dirty = [...new Set(found.flat())].toSorted()
  if (dirty.length === 0) return
  throw failure('dirty-tree', `there are uncommitted changes: ${listed(dirty)}`, {
    remedy: 'Commit them, or stash them with "git stash --include-untracked".',
  })
}

const OPERATIONS = {
  MERGE_HEAD: 'merge',
  CHERRY_PICK_HEAD: 'cherry-pick',
  REVERT_HEAD: 'revert',
  'rebase-merge': 'rebase',
  'rebase-apply': 'rebase',
}

async function operationInProgress(checkout: Checkout): Promise<string | undefined> {
  for (const [file, operation] of Object.entries(OPERATIONS)) {
    // oxlint-disable-next-line no-await-in-loop
    if (existsSync(await gitPath(checkout, file))) return operation
  }
  return undefined
}

async function requireStaged({ root }: Checkout): Promise<void> {
  const { exitCode } = await tryGit(root, ['diff-index', '--cached', '--quiet', 'HEAD'])
  if (exitCode !== 0) return
  throw failure(
    'nothing-to-roll-back',
    'the project is already as it was then: there is nothing to commit',
  )
}

async function commit({ root }: Checkout, message: string): Promise<void> {
  const args = ['commit', '--quiet', '--cleanup=whitespace', '--file=-']
  const { exitCode, stdout, stderr } = await tryGit(root, args, {
    input: message,
    config: ['i18n.commitEncoding=UTF-8'],
  })
  if (exitCode === 0) return
  throw failure('git-failed', 'git refused to make the commit; nothing was changed', {
    cause: [stdout, stderr]
      .map(text => text.trim())
      .filter(text => text !== '')
      .join('\n'),
    remedy:
      'See what git or the commit hook says above; "git config user.name" and "user.email" must be set.',
  })
}

/** At most ten by name. */
export function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 10).join(', ')
  return paths.length > 10 ? `${shown} and ${paths.length - 10} more` : shown
}
