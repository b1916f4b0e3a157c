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
  try {
    const { stdout } = await run('gh', ['pr', 'list', ...args], { cwd: directory })
    return stdout.trim().split('\n')[0] || undefined
  } catch (error) {
    throw failure('git-failed', `gh could not look for a pull request of ${head}`, {
      cause: reasonOf(error),
      remedy: 'See "gh auth status".',
      error,
    })
  }
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
  try {
    const { stdout } = await run('gh', ['pr', 'create', ...args], { cwd: directory })
    return stdout.trim()
  } catch (error) {
    throw failure('git-failed', `gh could not open a pull request for ${head}`, {
      cause: reasonOf(error),
      remedy: 'The branch is pushed: open the pull request by hand, or see "gh auth status".',
      error,
    })
  }
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
  return said === '' ? String(error) : said
}
