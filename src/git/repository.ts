import { posix } from 'node:path'
import type { Seen, Source } from '../spec/index.ts'
import { onNewBranch } from './branch.ts'
import { changedBetween } from './changes.ts'
import { findCheckout, type Checkout } from './checkout.ts'
import { differences, type Difference } from './differences.ts'
import { edit, type FileEdit } from './edit.ts'
import { head, history, readCommit, type Commit, type HistoryQuery } from './history.ts'
import { origin } from './origin.ts'
import { defaultRemote, findTarget, push, type PushedTo } from './push.ts'
import { readRange, type RevisionRange } from './range.ts'
import { parentOf, restore, revert, revertedTree, revertPlan, type RevertPlan } from './revert.ts'
import { isAncestor, resolve } from './revision.ts'
import { signature, type Signature } from './signature.ts'
import { restoredSource, revisionSource, treeSource } from './revision-source.ts'
import { listStored } from './revision-tree.ts'
import { tryGit } from './run.ts'

export type { Commit, Difference, HistoryQuery, PushedTo, RevertPlan, Signature }

/**
 * The git repository that a project is in. Paths are the project's own, with "/". Every method throws
 * SlipwayError: `unknown-revision` where one is named, `git-failed` when git itself fails.
 */
export interface Repository {
  /** Top folder of the work tree. */
  root: string
  /** History may be cut off. */
  isShallow: boolean
  head: () => Promise<Commit>
  /** `github.com/org/models`: which repository this is a clone of; undefined without a remote called origin. */
  origin: () => Promise<string | undefined>
  /** How what was read from the work tree differs from a commit, by content, sorted by path. */
  differences: (query: { revision: string; seen: Seen }) => Promise<Difference[]>
  /** `REV`, `A..B`, `A...B`. */
  range: (text: string) => Promise<RevisionRange>
  commitAt: (revision: string) => Promise<Commit>
  /** The full hash of the commit that a revision names. */
  resolve: (revision: string) => Promise<string>
  /** Whether `a` is `b` or an ancestor of it; undefined when the local history cannot tell. */
  isAncestor: (a: string, b: string) => Promise<boolean | undefined>
  /** Whether git verifies the commit's signature with the keys that it knows here. */
  signature: (commit: string) => Promise<Signature>
  /** Brings a commit that is not here, by its full hash, from the remote; moves no branch. False where it is not to be had. */
  fetchCommit: (hash: string) => Promise<boolean>
  /** The project (or another folder of the work tree) as it was, without touching the work tree. */
  sourceAt: (revision: string, projectDirectory?: string) => Promise<Source>
  /** The project in HEAD with some files and folders as they were at a revision: what `restore` leads to. */
  sourceAfterRestore: (query: {
    to: string
    paths: readonly string[]
    directory?: string
  }) => Promise<Source>
  /** Paths in the repository of all files of that name at a revision. */
  filesNamed: (revision: string, name: string) => Promise<string[]>
  /** Commits that touched the project or some paths of it, newest first. */
  history: (query?: HistoryQuery) => Promise<Commit[]>
  /** Files of the project that differ between the revision and HEAD. */
  changedSince: (revision: string) => Promise<string[]>
  /** The commit that a commit was made on: of a merge the branch's own side. Throws where it is the first, or where a shallow clone ends. */
  parentOf: (hash: string) => Promise<string>
  /** What going back to a revision takes back. */
  revertPlan: (query: { from?: string; to: string; paths?: string[] }) => Promise<RevertPlan>
  /** The project as it would be after reverting; throws as `revert` does. */
  sourceAfterRevert: (commits: string[], projectDirectory?: string) => Promise<Source>
  /** `git revert` of whole commits, newest first, as one commit. Throws dirty-tree, revert-conflict, nothing-to-roll-back; then nothing was changed. */
  revert: (reversal: Reversal) => Promise<Commit>
  /** One commit that brings files back to what they were at a revision. Throws dirty-tree, nothing-to-roll-back. */
  restore: (restoration: Restoration) => Promise<Commit>
  /** One commit that changes one file of the project. Throws dirty-tree, nothing-to-roll-back, outside-folder where it is a link. */
  edit: (change: FileEdit) => Promise<Commit>
  /** Pushes the current branch; never forces. */
  push: () => Promise<PushedTo>
  /** Where that would go; throws where there is no branch or no remote. */
  pushTarget: () => Promise<PushedTo>
  /** Works on a new branch from HEAD, then comes back. `work` gets the name of the branch that was left. */
  onNewBranch: <Result>(name: string, work: (base: string) => Promise<Result>) => Promise<Result>
}

export interface Reversal {
  commits: string[]
  /** The hashes of the reverted commits are added to it. */
  message: string
}

export interface Restoration {
  revision: string
  /** Files and folders of the project; all of it when absent. */
  paths?: string[]
  /** The hashes of the commits taken back are added to it. */
  message: string
}

/** Throws SlipwayError `not-a-repository`. */
export async function openRepository(directory: string): Promise<Repository> {
  const checkout = await findCheckout(directory)
  return {
    root: checkout.root,
    isShallow: checkout.isShallow,
    head: async () => head(checkout),
    origin: async () => origin(checkout),
    commitAt: async revision => readCommit(checkout, await resolve(checkout, revision)),
    differences: async query => differences(checkout, query),
    range: async text => readRange(checkout, text),
    resolve: async revision => resolve(checkout, revision),
    isAncestor: async (a, b) => isAncestor(checkout, a, b),
    signature: async commit => signature(checkout, commit),
    fetchCommit: async hash => fetchCommit(checkout, hash),
    sourceAt: async (revision, projectDirectory) =>
      revisionSource(checkout, { revision, directory: projectDirectory }),
    sourceAfterRestore: async ({ to, paths, directory: project }) =>
      restoredSource(checkout, { to, paths, directory: project }),
    filesNamed: async (revision, name) => {
      const stored = await listStored(checkout, { tree: await resolve(checkout, revision) })
      return [...stored.keys()].filter(path => posix.basename(path) === name)
    },
    history: async query => history(checkout, query),
    changedSince: async revision => changedBetween(checkout, { from: revision, to: 'HEAD' }),
    parentOf: async hash => parentOf(checkout, hash),
    revertPlan: async query => revertPlan(checkout, query),
    sourceAfterRevert: async (commits, projectDirectory) => {
      const tree = await revertedTree(checkout, commits)
      const description = 'after the revert'
      return treeSource(checkout, { tree, directory: projectDirectory, description })
    },
    revert: async reversal => revert(checkout, reversal),
    restore: async restoration => restore(checkout, restoration),
    edit: async change => edit(checkout, change),
    push: async () => push(checkout),
    pushTarget: async () => findTarget(checkout),
    onNewBranch: async (name, work) => onNewBranch(checkout, name, work),
  }
}

/** A remote that says nothing for so long is given up: it may wait for a password that nobody types. */
const SILENT_MS = 20_000

/** Brings a commit, by its full hash, with its history from the remote, and moves no branch; false where that is not to be had. */
async function fetchCommit(checkout: Checkout, commit: string): Promise<boolean> {
  const remote = await defaultRemote(checkout).catch(() => undefined)
  if (remote === undefined) return false
  const args = ['fetch', '--no-tags', '--no-write-fetch-head', '--progress', remote, commit]
  const { exitCode } = await tryGit(checkout.root, args, { silentMs: SILENT_MS }).catch(() => ({
    exitCode: -1,
  }))
  return exitCode === 0
}
