import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import { failure } from '../problem/index.ts'
import { changedBetween, records } from './changes.ts'
import { gitPath, repositoryPaths, type Checkout } from './checkout.ts'
import { commitChanges, listed, treeAfter } from './commit-changes.ts'
import { readCommit, steps, type Commit } from './history.ts'
import { DEEPEN, resolve } from './revision.ts'
import { git, gitFailed, tryGit } from './run.ts'
import { shortCommit } from '../words/index.ts'

export interface RevertPlan {
  from: Commit
  to: Commit
  /** What is taken back, newest first; a merge counts as one commit. */
  commits: Commit[]
  /** Paths of the project that change. */
  files: string[]
}

/** What going back from one commit to an earlier one takes back. Changes nothing. */
export async function revertPlan(
  checkout: Checkout,
  query: { from?: string | undefined; to: string; paths?: string[] | undefined },
): Promise<RevertPlan> {
  const to = await resolve(checkout, query.to)
  const from = await resolve(checkout, query.from ?? 'HEAD')
  const range = { from, to, paths: query.paths }
  return {
    from: await readCommit(checkout, from),
    to: await readCommit(checkout, to),
    commits: await steps(checkout, range),
    files: await changedBetween(checkout, range),
  }
}

/** The commit before, on the branch's own side. Throws `nothing-to-roll-back` where there is none, `unknown-revision` where it is not here. */
export async function parentOf(checkout: Checkout, hash: string): Promise<string> {
  await refuseCutOff(checkout, [hash])
  const args = ['rev-parse', '--verify', '--quiet', `${hash}^1`]
  const { exitCode, stdout } = await tryGit(checkout.root, args)
  if (exitCode === 0) return stdout.trim()
  throw failure(
    'nothing-to-roll-back',
    `${shortCommit(hash)} is the first commit of the repository: there is nothing before it`,
  )
}

/** The tree that `revert` would commit: tried in the work tree, which is as before afterwards. */
export async function revertedTree(checkout: Checkout, commits: string[]): Promise<string> {
  const hashes = await Promise.all(commits.map(commit => resolve(checkout, commit)))
  await refuseCutOff(checkout, hashes)
  return treeAfter(checkout, {
    files: await changedBy(checkout, hashes),
    change: async () => revertInWorkTree(checkout, hashes),
  })
}

/** Takes back whole commits with `git revert`, in the order given (newest first), as one commit. */
export async function revert(
  checkout: Checkout,
  { commits, message }: { commits: string[]; message: string },
): Promise<Commit> {
  const hashes = await Promise.all(commits.map(commit => resolve(checkout, commit)))
  if (hashes.length === 0) throw failure('nothing-to-roll-back', 'there is no commit to revert')
  await refuseCutOff(checkout, hashes)
  return commitChanges(checkout, {
    message: withTrailer(message, hashes),
    files: await changedBy(checkout, hashes),
    change: async () => revertInWorkTree(checkout, hashes),
  })
}

/**
 * Brings files of the project back to what they were at a revision, as one commit on top. Unlike revert it
 * cannot conflict, touches nothing else and gives exactly the tree that was good.
 */
export async function restore(
  checkout: Checkout,
  query: { revision: string; paths?: string[] | undefined; message: string },
): Promise<Commit> {
  const { revision, paths, message } = query
  const { commits, files, to } = await revertPlan(checkout, { to: revision, paths })
  const hashes = commits.map(({ hash }) => hash)
  return commitChanges(checkout, {
    message: withTrailer(message, hashes),
    paths,
    files,
    change: async () => restoreInWorkTree(checkout, to.hash, paths),
  })
}

/** Wherever in the repository: a commit is reverted as a whole. */
async function changedBy(checkout: Checkout, hashes: readonly string[]): Promise<string[]> {
  const root = posix.relative(checkout.prefix, '') || '.'
  const changed = await Promise.all(
    hashes.map(hash => changedBetween(checkout, { from: `${hash}^1`, to: hash, paths: [root] })),
  )
  return [...new Set(changed.flat())]
}

/** `-m 1` means the branch's own side of a merge, and is allowed for other commits too (git 2.21). */
async function revertInWorkTree({ root }: Checkout, hashes: string[]): Promise<void> {
  const args = ['revert', '--no-commit', '--mainline=1', ...hashes]
  const result = await tryGit(root, args, { config: ['rerere.enabled=false'] })
  if (result.exitCode === 0) return
  const unmerged = await git(root, ['diff', '--name-only', '--diff-filter=U', '-z'])
  const files = records(unmerged)
  // Forgets the sequence; commitChanges restores the files.
  await tryGit(root, ['revert', '--quit'])
  if (files.length === 0) throw gitFailed(args, result)
  throw failure('revert-conflict', `reverting conflicts with later changes in ${listed(files)}`, {
    cause: 'commits that are not reverted changed the same lines since',
    remedy: 'Revert these later commits too, or restore the files as they were at a revision.',
  })
}

/** Removals come first: a folder may have become a file. */
async function restoreInWorkTree(checkout: Checkout, revision: string, paths?: string[]) {
  const range = { from: 'HEAD', to: revision, paths }
  const files = await changedBetween(checkout, range)
  const gone = new Set(await changedBetween(checkout, range, { onlyGone: true }))
  await forFiles(checkout, ['rm', '--quiet'], [...gone])
  const kept = files.filter(file => !gone.has(file))
  await forFiles(checkout, ['restore', '--staged', '--worktree', `--source=${revision}`], kept)
}

/** The files go through standard input: there may be more than a command line takes. */
async function forFiles(checkout: Checkout, command: string[], files: string[]): Promise<void> {
  if (files.length === 0) return
  const args = ['--literal-pathspecs', ...command, '--pathspec-from-file=-', '--pathspec-file-nul']
  await git(checkout.root, args, {
    input: repositoryPaths(checkout, files).join('\0'),
    // A post-checkout hook expects a checkout of another branch.
    config: ['core.hooksPath=/dev/null'],
  })
}

/** At the edge of a shallow clone a commit has no parent, and reverting it would delete everything. */
async function refuseCutOff(checkout: Checkout, hashes: string[]): Promise<void> {
  if (!checkout.isShallow) return
  const edge = await readFile(await gitPath(checkout, 'shallow'), 'utf8')
  const cutOff = hashes.find(hash => edge.includes(hash))
  if (cutOff === undefined) return
  throw failure('unknown-revision', `the parent of commit ${cutOff} is not in this clone`, {
    remedy: DEEPEN,
  })
}

/** The sentence of `git revert` itself, so that tools which look for it find it. */
function withTrailer(message: string, hashes: readonly string[]): string {
  const lines = hashes.map(hash => `This reverts commit ${hash}.`)
  return lines.length === 0 ? message : `${message.trimEnd()}\n\n${lines.join('\n')}\n`
}
