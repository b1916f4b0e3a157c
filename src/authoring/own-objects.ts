import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeNewInside } from '../files/index.ts'
import { keyOf, refOf, toYamlText, type KubeObject } from '../object/index.ts'
import { isThere } from './folder.ts'
import type { Into } from './into.ts'

/** A manifest that is to stand beside an endpoint. */
export interface OwnFile {
  /** Below the project. */
  path: string
  text: string
}

interface Beside {
  endpoint: string
  /** Of the endpoint. */
  namespace: string
  manifests: readonly KubeObject[]
}

/** Those that the project does not have yet. Throws SlipwayError where a file of the name is there. */
export function ownFiles(into: Into, { endpoint, namespace, manifests }: Beside): OwnFile[] {
  const known = new Set(into.objects.map(({ object }) => keyOf(refOf(object))))
  const files = manifests
    .filter(manifest => !known.has(keyOf({ ...refOf(manifest), namespace })))
    .map(manifest => ({
      path: `${into.folder}/${endpoint}.objects/${manifest.kind.toLowerCase()}-${manifest.metadata.name}.yaml`,
      text: toYamlText(manifest),
    }))
  const taken = files.find(({ path }) => existsSync(join(into.directory, path)))
  if (taken !== undefined) throw isThere(taken.path)
  return files
}

export async function writeOwn({ directory }: Into, files: readonly OwnFile[]): Promise<void> {
  for (const { path, text } of files) {
    // oxlint-disable-next-line no-await-in-loop
    if (!(await writeNewInside({ folder: directory, path, text }))) throw isThere(path)
  }
}
