import { failure } from '../problem/index.ts'
import type { Checkout } from './checkout.ts'
import { DEEPEN, resolve } from './revision.ts'
import { tryGit } from './run.ts'

/** Two sides of a comparison, as revisions; without `to` the work tree is the newer one. */
export interface RevisionRange {
  from: string
  to?: string
}

/**
 * Reads `REV`, `A..B` (from A to B) and `A...B` (from where B left A), HEAD where a side is left out; as git does.
 * Names of branches and tags cannot hold "..".
 */
export async function readRange(checkout: Checkout, text: string): Promise<RevisionRange> {
  const [, a = '', dots, b = ''] = /^(.*?)(\.{2,3})(?!\.)(.*)$/s.exec(text) ?? []
  if (dots === undefined) return { from: text }
  const [from, to] = [a || 'HEAD', b || 'HEAD']
  return dots === '..' ? { from, to } : { from: await mergeBase(checkout, from, to), to }
}

async function mergeBase(checkout: Checkout, a: string, b: string): Promise<string> {
  const commits = [await resolve(checkout, a), await resolve(checkout, b)]
  const { exitCode, stdout } = await tryGit(checkout.root, ['merge-base', ...commits])
  if (exitCode === 0) return stdout.trim()
  throw failure('unknown-revision', `${a} and ${b} have no common ancestor in this clone`, {
    remedy: checkout.isShallow ? DEEPEN : `Compare them directly: "${a}..${b}".`,
  })
}
