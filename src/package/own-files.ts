import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { getAsset, getAssetKeys, isSea } from 'node:sea'
import { failure } from '../problem/index.ts'
import type { OwnFile } from './own-file.ts'
import { unpack } from './unpack.ts'

/** Files of a folder of the package, sorted by path: read from disk, or out of the single file that runs. */
export function ownFiles(folder: string): OwnFile[] {
  return isSea() ? embeddedFiles(folder) : filesBelow(folderOnDisk(folder))
}

/** The same folder as a path for other programs. The single file unpacks it into the user's cache. */
export function ownFolder(folder: string): string {
  return isSea() ? unpack(folder, embeddedFiles(folder)) : folderOnDisk(folder)
}

function embeddedFiles(folder: string): OwnFile[] {
  const keys = getAssetKeys().filter(key => key.startsWith(`${folder}/`))
  if (keys.length === 0) throw missing(folder)
  return keys
    .toSorted()
    .map(key => ({ path: key.slice(folder.length + 1), text: getAsset(key, 'utf8') }))
}

function filesBelow(folder: string): OwnFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .toSorted()
    .map(file => ({
      path: path.relative(folder, file).replaceAll('\\', '/'),
      text: readFileSync(file, 'utf8'),
    }))
}

/** Above this file is the package, whether it runs from the sources, from `dist/src` or from a chunk of `dist/cli`. */
function folderOnDisk(folder: string): string {
  for (let above = import.meta.dirname; ; above = path.dirname(above)) {
    const candidate = path.join(above, folder)
    if (existsSync(path.join(above, 'package.json')) && existsSync(candidate)) return candidate
    if (above === path.dirname(above)) throw missing(folder)
  }
}

function missing(folder: string) {
  return failure('unreadable-file', `the folder "${folder}" of the slipway package is missing`, {
    remedy: 'Install slipway again.',
  })
}
