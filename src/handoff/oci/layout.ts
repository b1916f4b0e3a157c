import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { placeInside, writeInside } from '../../files/index.ts'
import type { LayoutFile } from './artifact.ts'

/** Writes an OCI image layout into a folder; blobs of an earlier one that is in its place are removed. Throws as writeInside. */
export async function writeLayout(folder: string, files: readonly LayoutFile[]): Promise<void> {
  // Before anything is written or removed.
  for (const { path } of files) placeInside(folder, path)
  const current = new Set(files.map(({ path }) => path))
  for (const path of await blobsIn(folder)) {
    if (!current.has(path)) await rm(placeInside(folder, path))
  }
  for (const { path, content } of files) await writeInside({ folder, path, text: content })
}

async function blobsIn(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'blobs/sha256')).catch(() => [])
  return names.filter(name => /^[0-9a-f]{64}$/.test(name)).map(name => `blobs/sha256/${name}`)
}
