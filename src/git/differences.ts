import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { compareText } from '../object/index.ts'
import { isSpecFile, type Seen } from '../spec/index.ts'
import { records } from './changes.ts'
import { projectPath, type Checkout } from './checkout.ts'
import { resolve } from './revision.ts'
import { listStored, storedReader, type Stored } from './revision-tree.ts'
import { git } from './run.ts'

/**
 * How a file that was read, or should have been, is compared with the commit. `absent` is a file of the commit that this clone does
 * not check out (sparse); `deleted` is one that somebody deleted.
 */
export interface Difference {
  /** Of the project; with `../` outside it. */
  path: string
  state: 'added' | 'changed' | 'deleted' | 'absent'
}

/**
 * What was read from the work tree, compared with a commit by content. git status is not asked: it passes over what is ignored,
 * assumed unchanged or not checked out.
 */
export async function differences(
  checkout: Checkout,
  { revision, seen }: { revision: string; seen: Seen },
): Promise<Difference[]> {
  const tree = isHash(revision) ? revision : await resolve(checkout, revision)
  const paths = pathsOf(seen)
  const stored = await listStored(checkout, { tree, paths })
  const found = compareSeen({ seen, stored, hashOf: hashOf(tree) })
  const changed = await withoutConverted(checkout, { paths: found.changed, seen, stored })
  const absent = await notCheckedOut(checkout, { missing: found.missing, paths, seen, stored })
  const all: Difference[] = [
    ...found.added.map(path => ({ path, state: 'added' as const })),
    ...changed.map(path => ({ path, state: 'changed' as const })),
    ...found.missing.map(path => ({
      path,
      state: absent(path) ? ('absent' as const) : ('deleted' as const),
    })),
  ]
  return all
    .map(({ path, state }) => ({ path: projectPath(checkout, path), state }))
    .toSorted((a, b) => compareText(a.path, b.path))
}

/** A full one, which stands for nothing else. */
function isHash(revision: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)
}

/** Of what was read: folders, and whatever is outside them. Nothing, which means everything, where a folder is the root. */
function pathsOf({ folders, files, links, absent }: Seen): string[] {
  if (folders.has('')) return []
  const alone = [...files.keys(), ...links.keys(), ...absent]
  const all = [...folders, ...alone].filter(
    path => nearest(folders, posix.dirname(path)) === undefined,
  )
  return all.length > MOST_ARGUMENTS ? [] : [...new Set(all)].toSorted(compareText)
}

/** Beyond, a command line may be too long. */
const MOST_ARGUMENTS = 1000

/** The folder itself or the first one above it that is among these. */
function nearest(folders: ReadonlySet<string>, path: string): string | undefined {
  for (let at = path; at !== '.'; at = posix.dirname(at)) if (folders.has(at)) return at
  return folders.has('') ? '' : undefined
}

export interface ComparedPaths {
  added: string[]
  changed: string[]
  missing: string[]
}

/** Compares bytes; line ends that git converts at checkout still count as a change. */
export function compareSeen({
  seen,
  stored,
  hashOf: hash,
}: {
  seen: Seen
  stored: ReadonlyMap<string, Stored>
  hashOf: (bytes: Uint8Array) => string
}): ComparedPaths {
  const added: string[] = []
  const changed: string[] = []
  const judge = (path: string, type: Stored['type'], bytes: Uint8Array) => {
    const before = stored.get(path)
    if (before === undefined) added.push(path)
    else if (before.type !== type || before.hash !== hash(bytes)) changed.push(path)
  }
  for (const [path, target] of seen.links) judge(path, 'link', new TextEncoder().encode(target))
  for (const [path, bytes] of seen.files) judge(path, 'file', bytes)
  const isSeen = (path: string) => seen.files.has(path) || seen.links.has(path)
  const missing = [...stored]
    .filter(([path, { type }]) => !isSeen(path) && isExpected(seen, path, type))
    .map(([path]) => path)
  return { added, changed, missing }
}

/** Whether reading would have come across it: in a folder that was listed, or where something was looked for in vain. */
function isExpected({ folders, absent }: Seen, path: string, type: Stored['type']): boolean {
  if (absent.has(path)) return true
  const folder = nearest(folders, posix.dirname(path)) ?? nearest(absent, posix.dirname(path))
  if (folder === undefined) return false
  const below = folder === '' ? path : path.slice(folder.length + 1)
  return type === 'file' ? isSpecFile(below) : !/(^|\/)\./.test(below)
}

/** As git makes the hash of a blob, with the algorithm that the repository's hashes are long for. */
function hashOf(example: string): (bytes: Uint8Array) => string {
  const algorithm = example.length === 64 ? 'sha256' : 'sha1'
  return bytes => {
    const hash = createHash(algorithm).update(`blob ${bytes.length}\0`)
    return hash.update(bytes).digest('hex')
  }
}

/** Without those that a checkout would write as they are, but for line ends: YAML reads those alike. */
async function withoutConverted(
  checkout: Checkout,
  { paths, seen, stored }: { paths: string[]; seen: Seen; stored: ReadonlyMap<string, Stored> },
): Promise<string[]> {
  const blobs = storedReader(checkout)
  const plain = paths.flatMap(path => {
    const each = stored.get(path)
    return each?.type === 'file' ? [[path, each] as const] : []
  })
  blobs.expect(plain)
  const isSame = await Promise.all(
    plain.map(async ([path, each]) => {
      const bytes = seen.files.get(path)
      return bytes !== undefined && isSameText(bytes, await blobs.read(path, each))
    }),
  )
  const same = new Set(plain.map(([path]) => path).filter((_, index) => isSame[index]))
  return paths.filter(path => !same.has(path))
}

function isSameText(a: Uint8Array, b: Uint8Array): boolean {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n')
  return text(a) === text(b)
}

interface Missing {
  missing: readonly string[]
  paths: readonly string[]
  seen: Seen
  stored: ReadonlyMap<string, Stored>
}

/**
 * Which missing files this clone does not check out: the index marks them (sparse checkout, skip-worktree), or knows nothing of
 * files that are there as in the commit, because the checkout was never made or broke off.
 */
async function notCheckedOut(
  { root }: Checkout,
  { missing, paths, seen, stored }: Missing,
): Promise<(path: string) => boolean> {
  if (missing.length === 0) return () => false
  const limits = paths.length === 0 ? [] : ['--', ...paths]
  const text = await git(root, [
    '--literal-pathspecs',
    'ls-files',
    '-v',
    '-z',
    '--full-name',
    ...limits,
  ])
  // Each entry is `H path`; S is skip-worktree, and a small letter is assumed unchanged, too.
  const tags = new Map(records(text).map(entry => [entry.slice(2), entry.slice(0, 1)]))
  const isPartial = [...seen.files.keys()].some(path => stored.has(path) && !tags.has(path))
  return path => tags.get(path)?.toUpperCase() === 'S' || (isPartial && !tags.has(path))
}
