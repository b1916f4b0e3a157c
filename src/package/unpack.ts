import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { VERSION } from '../object/index.ts'
import { failure } from '../problem/index.ts'
import type { OwnFile } from './own-file.ts'
import { userFolder } from './user-folder.ts'

/**
 * Writes files into a folder of the user's cache that is named by their content, and returns its path. A file that is
 * there as it should be is left alone; one that is missing or different (a cleaned cache, an end in the middle) is put
 * in place whole. Several processes may do so at once.
 */
export function unpack(name: string, files: readonly OwnFile[]): string {
  const folder = path.join(userFolder('XDG_CACHE_HOME'), 'package', `${VERSION}-${digest(files)}`)
  try {
    for (const file of files) put(path.join(folder, name, file.path), file.text)
  } catch (error) {
    throw unwritable(folder, error)
  }
  return path.join(folder, name)
}

function digest(files: readonly OwnFile[]): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12)
}

function put(file: string, text: string): void {
  if (isThere(file, text)) return
  mkdirSync(path.dirname(file), { recursive: true })
  const written = `${file}.${randomUUID()}`
  try {
    writeFileSync(written, text)
    renameSync(written, file)
  } finally {
    rmSync(written, { force: true })
  }
}

function isThere(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') === text
  } catch {
    return false
  }
}

function unwritable(folder: string, error: unknown) {
  return failure('unreadable-file', `slipway's own files cannot be unpacked into ${folder}`, {
    cause: error instanceof Error ? error.message : String(error),
    remedy: 'Set XDG_CACHE_HOME to a folder that you can write to.',
    error,
  })
}
