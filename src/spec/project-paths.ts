import { OBJECTS } from '../object/index.ts'
import { posix } from 'node:path'
import { SERVING_RUNTIMES_FOLDER } from './catalogue/serving-runtimes.ts'
import { readEndpoints } from './endpoints.ts'
import { listYaml, readFile } from './files.ts'
import { endpointOfFile } from './objects/own-object.ts'
import { PROJECT_FILE, readProject } from './project.ts'
import type { Source } from './source.ts'

/**
 * Where a project keeps its desired state: slipway.yaml, the folder of the endpoints, the catalogues and files of policies, there or
 * not, and what links among them lead to. The usual places where slipway.yaml cannot be read.
 */
export async function projectPaths(source: Source): Promise<string[]> {
  const { folder, models, images, servingRuntimes, policies } = await places(source)
  const [below, shared] = await Promise.all([listYaml(source, folder), listYaml(source, OBJECTS)])
  const objects = below.paths.filter(path => endpointOfFile(path.slice(folder.length)))
  await Promise.all([...objects, ...shared.paths].map(path => readFile(source, path)))
  const runtimes = await listYaml(source, servingRuntimes)
  await Promise.all(runtimes.paths.map(path => readFile(source, path)))
  await Promise.all([models, images, ...policies].map(path => readFile(source, path)))
  const seen = source.seen?.()
  const linked = [...(seen?.links.keys() ?? []), ...(seen?.reached ?? [])]
  const own = [PROJECT_FILE, folder, OBJECTS, models, images, servingRuntimes, ...policies]
  return [...new Set([...own, ...linked.map(path => fromProject(source, path))])]
}

/** Files by the names of the endpoints in them, with what links lead to; files that cannot be read are left out. */
export async function endpointFiles(source: Source): Promise<Map<string, string[]>> {
  const { folder } = await places(source)
  const { value, objects } = await readEndpoints(source, folder)
  const behind = source.seen?.().behind
  const files = new Map<string, string[]>()
  const all = [
    ...value.map(({ name, placeOf }) => [name, placeOf([])?.file] as const),
    ...objects.map(path => [endpointOfFile(path.slice(folder.length)), path] as const),
  ]
  for (const [name, file] of all) {
    if (name === undefined || file === undefined) continue
    const stored = behind?.get(file)?.map(path => fromProject(source, path)) ?? [file]
    files.set(name, [...(files.get(name) ?? []), ...stored])
  }
  return files
}

/** A path of the repository as seen from the project, with `../` where it is outside. */
function fromProject(source: Source, path: string): string {
  return posix.relative(source.seen?.().prefix ?? '', path)
}

async function places(source: Source) {
  const { value } = await readProject(source)
  const { endpoints = 'endpoints', catalogues = {} } = value?.document.spec ?? {}
  const {
    models = 'models.yaml',
    images = 'images.yaml',
    servingRuntimes = SERVING_RUNTIMES_FOLDER,
  } = catalogues
  const rules = Object.values(value?.document.spec.environments ?? {}).flatMap(
    ({ policies }) => policies?.cel ?? [],
  )
  const policies = rules.flatMap(({ file }) => (file === undefined ? [] : [posix.normalize(file)]))
  return {
    folder: folderOf(endpoints),
    models,
    images,
    servingRuntimes: folderOf(servingRuntimes),
    policies,
  }
}

function folderOf(path: string): string {
  return posix.normalize(path).replace(/\/$/, '')
}
