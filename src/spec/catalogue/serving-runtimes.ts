import { posix } from 'node:path'
import {
  problemWith,
  type Place,
  type Problem,
  type Loaded,
  type LoadedPart,
} from '../../problem/index.ts'
import type { Container, ServingRuntime } from '../../serving-runtime/index.ts'
import { checkDocument } from '../fields/check.ts'
import { at } from '../../object/index.ts'
import { goneFile, listYaml, readFile } from '../files.ts'
import type { ReadProject } from '../project.ts'
import { servingRuntime, storageContainer } from '../schema/serving-runtime.ts'
import type { Source } from '../source.ts'
import type { YamlFile } from '../yaml/file.ts'
import { keyOffset, type YamlNode } from '../yaml/node.ts'

/** The folder that is read where slipway.yaml names none. */
export const SERVING_RUNTIMES_FOLDER = 'serving-runtimes'

/** A ClusterStorageContainer: brings models of certain URIs to /mnt/models. */
export interface StorageContainer {
  name: string
  container: Container
  formats: readonly { prefix?: string | undefined; regex?: string | undefined }[]
  place: Place
}

export interface ServingRuntimeCatalogue {
  folder: string
  runtimes: ServingRuntime[]
  storageContainers: StorageContainer[]
}

/** The folder that slipway.yaml names, which must hold a runtime; else serving-runtimes where it does. */
export async function readServingRuntimes(
  source: Source,
  project: ReadProject | undefined,
): Promise<Loaded<ServingRuntimeCatalogue>> {
  const named = project?.document.spec.catalogues?.servingRuntimes
  const { value, problems } = await readFolder(source, servingRuntimesFolder(project))
  if (value.runtimes.length > 0) return { value, problems }
  const isWanted = named !== undefined && problems.length === 0
  return { problems: isWanted ? [noRuntime(project, value.folder)] : problems }
}

export function servingRuntimesFolder(project: ReadProject | undefined): string {
  const named = project?.document.spec.catalogues?.servingRuntimes
  return posix.normalize(named ?? SERVING_RUNTIMES_FOLDER).replace(/\/$/, '')
}

export async function readFolder(
  source: Source,
  folder: string,
): Promise<LoadedPart<ServingRuntimeCatalogue>> {
  const { paths, problems } = await listYaml(source, folder)
  const files = await Promise.all(
    paths.map(async path => (await readFile(source, path)) ?? { problems: [goneFile(path)] }),
  )
  const documents = files.flatMap(({ file }) => documentsOf(file))
  const found = [...problems, ...files.flatMap(read => read.problems)]
  const parts = documents.map(readManifest)
  const value = {
    folder,
    runtimes: parts.flatMap(({ runtime }) => runtime ?? []),
    storageContainers: parts.flatMap(part => part.storageContainer ?? []),
  }
  found.push(...parts.flatMap(part => part.problems), ...duplicates(value.runtimes))
  return { value, problems: found }
}

interface Manifest {
  file: YamlFile
  root: YamlNode
}

function documentsOf(file: YamlFile | undefined): Manifest[] {
  return file === undefined ? [] : file.documents.map(root => ({ file, root }))
}

interface Part {
  runtime?: ServingRuntime
  storageContainer?: StorageContainer
  problems: Problem[]
}

/** Folders of manifests hold other objects, too, and a kustomization: those are left alone. */
function readManifest(manifest: Manifest): Part {
  const { value } = manifest.root
  const kind = at(value, 'kind')
  if (!String(at(value, 'apiVersion')).startsWith('serving.kserve.io/')) return { problems: [] }
  if (kind === 'ClusterStorageContainer') return readStorageContainer(manifest)
  if (kind === 'ServingRuntime' || kind === 'ClusterServingRuntime') return readRuntime(manifest)
  return { problems: [otherKind(manifest, String(kind))] }
}

function readRuntime({ file, root }: Manifest): Part {
  const { value, problems } = checkDocument(servingRuntime, file, root)
  if (value === undefined) return { problems }
  const { kind, metadata, spec } = value
  const runtime: ServingRuntime = {
    kind,
    name: metadata.name,
    namespace: kind === 'ServingRuntime' ? metadata.namespace : undefined,
    annotations: metadata.annotations ?? {},
    spec,
    placeOf: path => file.placeAt(keyOffset(root, path)),
  }
  return { runtime, problems }
}

function readStorageContainer({ file, root }: Manifest): Part {
  const { value, problems } = checkDocument(storageContainer, file, root)
  if (value === undefined) return { problems }
  const { metadata, spec, disabled } = value
  if (disabled === true || (spec.workloadType ?? 'initContainer') !== 'initContainer')
    return { problems }
  const place = file.placeAt(root.start)
  const { container, supportedUriFormats: formats } = spec
  return { storageContainer: { name: metadata.name, container, formats, place }, problems }
}

function otherKind({ file, root }: Manifest, kind: string): Problem {
  return problemWith({
    code: 'document-kind',
    place: file.placeAt(keyOffset(root, ['kind'])),
    message: `KServe’s kind ${kind} is not a serving runtime`,
    remedy:
      'Keep only ServingRuntime, ClusterServingRuntime and ClusterStorageContainer here; endpoints are written as Endpoints.',
  })
}

function duplicates(runtimes: readonly ServingRuntime[]): Problem[] {
  const byKey = Map.groupBy(
    runtimes,
    ({ kind, namespace, name }) => `${kind}/${namespace ?? ''}/${name}`,
  )
  return [...byKey.values()].flatMap(([first, ...others]) =>
    others.map(other => {
      const { file, line } = placeOf(first ?? other)
      return problemWith({
        code: 'catalogue',
        place: placeOf(other),
        message: `${other.kind} ${other.name} is also in ${file}:${line}`,
        remedy: 'Keep one of them.',
      })
    }),
  )
}

function placeOf(runtime: ServingRuntime): Place {
  return runtime.placeOf(['metadata', 'name'])
}

function noRuntime(project: ReadProject | undefined, folder: string): Problem {
  return problemWith({
    code: 'catalogue',
    place: project?.placeOf(['spec', 'catalogues', 'servingRuntimes']),
    message: `the folder ${folder} holds no serving runtime`,
    remedy:
      'Run "slipway import servingruntimes" to write those of a cluster there, or correct spec.catalogues.',
  })
}
