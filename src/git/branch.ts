import { failure } from '../problem/index.ts'
import type { Checkout } from './checkout.ts'
import { git, tryGit } from './run.ts'

/** The branch that is checked out; undefined with a detached HEAD. */
export async function currentBranch({ root }: Checkout): Promise<string | undefined> {
  const { stdout } = await tryGit(root, ['symbolic-ref', '--quiet', '--short', 'HEAD'])
  return stdout.trim() || undefined
}

/**
 * Works on a new branch from HEAD and comes back to the one that was checked out. The new branch stays when the work
 * succeeded, and is removed when it failed.
 */
export async function onNewBranch<Result>(
  checkout: Checkout,
  name: string,
  work: (base: string) => Promise<Result>,
): Promise<Result> {
  const { root } = checkout
  const base = await currentBranch(checkout)
  if (base === undefined) throw detached()
  const { exitCode, stderr } = await tryGit(root, ['switch', '--quiet', '--no-track', '-c', name])
  if (exitCode !== 0) throw notCreated(name, stderr.trim())
  let isDone = false
  try {
    const result = await work(base)
    isDone = true
    return result
  } finally {
    await git(root, ['switch', '--quiet', base])
    if (!isDone) await tryGit(root, ['branch', '--quiet', '-D', name])
  }
}

function detached() {
  return failure('git-failed', 'no branch is checked out here (detached HEAD)', {
    remedy: 'Switch to the branch first: "git switch main".',
  })
}

function notCreated(name: string, cause: string) {
  return failure('git-failed', `the branch ${name} cannot be created`, {
    cause,
    remedy: `If it is left over from an earlier attempt: "git branch -D ${name}".`,
  })
}
