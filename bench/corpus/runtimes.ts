import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { KubeObject } from '../../src/object/index.ts'
import { findModules } from '../../src/sandbox/binaries/find.ts'
import { defaultKserve, kserveModule } from '../../src/sandbox/versions.ts'

/** Files of a project's catalogue of serving runtimes, by path. */
export type Catalogue = Readonly<Record<string, string>>

/** Those of a folder; else KServe's own, from its pinned module. */
export async function readRuntimes(folder: string | undefined): Promise<Catalogue> {
  const folders = folder === undefined ? await foldersOfKserve() : [folder]
  const found = await Promise.all(folders.map(filesIn))
  return Object.fromEntries(found.flat())
}

async function foldersOfKserve(): Promise<string[]> {
  const options = { filesOnly: true, onProgress: () => {} }
  const [module] = await findModules([kserveModule(defaultKserve())], options)
  const config = join(module?.files ?? '', 'config')
  return ['runtimes', 'storagecontainers'].map(name => join(config, name))
}

async function filesIn(folder: string): Promise<[path: string, text: string][]> {
  const names = (await readdir(folder)).filter(name => /\.ya?ml$/.test(name))
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      return [`serving-runtimes/${name}`, await readFile(join(folder, name), 'utf8')]
    }),
  )
}

const KINDS = new Set(['ServingRuntime', 'ClusterServingRuntime', 'ClusterStorageContainer'])

/** Those that stand in a file of the corpus itself. */
export function runtimesAmong(objects: readonly KubeObject[]): Catalogue {
  const own = objects.filter(({ kind }) => KINDS.has(kind))
  return Object.fromEntries(
    own.map(object => [`serving-runtimes/own-${object.metadata.name}.yaml`, stringify(object)]),
  )
}
