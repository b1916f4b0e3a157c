import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Dirent,
  type Stats,
} from 'node:fs'
import { join } from 'node:path'
import { MAX_BYTES } from '../yaml/decode.ts'
import { guard } from './guard.ts'
import { NO_FILE, unreadable } from './refusals.ts'
import type { Entry, Tree } from './tree.ts'

/** What git knows of a work tree that its files do not show, by path from the root. */
export type Recorded = () => Promise<ReadonlyMap<string, 'link' | 'repository'>>

/**
 * Files on disk below a real folder. Reads synchronously: for a thousand small files that takes a quarter of the time.
 * `recorded` is asked only about what may be something else: an empty folder, a file of one line without an end.
 */
export function diskTree(
  root: string,
  { boundary, recorded }: Pick<Tree, 'boundary'> & { recorded?: Recorded | undefined },
): Tree {
  const isRecorded = async (path: string, type: string) => (await recorded?.())?.get(path) === type
  /** They may be missing altogether. git is asked only where there are any. */
  const submodules = async (): Promise<ReadonlySet<string>> => {
    if (lstatSync(join(root, '.gitmodules'), { throwIfNoEntry: false }) === undefined) return NONE
    const all = [...((await recorded?.()) ?? [])]
    return new Set(all.flatMap(([path, type]) => (type === 'repository' ? path : [])))
  }
  const folders = new Map<string, Entry>()
  const small = new Map<string, Uint8Array>()

  const folderAt = async (path: string): Promise<Entry> => {
    const known = folders.get(path)
    if (known !== undefined) return known
    const names = path === '' ? ['.'] : (guard(path, () => readdirSync(join(root, path))) ?? [])
    const isOther =
      names.includes('.git') || (names.length === 0 && (await isRecorded(path, 'repository')))
    const entry: Entry = { type: isOther ? 'repository' : 'folder' }
    folders.set(path, entry)
    return entry
  }
  const typed = async (path: string, kind: Dirent | Stats): Promise<Entry> => {
    if (kind.isFile()) return { type: 'file' }
    if (kind.isDirectory()) return folderAt(path)
    if (!kind.isSymbolicLink()) return { type: 'other' }
    return { type: 'link', target: guard(path, () => readlinkSync(join(root, path))) ?? '' }
  }
  return {
    boundary,
    entryAt: async path => {
      const stats = guard(path, () => lstatSync(join(root, path)))
      if (stats !== undefined) return typed(path, stats)
      return (await submodules()).has(path) ? { type: 'repository' } : undefined
    },
    entriesIn: async folder => {
      const found = guard(folder || '.', () =>
        readdirSync(join(root, folder), { withFileTypes: true }),
      )
      const entries = new Map<string, Entry>()
      for (const each of found ?? []) {
        // oxlint-disable-next-line no-await-in-loop
        entries.set(
          each.name,
          await typed(folder === '' ? each.name : `${folder}/${each.name}`, each),
        )
      }
      for (const name of belowOf(await submodules(), folder)) {
        if (!entries.has(name)) entries.set(name, { type: 'repository' })
      }
      return entries
    },
    read: async (path, shown) => {
      const bytes = small.get(path) ?? readBytes(join(root, path), shown)
      small.delete(path)
      return bytes
    },
    linkInText: async path => {
      if (recorded === undefined) return undefined
      const bytes = readBytes(join(root, path), path)
      small.set(path, bytes)
      return isOneLine(bytes) && (await isRecorded(path, 'link'))
        ? new TextDecoder().decode(bytes)
        : undefined
    },
  }
}

const LONGEST_TARGET = 4095

function isOneLine(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.length <= LONGEST_TARGET && !bytes.includes(10)
}

/** Of a larger file only as much as shows that it is too large. */
function readBytes(real: string, shown: string): Uint8Array {
  const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants
  // Without O_NONBLOCK, opening a named pipe waits for its writer.
  const file = guard(shown, () => openSync(real, O_RDONLY | O_NONBLOCK | O_NOFOLLOW))
  if (file === undefined) throw unreadable(shown, GONE)
  try {
    const status = fstatSync(file)
    if (!status.isFile()) throw unreadable(shown, NO_FILE)
    const bytes = guard(shown, () => readWhole(file, status.size))
    if (bytes === undefined) throw unreadable(shown, GONE)
    return bytes
  } finally {
    closeSync(file)
  }
}

const GONE = 'it is no longer there'

/** A part of a file is another file: some file systems say that a file has no bytes, give it in parts, and it may grow meanwhile. */
function readWhole(file: number, size: number): Uint8Array {
  let bytes = new Uint8Array(Math.min(size, MAX_BYTES) + 1)
  for (let length = 0; ;) {
    const count = readSync(file, bytes, length, bytes.length - length, length)
    length += count
    const isEnd = count === 0 || (length === size && count === size)
    if (isEnd || length > MAX_BYTES) return bytes.subarray(0, length)
    if (length === bytes.length) bytes = extended(bytes)
  }
}

function extended(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(Math.max(bytes.length * 2, 4096), MAX_BYTES + 1))
  larger.set(bytes)
  return larger
}

const NONE: ReadonlySet<string> = new Set()

/** The names in a folder that paths go through. */
function belowOf(paths: ReadonlySet<string>, folder: string): string[] {
  const start = folder === '' ? '' : `${folder}/`
  return [...paths].flatMap(path =>
    path.startsWith(start) ? (path.slice(start.length).split('/')[0] ?? []) : [],
  )
}
