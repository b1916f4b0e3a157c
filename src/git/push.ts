import { failure } from '../problem/index.ts'
import { currentBranch } from './branch.ts'
import type { Checkout } from './checkout.ts'
import { git, tryGit } from './run.ts'

export interface PushedTo {
  remote: string
  branch: string
}

/** Pushes the current branch to where it tracks; else to the same name on `origin` (or on the only remote). Never forces. */
export async function push(checkout: Checkout): Promise<PushedTo> {
  const target = await findTarget(checkout)
  const refspec = `HEAD:refs/heads/${target.branch}`
  const { exitCode, stdout, stderr } = await tryGit(checkout.root, [
    'push',
    '--porcelain',
    target.remote,
    refspec,
  ])
  if (exitCode === 0) return target
  throw failure(
    'git-failed',
    `the commit could not be pushed to ${target.remote}/${target.branch}`,
    {
      cause: `${stdout}${stderr}`.trim(),
      remedy: `The commit exists locally. ${remedyFor(stdout, target)}`,
    },
  )
}

/** With --porcelain a rejected ref is a line that begins with "!"; its summary says by whom. */
function remedyFor(stdout: string, { remote, branch }: PushedTo): string {
  const [, summary] = /^![^\t\n]*\t[^\t\n]*\t(.*)$/m.exec(stdout) ?? []
  if (summary === undefined) return 'Make sure that the remote can be reached, then run "git push".'
  return summary.startsWith('[remote rejected]')
    ? `The remote rejects it: a protected branch, or a hook. Open a pull request instead: "git push ${remote} HEAD:refs/heads/slipway-rollback".`
    : `Run "git pull --rebase ${remote} ${branch}" and "git push".`
}

/** Throws where there is nothing to push to, before a commit is made for it. */
export async function findTarget(checkout: Checkout): Promise<PushedTo> {
  const branch = await currentBranch(checkout)
  if (branch === undefined) throw noBranch()
  const format = '--format=%(push:remotename)%00%(upstream:remotename)%00%(upstream:remoteref)'
  const ref = `refs/heads/${branch}`
  const text = await git(checkout.root, ['for-each-ref', format, ref])
  const [pushRemote, upstream = '', upstreamRef = ''] = text.trim().split('\0')
  const remote = pushRemote || upstream || (await defaultRemote(checkout))
  const isTracked = remote === upstream && upstreamRef !== ''
  return { remote, branch: isTracked ? upstreamRef.replace(/^refs\/heads\//, '') : branch }
}

function noBranch() {
  return failure(
    'git-failed',
    'no branch is checked out here (detached HEAD), so there is nothing to push',
    { remedy: 'Switch to the branch first: "git switch main".' },
  )
}

/** `origin`, or the only one. Throws where there is none. */
export async function defaultRemote({ root }: Checkout): Promise<string> {
  const remotes = (await git(root, ['remote'])).split('\n').filter(name => name !== '')
  const remote = remotes.includes('origin') || remotes.length !== 1 ? 'origin' : remotes[0]
  if (remotes.length > 0 && remote !== undefined && remotes.includes(remote)) return remote
  throw failure('git-failed', 'the repository has no remote to push to', {
    remedy: 'Name one: "git remote add origin URL".',
  })
}
