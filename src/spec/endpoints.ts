import type { JsonMap } from '../object/index.ts'
import { setImmediate } from 'node:timers/promises'
import {
  SlipwayError,
  problemWith,
  type Problem,
  type Loaded,
  type LoadedPart,
} from '../problem/index.ts'
import { checkKind, noDocument } from './documents.ts'
import type { ReadEndpoint } from './endpoint.ts'
import { checkFields } from './fields/check.ts'
import { goneFile, listYaml, readFile } from './files.ts'
import type { LayerSource } from './layers/layer.ts'
import { prepareLayers, restoreNulls } from './layers/prepare.ts'
import { endpointOfFile } from './objects/own-object.ts'
import { endpointDocument } from './schema/endpoint.ts'
import type { Source } from './source.ts'
import type { YamlFile } from './yaml/file.ts'
import { keyOffset, type Path, type YamlNode } from './yaml/node.ts'

const LAYERS: readonly Path[] = [['metadata'], ['spec']]

/** From this many files on a compiled schema pays. */
const MANY = 50

/** Each takes some 18 kB until the end: more than these would fill the memory of a usual machine, which ends a process without a word. */
const MOST_FILES = 100_000

/** All Endpoint documents below a folder. */
export async function readEndpoints(source: Source, folder: string): Promise<ReadEndpoints> {
  const { paths: all, problems } = await listYaml(source, folder)
  if (problems.length > 0) return { value: [], objects: [], problems }
  const isOfObjects = (path: string) => endpointOfFile(path.slice(folder.length)) !== undefined
  const [objects, paths] = [all.filter(isOfObjects), all.filter(path => !isOfObjects(path))]
  if (paths.length === 0)
    return { value: [], objects, problems: [await noEndpoints(source, folder)] }
  if (all.length > MOST_FILES)
    return { value: [], objects, problems: [tooMany(folder, all.length)] }
  const isOneOfMany = paths.length >= MANY
  const files = await inTurns(paths, path => readEndpointFile(source, path, isOneOfMany))
  return {
    value: files.flatMap(file => file.value),
    objects,
    problems: files.flatMap(file => file.problems),
  }
}

export interface ReadEndpoints {
  value: ReadEndpoint[]
  /** Files of endpoints' own objects. */
  objects: string[]
  problems: Problem[]
}

/** Reading keeps the processor busy; whoever waits for something else (git, a cluster) is let in now and then. */
async function inTurns<In, Out>(items: readonly In[], step: (item: In) => Promise<Out>) {
  const results: Out[] = []
  for (let start = 0; start < items.length; start += TURN) {
    results.push(...(await Promise.all(items.slice(start, start + TURN).map(step))))
    await setImmediate()
  }
  return results
}

const TURN = 16

async function readEndpointFile(
  source: Source,
  path: string,
  isOneOfMany: boolean,
): Promise<LoadedPart<ReadEndpoint[]>> {
  const read = await readFile(source, path)
  if (read === undefined) return { value: [], problems: [goneFile(path)] }
  const { file, problems } = read
  if (file === undefined) return { value: [], problems }
  if (file.documents.length === 0) return { value: [], problems: [noDocument(file, 'Endpoint')] }
  const endpoints = file.documents.map(root => readEndpoint({ file, node: root, isOneOfMany }))
  return {
    value: endpoints.flatMap(({ value }) => (value === undefined ? [] : [value])),
    problems: endpoints.flatMap(endpoint => endpoint.problems),
  }
}

interface EndpointDocument {
  file: YamlFile
  node: YamlNode
  isOneOfMany: boolean
}

function readEndpoint(document: EndpointDocument): Loaded<ReadEndpoint> {
  const { file, node: root } = document
  const wrongKind = checkKind(file, root, 'Endpoint')
  if (wrongKind !== undefined) return { problems: [wrongKind] }
  const { value, removed } = prepareLayers(root, LAYERS)
  const checked = checkFields(endpointDocument, { ...document, value, path: [] })
  if (checked.value === undefined) return { problems: checked.problems }
  const { metadata, spec } = checked.value
  restoreNulls(
    checked.value,
    removed.filter(([top]) => top === 'spec'),
  )
  const placeOf = (path: Path) => file.placeAt(keyOffset(root, path))
  return {
    value: {
      name: metadata.name,
      namespace: metadata.namespace,
      labels: metadata.labels ?? {},
      annotations: metadata.annotations ?? {},
      own: ownLayer(spec, placeOf, removed.length > 0),
      placeOf,
    },
    problems: [],
  }
}

/** The layer of an endpoint's own fields. */
export function ownLayer(
  spec: JsonMap,
  placeOf: ReadEndpoint['placeOf'],
  hasNulls = false,
): LayerSource {
  return {
    layer: 'endpoint',
    fields: spec,
    placeOf: path => placeOf(['spec', ...path]),
    isBuiltIn: false,
    hasNulls,
  }
}

/** No error: a project may begin, or end, without endpoints; apply has a guard against pruning everything. */
async function noEndpoints(source: Source, folder: string): Promise<Problem> {
  if (await isFile(source, folder)) return noFolder(folder)
  return {
    code: 'empty-project',
    severity: 'warning',
    message: `there is no .yaml file in ${folder}/ of ${source.description}`,
    remedy: 'Write one with "slipway new NAME", or correct spec.endpoints in slipway.yaml.',
  }
}

async function isFile(source: Source, path: string): Promise<boolean> {
  try {
    return (await source.read(path)) !== undefined
  } catch (error) {
    // A folder cannot be read.
    if (error instanceof SlipwayError) return false
    throw error
  }
}

function tooMany(folder: string, count: number): Problem {
  return problemWith({
    code: 'unreadable-file',
    place: { file: folder, line: 1, column: 1 },
    message: `${folder}/ has ${count} .yaml files, and at most ${MOST_FILES} are read`,
    remedy:
      'Split it: each folder with a slipway.yaml of its own is a project with a set of its own.',
  })
}

function noFolder(folder: string): Problem {
  return problemWith({
    code: 'unreadable-file',
    place: { file: folder, line: 1, column: 1 },
    message: `${folder} is a file, not the folder of the endpoints`,
    remedy: 'Correct spec.endpoints in slipway.yaml, or make it a folder.',
  })
}
