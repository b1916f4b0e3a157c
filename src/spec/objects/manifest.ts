import { isClusterWide } from '../../kinds/index.ts'
import { API_VERSION, APPLYSET, ENDPOINT_LABEL, isMap, type JsonMap } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { pathText, valueText } from '../fields/words.ts'
import type { Path } from '../yaml/node.ts'

/** A manifest that has what every object has. */
export interface Manifest extends JsonMap {
  apiVersion: string
  kind: string
  metadata: JsonMap & {
    name: string
    namespace?: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
  }
}

export interface Fault extends Pick<Problem, 'code' | 'message' | 'cause' | 'remedy'> {
  path: Path
}

/** What every object must have, and what it may not say itself. */
export function checkManifest(value: unknown): { manifest?: Manifest; faults: Fault[] } {
  if (!isMap(value)) return { faults: [noObject(value)] }
  const other = otherDocument(value)
  if (other !== undefined) return { faults: [other] }
  const faults = [...identity(value), ...metadataFaults(value['metadata'])]
  if (faults.length > 0) return { faults }
  // The faults are what keeps it from being one.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const manifest = value as Manifest
  return { manifest, faults: refusals(manifest) }
}

function noObject(value: unknown): Fault {
  return {
    path: [],
    code: 'document-kind',
    message: `this document is ${valueText(value)}, not a Kubernetes object with apiVersion, kind and metadata`,
    remedy: 'Write one object in each document, with --- between them.',
  }
}

/** What is no object, and only looks like one: a list, the file of another tool, fields without anything that says of what. */
function otherDocument(value: JsonMap): Fault | undefined {
  const { apiVersion, kind = 'List', items } = value
  if (Array.isArray(items) && typeof kind === 'string' && kind.endsWith('List'))
    return list(value['kind'] === undefined ? 'this document' : kind)
  if (
    typeof apiVersion === 'string' &&
    /^(kustomize\.config\.k8s\.io|helm\.sh)\//.test(apiVersion)
  ) {
    return ofTool(valueText(kind))
  }
  const absent = ['apiVersion', 'kind', 'metadata'].filter(field => value[field] === undefined)
  return absent.length < 2 ? undefined : noObject(value)
}

/** Of kustomize and Helm: files on a disk, which no cluster serves. */
function ofTool(kind: string): Fault {
  return {
    path: ['kind'],
    code: 'document-kind',
    message: `a document of kind ${kind} and of this apiVersion is for a tool that makes objects, and no object itself`,
    remedy: 'Write the objects that it makes.',
  }
}

function identity(value: JsonMap): Fault[] {
  return [
    ...apiVersionFaults(value),
    ...needed(value, ['kind'], 'such as ConfigMap'),
    ...(isMap(value['metadata']) ? [] : [missing(['metadata'], value['metadata'], 'with a name')]),
  ]
}

const VERSION_EXAMPLE = 'such as v1 or external-secrets.io/v1'
const API_VERSION_TEXT = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

function apiVersionFaults(value: JsonMap): Fault[] {
  const { apiVersion } = value
  const faults = needed(value, ['apiVersion'], VERSION_EXAMPLE)
  if (faults.length > 0 || API_VERSION_TEXT.test(String(apiVersion))) return faults
  return [
    {
      path: ['apiVersion'],
      code: 'bad-value',
      message: `apiVersion must be a version, or group/version, not ${valueText(apiVersion)}`,
      remedy: `Write it, ${VERSION_EXAMPLE}.`,
    },
  ]
}

function needed(value: JsonMap, path: Path, example: string): Fault[] {
  const found = value[String(path.at(-1))]
  return typeof found === 'string' && found !== '' ? [] : [missing(path, found, example)]
}

function missing(path: Path, found: unknown, example: string): Fault {
  const isMissing = found === undefined || found === null
  return {
    path,
    code: isMissing ? 'missing-field' : 'wrong-type',
    message: isMissing
      ? `${pathText(path)} is missing`
      : `${pathText(path)} must be ${path.length === 1 && path[0] === 'metadata' ? 'a map' : 'a string'}, not ${valueText(found)}`,
    remedy: `Write it, ${example}.`,
  }
}

