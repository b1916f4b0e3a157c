import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { failure } from '../problem/index.ts'

const run = promisify(execFile)

/** Before anything is changed: whether GitHub's command line is there. */
export async function requireGh(directory: string): Promise<void> {
  try {
    await run('gh', ['--version'], { cwd: directory })
  } catch (error) {
    throw failure('usage', '--pr needs gh, the command line of GitHub, and it cannot be started', {
      remedy:
        'Install it (https://cli.github.com), or use --push and open the pull request yourself.',
      error,
    })
  }
}

/** The address of the pull request that is open for a branch; undefined where there is none. */
export async function findPullRequest(
  directory: string,
  head: string,
): Promise<string | undefined> {
  const args = ['--head', head, '--state', 'open', '--json', 'url', '--jq', '.[].url']
  const found = await gh(directory, ['pr', 'list', ...args], {
    message: `gh could not look for a pull request of ${head}`,
    remedy: 'See "gh auth status".',
  })
  return found.split('\n')[0] || undefined
}

export interface PullRequest {
  base: string
  head: string
  title: string
  body: string
}

/** Opens a pull request for a branch that was pushed; its address. */
export async function openPullRequest(
  directory: string,
  { base, head, title, body }: PullRequest,
): Promise<string> {
  const args = ['--base', base, '--head', head, '--title', title, '--body', body]
  return gh(directory, ['pr', 'create', ...args], {
    message: `gh could not open a pull request for ${head}`,
    remedy: 'The branch is pushed: open the pull request by hand, or see "gh auth status".',
  })
}

/** What gh prints. */
async function gh(
  directory: string,
  args: readonly string[],
  { message, remedy }: { message: string; remedy: string },
): Promise<string> {
  try {
    const { stdout } = await run('gh', args, { cwd: directory })
    return stdout.trim()
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw failure('git-failed', message, { cause: said || String(error), remedy, error })
  }
}
