import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { placeInside, writeInside } from '../files/index.ts'
import { compareText } from '../object/index.ts'
import { plural } from '../words/index.ts'
import { nothingRendered } from './nothing-rendered.ts'
import { toYaml } from './print.ts'
import type { RenderedObject } from './rendered.ts'

/** First line of every file that is ours to overwrite and to remove. */
const MARK = '# Rendered by slipway from the endpoint of this name; changes here are overwritten.\n'

export interface WrittenFolder {
  /** Names of all files of the rendering, sorted. */
  files: string[]
  /** Names of files of earlier renderings that are gone now. */
  removed: string[]
}

/**
 * One file for each endpoint, `<namespace>.<endpoint>.yaml`: what Flux, Argo CD or `kubectl apply -f` take.
 * Files of endpoints that are no longer there are removed; files of other origin stay. Throws
 * `outside-folder` where a link leads out of the folder, `guard` where all of them would go, and the file system's errors.
 */
export async function writeFolder(
  folder: string,
  objects: readonly RenderedObject[],
): Promise<WrittenFolder> {
  const files = folderFiles(objects)
  await mkdir(folder, { recursive: true })
  // Before anything is written or removed.
  for (const { path } of files) placeInside(folder, path)
  const names = files.map(({ path }) => path)
  const removed = await staleIn(folder, new Set(names))
  if (names.length === 0 && removed.length > 0)
    throw nothingRendered(`${plural(removed.length, 'file')} of ${folder} would be removed`)
  for (const name of removed) await rm(join(folder, name))
  for (const { path, text } of files) await writeInside({ folder, path, text })
  return { files: names.toSorted(compareText), removed }
}

/** The files of such a folder, by their names in it. */
export function folderFiles(objects: readonly RenderedObject[]): { path: string; text: string }[] {
  const byFile = Map.groupBy(
    objects,
    ({ endpoint }) => `${endpoint.namespace}.${endpoint.name}.yaml`,
  )
  return [...byFile].map(([path, own]) => ({ path, text: MARK + toYaml(own) }))
}

async function staleIn(folder: string, current: ReadonlySet<string>): Promise<string[]> {
  const stale: string[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter(entry => entry.isFile()).map(({ name }) => name)
  for (const name of names.toSorted(compareText)) {
    if (!name.endsWith('.yaml') || current.has(name)) continue
    const text = await readFile(join(folder, name), 'utf8')
    if (text.startsWith(MARK)) stale.push(name)
  }
  return stale
}
