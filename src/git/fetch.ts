import type { Checkout } from './checkout.ts'
import { defaultRemote } from './push.ts'
import { tryGit } from './run.ts'

/** A remote that says nothing for so long is given up: it may wait for a password that nobody types. */
const SILENT_MS = 20_000

/** Brings a commit, by its full hash, with its history from the remote, and moves no branch; false where that is not to be had. */
export async function fetchCommit(checkout: Checkout, commit: string): Promise<boolean> {
  const remote = await defaultRemote(checkout).catch(() => undefined)
  if (remote === undefined) return false
  const args = ['fetch', '--no-tags', '--no-write-fetch-head', '--progress', remote, commit]
  const { exitCode } = await tryGit(checkout.root, args, { silentMs: SILENT_MS }).catch(() => ({
    exitCode: -1,
  }))
  return exitCode === 0
}
