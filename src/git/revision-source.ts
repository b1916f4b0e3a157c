import { basename, dirname, join, posix, relative, sep } from 'node:path'
import { realpath } from 'node:fs/promises'
import { openTree, type Source } from '../spec/index.ts'
import type { Checkout } from './checkout.ts'
import { resolve } from './revision.ts'
import { restoredTree } from './restored-tree.ts'
import { revisionTree } from './revision-tree.ts'

/**
 * A project's files as they were at a revision, read from git's objects: the work tree is neither read
 * nor touched. Symbolic links lead where they lead in a work tree.
 */
export async function revisionSource(
  checkout: Checkout,
  { revision, directory }: { revision: string; directory: string | undefined },
): Promise<Source> {
  const hash = await resolve(checkout, revision)
  return treeSource(checkout, { tree: hash, directory, description: describe(revision, hash) })
}

/** The same of any tree, by its hash or a commit's. */
export async function treeSource(
  checkout: Checkout,
  {
    tree,
    directory,
    description,
  }: { tree: string; directory: string | undefined; description: string },
): Promise<Source> {
  const prefix = await prefixOf(checkout, directory)
  const files = revisionTree(checkout, { tree, prefix })
  return openTree(files, { prefix: prefix.replace(/\/$/, ''), description })
}

/** A project with some files and folders of it as they were at a revision, the others as in HEAD. */
export async function restoredSource(
  checkout: Checkout,
  { to, paths, directory }: { to: string; paths: readonly string[]; directory: string | undefined },
): Promise<Source> {
  const prefix = await prefixOf(checkout, directory)
  const hash = await resolve(checkout, to)
  const now = revisionTree(checkout, { tree: await resolve(checkout, 'HEAD'), prefix })
  const then = revisionTree(checkout, { tree: hash, prefix })
  const restored = paths.map(path => posix.normalize(posix.join(prefix, path)))
  return openTree(restoredTree(now, then, restored), {
    prefix: prefix.replace(/\/$/, ''),
    description: describe(to, hash),
  })
}

/** `/`-terminated; '' at the root. */
async function prefixOf(
  { root, prefix }: Checkout,
  directory: string | undefined,
): Promise<string> {
  if (directory === undefined) return prefix
  const path = relative(await realpath(root), await realFolder(directory)).replaceAll(sep, '/')
  return path === '' ? '' : `${path}/`
}

/** Of a folder that may no longer be there. */
async function realFolder(directory: string): Promise<string> {
  return realpath(directory).catch(async () =>
    join(await realFolder(dirname(directory)), basename(directory)),
  )
}

/** `main@1a2b3c4`, or the short hash alone when the revision is a hash. */
function describe(revision: string, hash: string): string {
  const short = hash.slice(0, 7)
  return hash.startsWith(revision) ? short : `${revision}@${short}`
}
