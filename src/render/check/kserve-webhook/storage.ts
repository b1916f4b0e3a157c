import { KSERVE } from '../../../kinds/index.ts'
import { at, entries, isMap, text, type JsonMap } from '../../../object/index.ts'
import {
  modelOf,
  variable,
  type Component,
  type Refusal,
  type Refusals,
  type Service,
} from './service.ts'

const STORAGE_URI = 'STORAGE_URI'
const TRANSFORMER = KSERVE.transformer

/** Where models come from (validateCollocationStorageURI, validateMultipleStorageURIs, and the storage of an ART explainer). */
export function storage({ components, predictor }: Service): Refusals {
  return [collocated(predictor), components.map(several), components.map(art)]
}

function collocated(predictor: JsonMap): Refusals {
  const containers = entries(predictor['containers'])
  const index = containers.findIndex(({ name }) => name === TRANSFORMER)
  if (variable(containers[index], STORAGE_URI) === undefined) return []
  return {
    path: ['spec', 'predictor', 'containers', index, 'env'],
    why: `the container ${TRANSFORMER} has a ${STORAGE_URI}, which only the model server may have`,
  }
}

function several(component: Component): Refusals {
  const { name, spec, path } = component
  const uris = spec['storageUris']
  // An empty list is refused by the schema, or gone.
  if (!Array.isArray(uris) || uris.length === 0) return []
  const where = [...path, 'storageUris']
  if (uriOf(component) !== undefined)
    return { path: where, why: `the ${name} has both a storageUri and storageUris` }
  const faults = uris.flatMap((each: unknown, index) => {
    const why = mountFault(mountOf(each))
    return why === undefined ? [] : { path: [...where, index], why }
  })
  return faults.length > 0 ? faults : together(uris, where)
}

function uriOf({ name, spec }: Component): string | undefined {
  const model = name === 'predictor' ? modelOf(spec)?.model : spec['art']
  // Of an explainer an empty one is none (explainer.go).
  const own = text(at(model, 'storageUri'))
  if (isMap(model)) return name === 'explainer' && own === '' ? undefined : own
  return variable(entries(spec['containers'])[0], STORAGE_URI)?.value
}

function mountOf(each: unknown): string {
  return text(at(each, 'mountPath')) ?? '/mnt/models'
}

function mountFault(mount: string): string | undefined {
  if (mount === '/') return 'a model cannot be mounted at /'
  return mount.includes('..') ? `the mount path ${mount} leads upwards` : undefined
}

/** Those of claims at different paths, all others below one folder. */
function together(uris: readonly unknown[], path: Refusal['path']): Refusals {
  const [claims, others] = [true, false].map(wanted =>
    uris.filter(each => (text(at(each, 'uri')) ?? '').startsWith('pvc://') === wanted).map(mountOf),
  )
  if (others === undefined || others.length < 2) return []
  if (new Set(claims).size < (claims?.length ?? 0))
    return { path, why: 'two claims have the same mount path' }
  const first = new Set(others.map(mount => mount.replaceAll(/^\/+|\/+$/g, '').split('/')[0]))
  return first.size === 1 && !first.has('')
    ? undefined
    : { path, why: `the mount paths ${others.join(', ')} have no folder in common` }
}

const SCHEMES = ['s3://', 'hdfs://', 'webhdfs://']

function art({ name, spec, path }: Component): Refusals {
  const explainer = name === 'explainer' ? spec['art'] : undefined
  if (at(explainer, 'storage') === undefined) return []
  const uri = text(at(explainer, 'storageUri')) ?? ''
  const type = text(at(explainer, 'storage', 'parameters', 'type'))
  const given = uri === '' ? type && `${type}://` : uri
  if (given === undefined || SCHEMES.some(scheme => given.startsWith(scheme))) return []
  return {
    path: [...path, 'art', 'storage'],
    why: `storage of the explainer begins with ${SCHEMES.join(', ')}, not ${given}`,
  }
}
