import { posix, relative, sep } from 'node:path'
import { realpath } from 'node:fs/promises'
import { compareText } from '../object/index.ts'
import type { Source } from '../spec/index.ts'
import { blobReader } from './blobs.ts'
import type { Checkout } from './checkout.ts'
import { records } from './changes.ts'
import { resolve } from './revision.ts'
import { git } from './run.ts'

/**
 * A project's files as they were at a revision, read from git's objects: the work tree is neither read
 * nor touched. Symbolic links and submodules are not followed, so they count as absent.
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
  const prefix = directory === undefined ? checkout.prefix : await prefixOf(checkout, directory)
  const files = await listFiles(checkout, { hash: tree, prefix })
  const blobs = blobReader(checkout.root)
  // What every project needs comes with the first read.
  blobs.expect(specFiles(files, path => !path.includes('/')))
  return {
    description,
    list: async folder => {
      const isBelow = below(folder)
      blobs.expect(specFiles(files, isBelow))
      return [...files.keys()].filter(isBelow)
    },
    read: async path => {
      const blob = files.get(posix.normalize(path))
      return blob === undefined ? undefined : blobs.read(blob)
    },
  }
}

/** Path → blob hash, sorted by path. */
async function listFiles(
  { root }: Checkout,
  { hash, prefix }: { hash: string; prefix: string },
): Promise<Map<string, string>> {
  const limit = prefix === '' ? [] : ['--', prefix]
  const text = await git(root, ['ls-tree', '-r', '-z', '--full-tree', hash, ...limit])
  const files = records(text).flatMap(record => regularFile(record, prefix))
  return new Map(files.toSorted(([a], [b]) => compareText(a, b)))
}

/** One entry of ls-tree: `100644 blob HASH<tab>path`. Mode 120000 is a link, type commit a submodule. */
function regularFile(record: string, prefix: string): [path: string, hash: string][] {
  const tab = record.indexOf('\t')
  const [mode = '', type, hash = ''] = record.slice(0, tab).split(' ')
  if (type !== 'blob' || !mode.startsWith('100')) return []
  return [[record.slice(tab + 1 + prefix.length), hash]]
}

function specFiles(files: Map<string, string>, isWanted: (path: string) => boolean): string[] {
  return [...files]
    .filter(([path]) => /\.(ya?ml|json)$/.test(path) && isWanted(path))
    .map(([, hash]) => hash)
}

function below(folder: string): (path: string) => boolean {
  const start = posix.join(folder, '/')
  return start === './' || start === '/' ? () => true : path => path.startsWith(start)
}

async function prefixOf({ root }: Checkout, directory: string): Promise<string> {
  const path = relative(await realpath(root), await realpath(directory)).replaceAll(sep, '/')
  return path === '' ? '' : `${path}/`
}

/** `main@1a2b3c4`, or the short hash alone when the revision is a hash. */
function describe(revision: string, hash: string): string {
  const short = hash.slice(0, 7)
  return hash.startsWith(revision) ? short : `${revision}@${short}`
}
