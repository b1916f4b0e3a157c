import { compareText, toYamlText, type KubeObject } from '../../object/index.ts'
import { differingFields, type ServingRuntime } from '../../serving-runtime/index.ts'

/** Kinds of serving.kserve.io/v1alpha1 that a catalogue of serving runtimes holds. */
export const CATALOGUE_KINDS = [
  'ClusterServingRuntime',
  'ServingRuntime',
  'ClusterStorageContainer',
] as const

/** What becomes of one live object: a new file, nothing, or a file that says something else. */
export type RuntimeImport =
  | { state: 'new'; name: string; path: string; text: string }
  | { state: 'same' | 'other'; name: string; path: string; fields: string[] }

interface Known {
  folder: string
  runtimes: readonly ServingRuntime[]
  storageContainers: readonly { name: string; place: { file: string } }[]
}

/** The files of a catalogue that is missing live serving runtimes; what the catalogue has is never overwritten. */
export function importServingRuntimes(live: readonly KubeObject[], known: Known): RuntimeImport[] {
  return live
    .toSorted((a, b) => compareText(pathOf(a), pathOf(b)))
    .map(object => knownAs(object, known) ?? newFile(object, known.folder))
}

function newFile(object: KubeObject, folder: string): RuntimeImport {
  const text = toYamlText(manifestOf(object))
  return { state: 'new', name: object.metadata.name, path: `${folder}/${pathOf(object)}`, text }
}

function knownAs(
  object: KubeObject,
  { runtimes, storageContainers }: Known,
): RuntimeImport | undefined {
  const { name, namespace } = object.metadata
  if (object.kind === 'ClusterStorageContainer') {
    const file = storageContainers.find(each => each.name === name)?.place.file
    return file === undefined ? undefined : { state: 'same', name, path: file, fields: [] }
  }
  const same = runtimes.find(
    each =>
      each.kind === object.kind &&
      each.name === name &&
      (each.namespace ?? namespace) === namespace,
  )
  if (same === undefined) return undefined
  const fields = differingFields(same.spec, object['spec'])
  const path = same.placeOf(['metadata', 'name']).file
  return { state: fields.length === 0 ? 'same' : 'other', name, path, fields }
}

function pathOf({ kind, metadata: { name, namespace = '' } }: KubeObject): string {
  if (kind === 'ClusterStorageContainer') return `storage-${name}.yaml`
  return kind === 'ServingRuntime' ? `${namespace}.${name}.yaml` : `${name}.yaml`
}

/** As somebody would have written it: without what the cluster, kubectl and Helm noted. */
function manifestOf({ apiVersion, kind, metadata, ...rest }: KubeObject): object {
  const { name, namespace, labels, annotations = {} } = metadata
  const own = Object.entries(annotations).filter(
    ([key]) => !/(^|\.)(kubectl\.kubernetes\.io|helm\.sh)\//.test(key),
  )
  const kept = own.length === 0 ? undefined : Object.fromEntries(own)
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, labels, annotations: kept },
    ...('disabled' in rest ? { disabled: rest['disabled'] } : {}),
    spec: rest['spec'],
  }
}
