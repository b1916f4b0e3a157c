import { groupOf, kubernetesMinor, type KubeObject } from '../object/index.ts'
import { closest } from '../problem/index.ts'
import { faultsOf, type Fault } from './faults.ts'
import { products, type Product } from './product.ts'

/** Versions as an environment declares them. */
export interface Declared {
  kserve: string
  kubernetes?: string
}

export interface SchemaFault extends Fault {
  /** What does not know it, as `Kubernetes 1.36` or `Kubernetes (1.30 to 1.37)`. */
  by: string
  /** Other versions, which would take it, as `Kubernetes 1.35 and newer`. */
  takenBy: string | undefined
  /** Where the kind is not known: one that may be meant, as `Deployment of apps/v1`. */
  meant?: string | undefined
  /** The declared version is newer than all that are known here: it may have what is not known. */
  isBeyond: boolean
}

/**
 * What the API server would refuse of an object by its schema: fields that the kind does not have, values of the wrong type. By the declared version
 * of what serves the kind; where none is declared, what no known version has. Kinds of others than Kubernetes, KServe and the usual add-ons have no faults.
 */
export function schemaFaults(object: KubeObject, declared: Declared): SchemaFault[] {
  const kind = `${object.apiVersion} ${object.kind}`
  for (const product of products()) {
    const row = product.kinds[kind]
    if (row !== undefined) return faultsIn({ product, kind, object }, declared)
    if (product.product === 'Kubernetes' && isBuiltIn(product, object))
      return noSuchKind(product, object, declared)
  }
  return []
}

interface Asked {
  product: Product
  kind: string
  object: KubeObject
}

function faultsIn({ product, kind, object }: Asked, declared: Declared): SchemaFault[] {
  const { names, isBeyond, types, by } = knownOf({ product, kind }, declared)
  if (types.length === 0) return noSuchKind(product, object, declared)
  let common: Fault[] | undefined
  for (const type of types) {
    const faults = faultsOf(product, type, object)
    common = common === undefined ? faults : common.filter(fault => isAmong(fault, faults))
    if (common.length === 0) return []
  }
  const others = product.versions.filter(version => !names.includes(version))
  return (common ?? []).map(fault => ({
    ...fault,
    by,
    isBeyond,
    takenBy: takenBy(fault, { product, kind, object }, others),
  }))
}

interface Known {
  names: readonly string[]
  isBeyond: boolean
  /** Of the kind in those versions. The newest first: where it has no fault, there is none. */
  types: readonly number[]
  by: string
}

/** Worked out once for all objects of a kind. */
const KNOWN = new Map<string, Known>()

function knownOf({ product, kind }: Omit<Asked, 'object'>, declared: Declared): Known {
  const key = JSON.stringify([kind, declared.kserve, declared.kubernetes])
  const known = KNOWN.get(key)
  if (known !== undefined) return known
  const { names, isBeyond } = versionsFor(product, declared)
  const types = names.map(name => product.kinds[kind]?.[product.versions.indexOf(name)] ?? null)
  const served = new Set(types.filter(type => type !== null).toReversed())
  const made = { names, isBeyond, types: [...served], by: shown(product, names) }
  KNOWN.set(key, made)
  return made
}

/** The versions that have no fault there, nor where it stands: a field that an older one does not know is not taken by it. */
function takenBy(
  fault: Fault,
  { product, kind, object }: Asked,
  others: readonly string[],
): string | undefined {
  const taking = others.filter(version => {
    const type = product.kinds[kind]?.[product.versions.indexOf(version)] ?? null
    return type !== null && !isRefused(fault, faultsOf(product, type, object))
  })
  return taking.length === 0 ? undefined : `${product.product} ${spanOf(taking, product.versions)}`
}

function isRefused({ path }: Fault, faults: readonly Fault[]): boolean {
  return faults.some(each => each.path.every((step, index) => step === path[index]))
}

function isAmong({ path, code }: Fault, faults: readonly Fault[]): boolean {
  const place = path.join('/')
  return faults.some(each => each.code === code && each.path.join('/') === place)
}

function spanOf(some: readonly string[], all: readonly string[]): string {
  if (some.at(-1) === all.at(-1)) return `${some[0]} and newer`
  return some[0] === all[0] ? `${some.at(-1)} and older` : some.join(', ')
}

/** A group of Kubernetes itself, which no definition can be in. */
function isBuiltIn({ kinds }: Product, object: KubeObject): boolean {
  const group = groupOf(object.apiVersion)
  return Object.keys(kinds).some(kind => groupOf(kind.split(' ')[0] ?? '') === group)
}

function noSuchKind(product: Product, object: KubeObject, declared: Declared): SchemaFault[] {
  const { names, isBeyond } = versionsFor(product, declared)
  return [
    {
      path: ['apiVersion'],
      code: 'bad-value',
      wanted: undefined,
      found: undefined,
      meant: meantKind(product, names, object),
      by: shown(product, names),
      isBeyond,
      takenBy: undefined,
    },
  ]
}

/** The same kind as another apiVersion serves it, else a kind of this one whose name is near. */
function meantKind(
  { kinds, versions }: Product,
  names: readonly string[],
  { apiVersion, kind }: KubeObject,
): string | undefined {
  const served = Object.entries(kinds)
    .filter(([, row]) => names.some(name => (row[versions.indexOf(name)] ?? null) !== null))
    .map(([key]) => key.split(' '))
  const elsewhere = served.flatMap(([version = '', name]) => (name === kind ? version : []))
  if (elsewhere.length > 0) return `${kind} of ${elsewhere.at(-1)}`
  const here = served.flatMap(([version, name = '']) => (version === apiVersion ? name : []))
  const near = closest(kind, here)
  return near === undefined ? undefined : `${near} of ${apiVersion}`
}

/** The known versions to go by: the declared one, its neighbours where it is not known itself, all where none is declared. */
function versionsFor(
  { product, versions }: Product,
  declared: Declared,
): { names: readonly string[]; isBeyond: boolean } {
  const wanted = { Kubernetes: declared.kubernetes, KServe: declared.kserve }[product]
  if (wanted === undefined) return { names: versions, isBeyond: false }
  const minor = minorOf(wanted)
  const same = versions.filter(version => minorOf(version) === minor)
  if (same.length > 0) return { names: same, isBeyond: false }
  const below = versions.filter(version => minorOf(version) < minor).slice(-1)
  const above = versions.filter(version => minorOf(version) > minor).slice(0, 1)
  return { names: [...below, ...above], isBeyond: above.length === 0 || below.length === 0 }
}

function minorOf(version: string): number {
  const kubernetes = kubernetesMinor(version)
  return Number.isNaN(kubernetes) ? Number(/^v?0\.(\d+)/.exec(version)?.[1]) : kubernetes
}

function shown({ product }: Product, names: readonly string[]): string {
  const [first, last] = [names.at(0), names.at(-1)]
  return first === last ? `${product} ${first}` : `${product} ${first} to ${last}`
}