function metadataFaults(metadata: unknown): Fault[] {
  if (!isMap(metadata)) return []
  const path = ['metadata']
  return [
    ...('generateName' in metadata
      ? [generated()]
      : needed(metadata, [...path, 'name'], 'unique in its kind and namespace')),
    ...(metadata['namespace'] === undefined ? [] : namespaceFaults(metadata)),
    ...['labels', 'annotations'].flatMap(field => stringMap(metadata[field], [...path, field])),
    ...Object.keys(metadata)
      .filter(field => SERVERS.has(field))
      .map(field => servers([...path, field])),
  ]
}

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

function namespaceFaults(metadata: JsonMap): Fault[] {
  const { namespace } = metadata
  const path = ['metadata', 'namespace']
  const faults = needed(metadata, path, 'or leave it out')
  if (faults.length > 0 || NAMESPACE.test(String(namespace))) return faults
  return [
    {
      path,
      code: 'bad-value',
      message: `metadata.namespace must be a name of lower case letters, digits and "-", at most 63 long, not ${valueText(namespace)}`,
      remedy: 'Correct it, or leave it out: it is then the one of the endpoint or environment.',
    },
  ]
}

function generated(): Fault {
  return {
    path: ['metadata', 'generateName'],
    code: 'bad-value',
    message: 'metadata.generateName would create another object with every apply',
    remedy: 'Give it a name in metadata.name.',
  }
}

function stringMap(value: unknown, path: Path): Fault[] {
  if (value === undefined) return []
  if (!isMap(value)) return [typed(path, 'a map', value)]
  return Object.entries(value)
    .filter(([, each]) => typeof each !== 'string')
    .map(([key, each]) => typed([...path, key], 'a string', each))
}

function typed(path: Path, wanted: string, found: unknown): Fault {
  return {
    path,
    code: 'wrong-type',
    message: `${pathText(path)} must be ${wanted}, not ${valueText(found)}`,
    ...(wanted === 'a string' && { remedy: 'Put it in quotes.' }),
  }
}

/** What only the API server and controllers write: a copy of a live object has it. */
const SERVERS = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'ownerReferences',
  'selfLink',
])

function servers(path: Path): Fault {
  return {
    path,
    code: 'bad-value',
    message: `${pathText(path)} is written by the API server, not by a manifest`,
    remedy: 'Remove it; of a copied object keep name, namespace, labels and annotations.',
  }
}

function refusals(manifest: Manifest): Fault[] {
  const { apiVersion, kind, metadata } = manifest
  if (apiVersion === API_VERSION) return [ours(kind)]
  return [
    ...(isClusterWide(manifest) ? [clusterWide(kind)] : []),
    ...('status' in manifest ? [servers(['status'])] : []),
    ...Object.keys(metadata.labels ?? {})
      .filter(isReserved)
      .map(reserved),
  ]
}

function ours(kind: string): Fault {
  return {
    path: ['kind'],
    code: 'document-kind',
    message: `${kind} is a kind of slipway; this folder holds only objects that are applied as they are written`,
    remedy: 'Move it to the folder of the endpoints.',
  }
}

function list(kind: string): Fault {
  return {
    path: ['kind'],
    code: 'document-kind',
    message: `${kind} is a list of objects, which the cluster does not store`,
    remedy: 'Write each of its items as a document of its own, with --- between them.',
  }
}

function clusterWide(kind: string): Fault {
  return {
    path: ['kind'],
    code: 'bad-value',
    message: `a ${kind} is cluster-scoped, and a set holds namespaced objects only`,
    cause: 'Other projects may rely on it, and the permissions of a set end at its namespaces.',
    remedy: 'Apply it with the rest of the setup of the cluster.',
  }
}

function isReserved(label: string): boolean {
  return label === ENDPOINT_LABEL || label.startsWith(APPLYSET.partOf.replace(/\/.*/, '/'))
}

function reserved(label: string): Fault {
  return {
    path: ['metadata', 'labels', label],
    code: 'bad-value',
    message: `the label ${label} is set by slipway itself`,
    remedy: 'Remove it.',
  }
}
