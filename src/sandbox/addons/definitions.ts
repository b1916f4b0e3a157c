import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { cacheFolder } from '../places.ts'
import type { Addon } from './catalogue.ts'
import { downloadModule, pinnedVersion } from './module-files.ts'

export interface DefinitionsOptions {
  signal?: AbortSignal | undefined
  onProgress: (message: string) => void
}

/** The folder with the definitions of an add-on: kept in the cache, so that only the first time needs Go and a network. */
export async function findDefinitions(
  addon: Addon,
  { signal, onProgress }: DefinitionsOptions,
): Promise<string> {
  const kept = path.join(cacheFolder(), 'addons', keyOf(addon))
  if (existsSync(kept)) return kept
  onProgress(`downloading the definitions of ${addon.name} ${pinnedVersion(addon)}`)
  const from = path.join(await downloadModule(addon, signal), addon.definitions)
  keep(definitionsIn(from), kept)
  return kept
}

function keyOf(addon: Addon): string {
  const sums = readFileSync(path.join(addon.folder, 'go.sum'))
  const hash = createHash('sha256').update(sums).digest('hex').slice(0, 12)
  return `${addon.name}-${pinnedVersion(addon)}-${hash}`
}

// Beside the definitions such folders have kustomizations and policies.
function definitionsIn(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder).filter(file => file.endsWith('.yaml'))
  const contents = files.map(file => [file, readFileSync(path.join(folder, file))] as const)
  return new Map(contents.filter(([, content]) => isDefinition(content)))
}

function isDefinition(content: Buffer): boolean {
  return /^kind: CustomResourceDefinition$/m.test(content.toString('utf8'))
}

/** The folder appears only when it is complete. */
function keep(files: ReadonlyMap<string, Buffer>, folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true })
  const unfinished = mkdtempSync(`${folder}.`)
  try {
    for (const [name, content] of files) writeFileSync(path.join(unfinished, name), content)
    renameSync(unfinished, folder)
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}
