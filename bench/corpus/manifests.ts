import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { isMap, type KubeObject } from '../../src/object/index.ts'

/** One file of a corpus: what stands together in a namespace. */
export interface Manifests {
  file: string
  objects: KubeObject[]
}

/** Every YAML file below a folder. */
export async function readManifests(folder: string): Promise<Manifests[]> {
  const names = await readdir(folder, { recursive: true })
  const files = names.filter(name => /\.ya?ml$/.test(name)).toSorted()
  return Promise.all(
    files.map(async file => ({
      file,
      objects: objectsIn(await readFile(join(folder, file), 'utf8')),
    })),
  )
}

function objectsIn(text: string): KubeObject[] {
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents)) return []
  return documents.map((document): unknown => document.toJS()).filter(isObject)
}

function isObject(value: unknown): value is KubeObject {
  return isMap(value) && typeof value['kind'] === 'string' && isMap(value['metadata'])
}
