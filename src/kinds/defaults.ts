import { equalValues, isMap, type JsonMap } from '../object/index.ts'
import type { Defaults, Kind } from './kind.ts'
import { KINDS, kindNamed } from './table.ts'

/** Where a value stands in an object. */
export interface FieldPlace {
  /** Undefined: of any kind that has defaults. */
  kind?: string | undefined
  /** Field that the value's map, or the list of that map, is in; undefined at the top, and where it is not known. */
  parent?: string | undefined
  name: string
  /** The map that the value is in, as far as it is known: some defaults go by their neighbours. */
  owner?: JsonMap | undefined
}

/** Maps whose members somebody has named, so that no name of one tells a default. */
const FREELY_NAMED = new Set([
  'annotations',
  'data',
  'labels',
  'limits',
  'matchLabels',
  'nodeSelector',
  'options',
  'overhead',
  'parameters',
  'requests',
  'selector',
  'stringData',
  'volumeAttributes',
])

export function isFreelyNamed(map: string): boolean {
  return FREELY_NAMED.has(map)
}

/** Whether the API server would put the value there where nobody says it; a map, when that holds for all in it. */
export function isServerDefault(place: FieldPlace, value: unknown): boolean {
  const { kind, parent = '', name } = place
  if (isFreelyNamed(parent)) return false
  if (defaultsAt(place).some(each => equalValues(each, value))) return true
  if (!isMap(value) || isFreelyNamed(name)) return false
  const inside = Object.entries(value)
  return (
    inside.length > 0 &&
    inside.every(([member, inner]) =>
      isServerDefault({ kind, parent: name, name: member, owner: value }, inner),
    )
  )
}

function defaultsAt({ kind, parent = '', name, owner = {} }: FieldPlace): unknown[] {
  const tables = kind === undefined ? ALL : tableOf(kindNamed(kind))
  return tables.flatMap(table =>
    [name, `${parent}.${name}`]
      .filter(key => Object.hasOwn(table, key))
      .flatMap(key => {
        const found = table[key] ?? []
        return typeof found === 'function' ? found(owner) : found
      }),
  )
}

function tableOf(kind: Kind | undefined): Defaults[] {
  return kind?.defaults === undefined ? [] : [kind.defaults]
}

const ALL = [...new Set(KINDS.flatMap(tableOf))]
