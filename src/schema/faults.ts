import { closest } from '../problem/index.ts'
import { isMap } from '../object/index.ts'
import type { JsonMap } from '../object/index.ts'
import type { Product } from './product.ts'
import { typeAt } from './type.ts'
import type { Type } from './type.ts'

export type Step = string | number

/** One thing that a value of an object has and its type does not allow. */
export interface Fault {
  path: readonly Step[]
  code: 'unknown-field' | 'wrong-type' | 'bad-value' | 'missing-field'
  /** What it must be or have, as it stands after "must"; of an unknown field the one that may be meant, `owner.name` where that is a level below. */
  wanted: string | undefined
  found: unknown
}

/** Everything wrong with a value of the type of this number. A null is a field that is not there. */
export function faultsOf(product: Product, number: number, value: unknown): Fault[] {
  return look({ product, number, value, path: [] })
}

interface Looked {
  product: Product
  number: number
  value: unknown
  path: readonly Step[]
}

function look({ product, number, value, path }: Looked): Fault[] {
  const type = typeAt(product, number)
  if (value === null || value === undefined || type.is === 'any') return []
  const misfit = misfitOf(value, type)
  if (misfit !== undefined) return [{ path, found: value, ...misfit }]
  const inside = (step: Step, item: unknown, of: number) =>
    look({ product, number: of, value: item, path: [...path, step] })
  if (type.is === 'list' && Array.isArray(value)) {
    return value.flatMap((item, index) => inside(index, item, type.of))
  }
  if (!isMap(value)) return []
  if (type.is === 'map') {
    return Object.entries(value).flatMap(([name, item]) => inside(name, item, type.of))
  }
  if (type.is !== 'fields') return []
  const fields = Object.entries(value).flatMap(([name, item]) => {
    const of = type.fields.get(name)
    if (of === undefined) return unknown({ product, type, name, item, path })
    const faults = inside(name, item, of)
    return isLeftOut(type, name, item) ? faults.filter(fault => fault.code !== 'bad-value') : faults
  })
  const meant = new Set(
    fields
      .filter(({ code }) => code === 'unknown-field')
      .map(({ wanted }) => wanted?.replace(/\..*/, '')),
  )
  return [...fields, ...missing(type, value, path).filter(({ name }) => !meant.has(name))]
}

type Fields = Extract<Type, { is: 'fields' }>

/** The value is gone before the schema is asked, if it is of the right type. */
function isLeftOut({ leftOut }: Fields, name: string, value: unknown): boolean {
  if (!leftOut.has(name)) return false
  if (isMap(value)) return Object.keys(value).length === 0
  return Array.isArray(value) ? value.length === 0 : ['', 0, false].includes(value as never)
}

interface Unknown {
  product: Product
  type: Fields
  name: string
  item: unknown
  path: readonly Step[]
}

function unknown({ product, type, name, item, path }: Unknown): Fault[] {
  if (type.isOpen || item === undefined || item === null) return []
  const wanted = closest(name, [...type.fields.keys()]) ?? oneLevelBelow(product, type, name)
  return [{ path: [...path, name], code: 'unknown-field', wanted, found: item }]
}

/** `exactly.deviceClassName`: the only field beside it that has one of this name. */
function oneLevelBelow(product: Product, { fields }: Fields, name: string): string | undefined {
  const owners = [...fields].flatMap(([owner, number]) => {
    const type = typeAt(product, number)
    return type.is === 'fields' && type.fields.has(name) ? owner : []
  })
  return owners.length === 1 ? `${owners[0]}.${name}` : undefined
}

function missing(
  { required }: Fields,
  value: JsonMap,
  path: readonly Step[],
): (Fault & { name: string })[] {
  return required
    .filter(name => (value[name] ?? undefined) === undefined)
    .map(name => ({
      name,
      path: [...path, name],
      code: 'missing-field' as const,
      wanted: undefined,
      found: undefined,
    }))
}

/** Patterns are others': what is longer than a name is not held against them, since it could take long. */
const LONGEST = 253

function stringMisfit(value: string, type: Extract<Type, { is: 'string' }>): Misfit | undefined {
  const size = outside(Array.from(value).length, type, LENGTH)
  const { pattern } = type
  if (size !== undefined || pattern === undefined || value.length > LONGEST) return size
  return pattern.test(value)
    ? undefined
    : { code: 'bad-value', wanted: `match ${pattern.source.replaceAll('\\/', '/')}` }
}

type Misfit = Pick<Fault, 'code' | 'wanted'>

function misfitOf(value: unknown, type: Type): Misfit | undefined {
  switch (type.is) {
    case 'enum':
      return type.values.includes(value) ? undefined : ofEnum(value, type.values)
    case 'list':
      return Array.isArray(value) ? outside(value.length, type, ITEMS) : wrong('be a list')
    case 'map':
    case 'fields':
      return isMap(value) ? undefined : wrong('be a map')
    case 'string':
      return typeof value === 'string' ? stringMisfit(value, type) : wrong('be a string')
    case 'integer':
      return Number.isInteger(value) ? outside(Number(value), type) : wrong('be a whole number')
    case 'number':
      return typeof value === 'number' ? outside(value, type) : wrong('be a number')
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrong('be true or false')
    case 'int-or-string':
      return isText(value) || Number.isInteger(value)
        ? undefined
        : wrong('be a whole number or a string')
    case 'quantity':
      return quantityMisfit(value)
    default:
      return undefined
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function wrong(wanted: string): Misfit {
  return { code: 'wrong-type', wanted }
}

function ofEnum(value: unknown, values: readonly unknown[]): Misfit {
  const isOfType = values.some(each => typeof each === typeof value)
  return {
    code: isOfType ? 'bad-value' : 'wrong-type',
    wanted: `be ${values
      .map(each => (each === '' ? '""' : String(each)))
      .join(', ')
      .replace(/, ([^,]*)$/, ' or $1')}`,
  }
}

/** resource.Quantity of apimachinery: a sign, digits, a suffix or an exponent. */
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/

function quantityMisfit(value: unknown): Misfit | undefined {
  const wanted = 'be a quantity such as 500m, 2 or 8Gi'
  if (typeof value === 'number') return undefined
  if (typeof value !== 'string') return { code: 'wrong-type', wanted }
  return QUANTITY.test(value) ? undefined : { code: 'bad-value', wanted }
}

interface Bounds {
  low?: number
  high?: number
}

type Saying = (range: string, last: number | undefined) => string

const VALUE: Saying = range => `be ${range}`
const LENGTH: Saying = (range, last) => `be ${range} character${last === 1 ? '' : 's'} long`
const ITEMS: Saying = (range, last) => `have ${range} item${last === 1 ? '' : 's'}`

function outside(size: number, { low, high }: Bounds, saying = VALUE): Misfit | undefined {
  if (size >= (low ?? size) && size <= (high ?? size)) return undefined
  return { code: 'bad-value', wanted: saying(rangeText(low, high), high ?? low) }
}

function rangeText(low: number | undefined, high: number | undefined): string {
  if (high === undefined) return `at least ${low}`
  if (low === high) return `exactly ${low}`
  return low === undefined ? `at most ${high}` : `from ${low} to ${high}`
}
