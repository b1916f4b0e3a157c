import { readdir, readFile, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { placeInside, writeInside } from '../files/index.ts'
import { nothingRendered } from '../render/index.ts'
import type { HandoffFile } from './fleet.ts'

/** First line of every file that is ours to overwrite and to remove. */
const MARK = '# Written by slipway handoff; changes here are overwritten.\n'

/**
 * Writes them below a folder, and removes those of an earlier hand-over that are no longer among them; names of both. Throws `guard` where
 * one of `without`, folders of environments that render nothing now, would lose all that it has.
 */
export async function writeHandoff(
  folder: string,
  files: readonly HandoffFile[],
  without: readonly string[] = [],
): Promise<{ written: string[]; removed: string[] }> {
  // Before anything is written or removed.
  for (const { path } of files) placeInside(folder, path)
  const current = new Set(files.map(({ path }) => path))
  const stale = (await ourFiles(folder)).filter(path => !current.has(path))
  const emptied = without.find(each => stale.some(path => path.startsWith(`${each}/`)))
  if (emptied !== undefined)
    throw nothingRendered(`all files of ${join(folder, emptied)} would be removed`)
  for (const path of stale) await rm(placeInside(folder, path))
  for (const { path, text } of files) await writeInside({ folder, path, text: MARK + text })
  return { written: [...current], removed: stale }
}

async function ourFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter(entry => entry.isFile() && entry.name.endsWith('.yaml'))
  const ours: string[] = []
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name)
    if ((await readFile(file, 'utf8')).startsWith(MARK))
      ours.push(relative(folder, file).replaceAll(sep, '/'))
  }
  return ours.toSorted()
}
