import { existsSync } from 'node:fs'
import { failure, type SlipwayError } from '../problem/index.ts'
import { gitPath, type Checkout } from './checkout.ts'
import { git, tryGit, type GitResult } from './run.ts'

/** The full hash of the commit that a branch, tag, hash or expression (`HEAD~2`) names. */
export async function resolve(checkout: Checkout, revision: string): Promise<string> {
  const result = await lookUp(checkout, revision)
  const hash = result.stdout.trim()
  if (result.exitCode === 0 && hash !== '') return hash
  throw await unknownRevision(checkout, { revision, cause: result.stderr.trim() })
}

/**
 * Whether `a` is `b` or one of its ancestors. Undefined when the local history cannot tell: one of
 * them is not here, or a shallow clone ends before they meet.
 */
export async function isAncestor(
  checkout: Checkout,
  a: string,
  b: string,
): Promise<boolean | undefined> {
  if (await reaches(checkout, a, b)) return true
  // The other way round proves a no even where history is cut off.
  if (await reaches(checkout, b, a)) return false
  const found = await Promise.all([lookUp(checkout, a), lookUp(checkout, b)])
  if (checkout.isShallow || found.some(({ exitCode }) => exitCode !== 0)) return undefined
  await requireWhole(
    checkout,
    found.map(({ stdout }) => stdout.trim()),
  )
  return false
}

/** False, too, where one of them is not here. */
async function reaches({ root }: Checkout, older: string, newer: string): Promise<boolean> {
  if (older.includes('\0') || newer.includes('\0')) return false
  const commits = [older, newer].map(revision => `${revision}^{commit}`)
  const args = ['merge-base', '--is-ancestor', '--end-of-options', ...commits]
  return (await tryGit(root, args)).exitCode === 0
}

/** Where commits are lost, merge-base says no; walking along all of them fails. */
async function requireWhole({ root }: Checkout, commits: readonly string[]): Promise<void> {
  await git(root, ['rev-list', '--quiet', ...commits])
}

/** `--end-of-options` keeps a revision that begins with "-" from being an option. */
async function lookUp({ root }: Checkout, revision: string): Promise<GitResult> {
  if (revision.includes('\0')) return { exitCode: 128, stdout: '', stderr: '' }
  return tryGit(root, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])
}

async function unknownRevision(
  checkout: Checkout,
  { revision, cause }: { revision: string; cause: string },
): Promise<SlipwayError> {
  if (revision === 'HEAD') return noHead(checkout, cause)
  const message = `no commit is known here by the name "${revision}"`
  return failure('unknown-revision', message, {
    cause,
    remedy: await remedyFor(checkout, revision),
  })
}

/** No commit yet, or one that cannot be read: the second must not pass for the first. */
async function noHead(checkout: Checkout, cause: string): Promise<SlipwayError> {
  const { root } = checkout
  const { exitCode, stdout } = await tryGit(root, ['symbolic-ref', '--quiet', 'HEAD'])
  const branch = stdout.trim()
  // A branch that is there and cannot be read was born.
  const isUnborn =
    exitCode === 0 &&
    (await tryGit(root, ['rev-parse', '--verify', '--quiet', branch])).exitCode === 1 &&
    !existsSync(await gitPath(checkout, branch))
  if (isUnborn) {
    const remedy = 'Commit the project first.'
    return failure('unknown-revision', 'the repository has no commit yet', { cause, remedy })
  }
  return failure('git-failed', `git cannot read the commit that is checked out in ${root}`, {
    cause,
    remedy: 'Run "git fsck" to see what is damaged; a fresh clone repairs it.',
  })
}

async function remedyFor(checkout: Checkout, revision: string): Promise<string> {
  const remoteBranch = await findRemoteBranch(checkout, revision)
  if (remoteBranch !== undefined)
    return `There is a remote branch of that name: use ${remoteBranch}.`
  const deepen = checkout.isShallow ? DEEPEN : undefined
  if (BRANCH.test(revision) && (await followsOneBranch(checkout)))
    return `${WIDEN} ${deepen ?? 'Then run "git fetch".'}`
  return deepen ?? 'See "git log --all" for what is here, or run "git fetch" first.'
}

/** As `git clone --depth` and `--single-branch` leave it: a fetch brings no other branch. */
async function followsOneBranch({ root }: Checkout): Promise<boolean> {
  const { stdout } = await tryGit(root, ['config', '--get-all', 'remote.origin.fetch'])
  return stdout.trim() !== '' && !stdout.includes('*')
}

/** Neither a hash nor said from HEAD. */
const BRANCH = /^(?!HEAD\b|[0-9a-f]{7,40}$)[\w./-]+$/

const WIDEN =
  'This clone follows one branch only: run "git remote set-branches origin \'*\'" first.'

/** What to do in a clone that has only the latest commits. */
export const DEEPEN =
  'This clone is shallow: run "git fetch --unshallow" (or "git fetch --deepen=100"); in GitHub Actions give actions/checkout "fetch-depth: 0".'

async function findRemoteBranch({ root }: Checkout, revision: string): Promise<string | undefined> {
  if (!/^[\w./-]+$/.test(revision)) return undefined
  const pattern = `refs/remotes/*/${revision}`
  const { stdout } = await tryGit(root, ['for-each-ref', '--format=%(refname:short)', pattern])
  return stdout.split('\n').find(name => name !== '')
}
