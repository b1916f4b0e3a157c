import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeNewInside } from '../files/index.ts'
import { failure, type SlipwayError } from '../problem/index.ts'
import { openProject } from '../project/index.ts'
import { endpointFile, SCHEMA_FOLDER, type EndpointFile } from '../scaffold/index.ts'
import { projectPaths } from '../spec/index.ts'

/** Where the files of new endpoints go. */
export interface EndpointFolder {
  /** Of the project. */
  directory: string
  /** Below it. */
  folder: string
}

export async function endpointFolder(directory: string): Promise<EndpointFolder> {
  const [, folder = 'endpoints'] = await projectPaths(await openProject(directory))
  return { directory, folder }
}

export function pathIn({ folder }: EndpointFolder, name: string): string {
  return `${folder}/${name}.yaml`
}

/** A file as it would be there: it names its schema where the project has it. */
export function textIn({ directory, folder }: EndpointFolder, file: EndpointFile): string {
  const hasSchema = existsSync(join(directory, SCHEMA_FOLDER, 'endpoint.schema.json'))
  return endpointFile({ ...file, ...(hasSchema ? { depth: folder.split('/').length } : {}) })
}

/** Throws what `taken` says where a file of that name is there already; resolves to its path. */
export async function writeNew(
  place: EndpointFolder,
  file: EndpointFile,
  taken: (path: string) => SlipwayError = isThere,
): Promise<string> {
  const path = pathIn(place, file.metadata.name)
  const text = textIn(place, file)
  if (!(await writeNewInside({ folder: place.directory, path, text }))) throw taken(path)
  return path
}

export function isThere(path: string): SlipwayError {
  return failure('usage', `${path} already exists`, {
    remedy: 'Move it away, or compare it with "slipway diff".',
  })
}
