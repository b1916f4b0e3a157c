import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { compareText } from '../object/index.ts'
import { failure } from '../problem/index.ts'
import type { Source } from './source.ts'
import { MAX_BYTES } from './yaml/decode.ts'

/**
 * A project's files on disk. Symbolic links are followed inside the project and refused where they lead out.
 * Reads synchronously: for a thousand small files that takes a quarter of the time.
 */
export function openFolder(directory: string): Source {
  const root = resolve(directory)
  return {
    description: root,
    list: async folder => listFiles(root, folder, []).toSorted(compareText),
    read: async path => readFile(root, path),
  }
}

/** `above`: the real directories on the way here, so that a link to one of them is no endless loop. */
function listFiles(root: string, folder: string, above: readonly string[]): string[] {
  const real = realInside(root, folder)
  if (real === undefined || above.includes(real) || !statSync(real).isDirectory()) return []
  const entries = guard(folder, () => readdirSync(real, { withFileTypes: true })) ?? []
  return entries.flatMap(entry => {
    const path = `${folder}/${entry.name}`
    if (entry.isFile()) return [path]
    if (entry.isDirectory()) return listFiles(root, path, [...above, real])
    return entry.isSymbolicLink() ? listLink(root, path, [...above, real]) : []
  })
}

/** A link that leads nowhere is listed: reading it says so. */
function listLink(root: string, path: string, above: readonly string[]): string[] {
  const real = realInside(root, path)
  return real !== undefined && statSync(real).isDirectory() ? listFiles(root, path, above) : [path]
}

/** The real path; undefined when there is no such file. */
function realInside(root: string, path: string): string | undefined {
  const real = guard(path, () => realpathSync.native(join(root, path)))
  if (real === undefined) return undefined
  const realRoot = realpathSync.native(root)
  if (real === realRoot || real.startsWith(realRoot + sep)) return real
  throw failure('unreadable-file', `${path} leads out of the project, to ${real}`, {
    place: { file: path, line: 1, column: 1 },
    remedy: 'Copy the file into the project: what is applied must be in git.',
  })
}

function readFile(root: string, path: string): Uint8Array | undefined {
  const real = realInside(root, path)
  return real === undefined ? undefined : guard(path, () => readBytes(real, path))
}

/** Of a larger file only as much as shows that it is too large. */
function readBytes(real: string, path: string): Uint8Array {
  // Without O_NONBLOCK, opening a named pipe waits for its writer.
  const file = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const status = fstatSync(file)
    if (!status.isFile()) throw unreadable(path, 'it is no file')
    const bytes = new Uint8Array(Math.min(status.size, MAX_BYTES + 1))
    const length = readSync(file, bytes, 0, bytes.length, 0)
    return bytes.subarray(0, length)
  } finally {
    closeSync(file)
  }
}

/** Undefined when there is no such file. */
function guard<T>(path: string, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code === undefined) throw error
    throw unreadable(path, code === 'EACCES' ? 'permission denied' : code, error)
  }
}

function unreadable(path: string, why: string, error?: unknown) {
  const place = { file: path, line: 1, column: 1 }
  return failure('unreadable-file', `${path} cannot be read: ${why}`, { place, error })
}
