import { posix } from 'node:path'
import { compareText } from '../object/index.ts'
import { isSpecFile, type Entry, type Tree } from '../spec/index.ts'
import { blobReader, type Blob } from './blobs.ts'
import { records } from './changes.ts'
import type { Checkout } from './checkout.ts'
import { git } from './run.ts'

/** One entry of a commit's tree. */
export interface Stored {
  type: 'file' | 'link' | 'repository'
  hash: string
}

/** Everything below some folders and files of a tree, sorted by path. */
export async function listStored(
  { root }: Checkout,
  { tree, paths = [] }: { tree: string; paths?: readonly string[] },
): Promise<Map<string, Stored>> {
  const limit = paths.length === 0 ? [] : ['--', ...paths]
  const args = ['ls-tree', '-r', '-z', '--full-tree', tree, ...limit]
  const text = await git(root, args)
  const entries = records(text).map(storedEntry)
  return new Map(entries.toSorted(([a], [b]) => compareText(a, b)))
}

/** `100644 blob HASH<tab>path`. Mode 120000 is a link, type commit a submodule. */
function storedEntry(record: string): [path: string, stored: Stored] {
  const tab = record.indexOf('\t')
  const [mode, type, hash = ''] = record.slice(0, tab).split(' ')
  const path = record.slice(tab + 1)
  if (type === 'commit') return [path, { type: 'repository', hash }]
  return [path, { type: mode === '120000' ? 'link' : 'file', hash }]
}

/** The names in each folder. */
type Folders = ReadonlyMap<string, ReadonlyMap<string, Stored | { type: 'folder' }>>

/** A commit's files, read from git's objects. What is outside the project's folder is listed when a link leads there. */
export function revisionTree(
  checkout: Checkout,
  { tree, prefix }: { tree: string; prefix: string },
): Tree {
  const blobs = storedReader(checkout)
  const own = once(async () => {
    const stored = await listStored(checkout, { tree, paths: prefix === '' ? [] : [prefix] })
    expectFiles(blobs, stored, path => !path.includes('/', prefix.length))
    return { stored, folders: foldersOf(stored) }
  })
  const whole = once(async () => {
    const stored = await listStored(checkout, { tree })
    return { stored, folders: foldersOf(stored) }
  })
  const around = async (path: string) => (`${path}/`.startsWith(prefix) ? own() : whole())
  const storedAt = async (path: string) => {
    const { stored, folders } = await around(path)
    return stored.get(path) ?? (folders.has(path) ? { type: 'folder' as const } : undefined)
  }
  const read = async (path: string) => blobs.read(path, blobAt(await around(path), path))
  const entryOf = async (path: string, found: Stored | { type: 'folder' }): Promise<Entry> =>
    found.type === 'link'
      ? { type: 'link', target: new TextDecoder().decode(await read(path)) }
      : { type: found.type }
  return {
    boundary: 'repository',
    entryAt: async path => {
      const found = await storedAt(path)
      return found && entryOf(path, found)
    },
    entriesIn: async folder => {
      const { stored, folders } = await around(folder)
      expectFiles(blobs, stored, path => path.startsWith(folder === '' ? '' : `${folder}/`))
      const names = [...(folders.get(folder) ?? [])]
      return new Map(
        await Promise.all(
          names.map(
            async ([name, found]) =>
              [name, await entryOf(posix.join(folder, name), found)] as const,
          ),
        ),
      )
    },
    read,
  }
}

function blobAt({ stored }: { stored: ReadonlyMap<string, Stored> }, path: string): Stored {
  const found = stored.get(path)
  if (found === undefined) throw new Error(`there is no ${path} to be read`)
  return found
}

function expectFiles(
  blobs: StoredReader,
  stored: ReadonlyMap<string, Stored>,
  isWanted: (path: string) => boolean,
): void {
  const wanted = [...stored].filter(
    ([path, { type }]) =>
      isWanted(path) && (type === 'link' || (type === 'file' && isSpecFile(path))),
  )
  blobs.expect(wanted)
}

export interface StoredReader {
  /** What will probably be read comes with the first read. */
  expect: (stored: Iterable<readonly [path: string, Stored]>) => void
  read: (path: string, stored: Stored) => Promise<Uint8Array>
}

/** Reads what a checkout would write: files through git's filters and with its line ends, links as they are. */
export function storedReader({ root }: Checkout): StoredReader {
  const raw = blobReader(root, { isFiltered: false })
  const filtered = blobReader(root, { isFiltered: true })
  // git takes one line for each, so the attributes of a path of two lines cannot be asked for.
  const isRaw = (path: string, { type }: Stored) => type !== 'file' || path.includes('\n')
  const blobOf = (path: string, { hash }: Stored): Blob => ({ path, hash })
  return {
    expect: stored => {
      const all = [...stored]
      raw.expect(all.filter(each => isRaw(...each)).map(each => blobOf(...each)))
      filtered.expect(all.filter(each => !isRaw(...each)).map(each => blobOf(...each)))
    },
    read: (path, stored) => (isRaw(path, stored) ? raw : filtered).read(blobOf(path, stored)),
  }
}

function foldersOf(stored: ReadonlyMap<string, Stored>): Folders {
  const folders = new Map<string, Map<string, Stored | { type: 'folder' }>>([['', new Map()]])
  const add = (path: string, entry: Stored | { type: 'folder' }): void => {
    const folder = posix.dirname(path).replace(/^\.$/, '')
    if (!folders.has(folder)) {
      folders.set(folder, new Map())
      add(folder, { type: 'folder' })
    }
    folders.get(folder)?.set(posix.basename(path), entry)
  }
  for (const [path, entry] of stored) add(path, entry)
  return folders
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => (made ??= make())
}
