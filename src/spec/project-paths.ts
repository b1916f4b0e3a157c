import { posix } from 'node:path'
import { readEndpoints } from './endpoints.ts'
import { PROJECT_FILE, readProject } from './project.ts'
import type { Source } from './source.ts'

/**
 * Where a project keeps its desired state: slipway.yaml, the folder of the endpoints and the catalogues, there or not.
 * The usual places where slipway.yaml cannot be read.
 */
export async function projectPaths(source: Source): Promise<string[]> {
  const { folder, models, images } = await places(source)
  return [PROJECT_FILE, folder, models, images]
}

/** Files by the names of the endpoints in them; files that cannot be read are left out. */
export async function endpointFiles(source: Source): Promise<Map<string, string[]>> {
  const { folder } = await places(source)
  const { value } = await readEndpoints(source, folder)
  const files = new Map<string, string[]>()
  for (const { name, placeOf } of value) {
    const file = placeOf([])?.file
    if (file !== undefined) files.set(name, [...(files.get(name) ?? []), file])
  }
  return files
}

async function places(source: Source) {
  const { value } = await readProject(source)
  const { endpoints = 'endpoints', catalogues = {} } = value?.document.spec ?? {}
  const { models = 'models.yaml', images = 'images.yaml' } = catalogues
  return { folder: posix.normalize(endpoints).replace(/\/$/, ''), models, images }
}
