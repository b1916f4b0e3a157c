import { OBJECTS } from '../../object/index.ts'
import {
  problemWith,
  type Place,
  type Problem,
  type Loaded,
  type LoadedPart,
} from '../../problem/index.ts'
import { goneFile, listYaml, readFile } from '../files.ts'
import type { Source } from '../source.ts'
import type { YamlFile } from '../yaml/file.ts'
import { keyOffset, type Path, type YamlNode } from '../yaml/node.ts'
import { checkManifest, type Manifest } from './manifest.ts'
import { endpointOfFile } from './own-object.ts'

/** A manifest, and whose it is. */
export interface ReadObject {
  /** Undefined: the project's. */
  endpoint: string | undefined
  manifest: Manifest
  placeOf: (path: Path) => Place
}

/** Every document of `objects/` and of the given files of endpoints. */
export async function readObjects(
  source: Source,
  ofEndpoints: readonly string[],
): Promise<LoadedPart<ReadObject[]>> {
  const shared = await listYaml(source, OBJECTS)
  const paths = [...shared.paths, ...ofEndpoints]
  const files = await Promise.all(paths.map(path => readObjectFile(source, path)))
  return {
    value: files.flatMap(({ value }) => value),
    problems: [...shared.problems, ...files.flatMap(({ problems }) => problems)],
  }
}

async function readObjectFile(source: Source, path: string): Promise<LoadedPart<ReadObject[]>> {
  const read = await readFile(source, path)
  if (read === undefined) return { value: [], problems: [goneFile(path)] }
  const { file, problems } = read
  if (file === undefined) return { value: [], problems }
  if (file.documents.length === 0) return { value: [], problems: [noObject(file)] }
  const endpoint = path.startsWith(`${OBJECTS}/`) ? undefined : endpointOfFile(path)
  const documents = file.documents.map(root => readObject(file, root, endpoint))
  return {
    value: documents.flatMap(({ value }) => value ?? []),
    problems: documents.flatMap(each => each.problems),
  }
}

function readObject(
  file: YamlFile,
  root: YamlNode,
  endpoint: string | undefined,
): Loaded<ReadObject> {
  const { manifest, faults } = checkManifest(root.value)
  const placeOf = (path: Path) => file.placeAt(keyOffset(root, path))
  const problems = faults.map(({ path, ...fault }): Problem => ({
    severity: 'error',
    ...fault,
    place: placeOf(path),
  }))
  if (manifest === undefined || problems.length > 0) return { problems }
  return { value: { endpoint, manifest, placeOf }, problems }
}

/** Commented out, its objects would be pruned unseen. */
function noObject(file: YamlFile): Problem {
  return problemWith({
    code: 'document-kind',
    place: file.placeAt(0),
    message: 'the file holds no object',
    remedy: 'Delete the file to remove its objects, or write one.',
  })
}
