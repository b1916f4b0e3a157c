import { closest } from '../problem/index.ts'
import { isMap, type JsonMap } from '../object/index.ts'
import type { Product } from './product.ts'
import { typeAt, type Type } from './type.ts'

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
  const walk: Walk = { product, path: [], faults: [] }
  look(walk, number, value)
  return walk.faults
}

/** On its way through a value. Nearly every value is right, so nothing is made for those that are. */
interface Walk {
  product: Product
  /** Where it is. */
  path: Step[]
  /** Found so far. */
  faults: Fault[]
}

function look(walk: Walk, number: number, value: unknown): void {
  if (value === null || value === undefined) return
  const type = typeAt(walk.product, number)
  if (type.is === 'any') return
  const misfit = misfitOf(value, type)
  if (misfit !== undefined) walk.faults.push({ path: [...walk.path], found: value, ...misfit })
  else if (type.is === 'list' && Array.isArray(value))
    for (const [index, item] of value.entries()) lookInside(walk, index, type.of, item)
  else if (type.is === 'map' && isMap(value))
    for (const name of Object.keys(value)) lookInside(walk, name, type.of, value[name])
  else if (type.is === 'fields' && isMap(value)) lookAtFields(walk, type, value)
}

function lookInside(walk: Walk, step: Step, number: number, item: unknown): void {
  walk.path.push(step)
  look(walk, number, item)
  walk.path.pop()
}

function lookAtFields(walk: Walk, type: Fields, value: JsonMap): void {
  const before = walk.faults.length
  for (const name of Object.keys(value)) {
    const number = type.fields.get(name)
    if (number === undefined) lookAtUnknown(walk, type, name, value[name])
    else lookAtField(walk, { type, number, name, item: value[name] })
  }
  const absent = type.required.filter(name => (value[name] ?? undefined) === undefined)
  if (absent.length === 0) return
  const found = walk.faults.slice(before).filter(({ code }) => code === 'unknown-field')
  const meant = new Set(found.map(({ wanted }) => wanted?.replace(/\..*/, '')))
  for (const name of absent.filter(each => !meant.has(each)))
    walk.faults.push({
      path: [...walk.path, name],
      code: 'missing-field',
      wanted: undefined,
      found: undefined,
    })
}

interface Known {
  type: Fields
  number: number
  name: string
  item: unknown
}

function lookAtField(walk: Walk, { type, number, name, item }: Known): void {
  const before = walk.faults.length
  lookInside(walk, name, number, item)
  if (walk.faults.length === before || !isLeftOut(type, name, item)) return
  const inside = walk.faults.splice(before)
  walk.faults.push(...inside.filter(({ code }) => code !== 'bad-value'))
}

type Fields = Extract<Type, { is: 'fields' }>

/** The value is gone before the schema is asked, if it is of the right type. */
function isLeftOut({ leftOut }: Fields, name: string, value: unknown): boolean {
  if (!leftOut.has(name)) return false
  if (isMap(value)) return Object.keys(value).length === 0
  return Array.isArray(value) ? value.length === 0 : ['', 0, false].includes(value as never)
}

function lookAtUnknown(walk: Walk, type: Fields, name: string, item: unknown): void {
  if (type.isOpen || item === undefined || item === null) return
  const wanted = closest(name, [...type.fields.keys()]) ?? oneLevelBelow(walk.product, type, name)
  walk.faults.push({ path: [...walk.path, name], code: 'unknown-field', wanted, found: item })
}

/** `exactly.deviceClassName`: the only field beside it that has one of this name. */
function oneLevelBelow(product: Product, { fields }: Fields, name: string): string | undefined {
  const owners = [...fields].flatMap(([owner, number]) => {
    const type = typeAt(product, number)
    return type.is === 'fields' && type.fields.has(name) ? owner : []
  })
  return owners.length === 1 ? `${owners[0]}.${name}` : undefined
}

/** Patterns are others': what is longer than a name is not held against them, since it could take long. */
const LONGEST = 253

function stringMisfit(value: string, type: Extract<Type, { is: 'string' }>): Misfit | undefined {
  const { low, high, pattern } = type
  const isBounded = low !== undefined || high !== undefined
  const size = isBounded ? outside(Array.from(value).length, type, LENGTH) : undefined
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
      return typeof value === 'string' || Number.isInteger(value)
        ? undefined
        : wrong('be a whole number or a string')
    case 'quantity':
      return quantityMisfit(value)
    default:
      return undefined
  }
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
