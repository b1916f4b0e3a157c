import { repositoryPaths, type Checkout } from './checkout.ts'
import { resolve } from './revision.ts'
import { git } from './run.ts'

export interface Commit {
  /** Full. */
  hash: string
  subject: string
  /** `Name <address>` */
  author: string
  /** When it was committed, ISO 8601 with the committer's offset. */
  time: string
}

export interface HistoryQuery {
  /** Files and folders of the project; all of it when absent. */
  paths?: string[]
  /** At most so many, the newest. */
  limit?: number
  /** Only commits that this revision does not have. */
  since?: string
}

export async function head(checkout: Checkout): Promise<Commit> {
  // Where there is none, looking it up says why.
  return readCommit(checkout, 'HEAD').catch(async () =>
    readCommit(checkout, await resolve(checkout, 'HEAD')),
  )
}

/** Newest first. */
export async function history(
  checkout: Checkout,
  { paths, limit, since }: HistoryQuery = {},
): Promise<Commit[]> {
  const tip = await resolve(checkout, 'HEAD')
  const base = since === undefined ? [] : [`^${await resolve(checkout, since)}`]
  const count = limit === undefined ? [] : [`--max-count=${limit}`]
  return log(checkout, [...count, tip, ...base, '--', ...repositoryPaths(checkout, paths)])
}

/** The steps by which the branch itself came from one commit to another: a merge counts as one. Newest first. */
export async function steps(
  checkout: Checkout,
  range: { from: string; to: string; paths: string[] | undefined },
): Promise<Commit[]> {
  const { from, to, paths } = range
  const inProject = ['--', ...repositoryPaths(checkout, paths)]
  return log(checkout, ['--first-parent', from, `^${to}`, ...inProject])
}

export async function readCommit(checkout: Checkout, hash: string): Promise<Commit> {
  const [commit] = await log(checkout, ['--no-walk', hash, '--'])
  if (commit === undefined) throw new Error(`git log showed nothing for ${hash}`)
  return commit
}

const FIELDS = ['%H', '%s', '%aN <%aE>', '%cI']

/** Every option that a user's configuration could turn against the format is given. */
async function log({ root }: Checkout, args: string[]): Promise<Commit[]> {
  const format = `--format=${FIELDS.join('%x00')}`
  const plain = [
    '--no-show-signature',
    '--no-color',
    '--no-notes',
    '--no-follow',
    '--encoding=UTF-8',
  ]
  const text = await git(root, ['--literal-pathspecs', 'log', '-z', format, ...plain, ...args])
  const values = text.split('\0')
  const commits: Commit[] = []
  for (let at = 0; at + FIELDS.length <= values.length; at += FIELDS.length) {
    const [hash = '', subject = '', author = '', time = ''] = values.slice(at, at + FIELDS.length)
    commits.push({ hash, subject, author, time })
  }
  return commits
}
