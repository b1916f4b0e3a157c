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
  /** What it must be, as it stands after "must be"; of an unknown field the one that may be meant. */
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
    return of === undefined ? unknown({ type, name, item, path }) : inside(name, item, of)
  })
  const meant = new Set(
    fields.filter(({ code }) => code === 'unknown-field').map(fault => fault.wanted),
  )
  return [...fields, ...missing(type, value, path).filter(({ name }) => !meant.has(name))]
}

type Fields = Extract<Type, { is: 'fields' }>

interface Unknown {
  type: Fields
  name: string
  item: unknown
  path: readonly Step[]
}

function unknown({ type, name, item, path }: Unknown): Fault[] {
  if (type.isOpen || item === undefined || item === null) return []
  const wanted = closest(name, [...type.fields.keys()])
  return [{ path: [...path, name], code: 'unknown-field', wanted, found: item }]
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
  const size = outside(Array.from(value).length, type, 'characters')
  const { pattern } = type
  if (size !== undefined || pattern === undefined || value.length > LONGEST) return size
  return pattern.test(value)
    ? undefined
    : { code: 'bad-value', wanted: `of the form ${pattern.source}` }
}

type Misfit = Pick<Fault, 'code' | 'wanted'>

function misfitOf(value: unknown, type: Type): Misfit | undefined {
  switch (type.is) {
    case 'enum':
      return type.values.includes(value) ? undefined : ofEnum(value, type.values)
    case 'list':
      return Array.isArray(value) ? outside(value.length, type, 'items') : wrong('a list')
    case 'map':
    case 'fields':
      return isMap(value) ? undefined : wrong('a map')
    case 'string':
      return typeof value === 'string' ? stringMisfit(value, type) : wrong('a string')
    case 'integer':
      return Number.isInteger(value) ? outside(Number(value), type) : wrong('a whole number')
    case 'number':
      return typeof value === 'number' ? outside(value, type) : wrong('a number')
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrong('true or false')
    case 'int-or-string':
      return isText(value) || Number.isInteger(value)
        ? undefined
        : wrong('a whole number or a string')
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
    wanted: values
      .map(each => (each === '' ? '""' : String(each)))
      .join(', ')
      .replace(/, ([^,]*)$/, ' or $1'),
  }
}

/** resource.Quantity of apimachinery: a sign, digits, a suffix or an exponent. */
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/

function quantityMisfit(value: unknown): Misfit | undefined {
  const wanted = 'a quantity such as 500m, 2 or 8Gi'
  if (typeof value === 'number') return undefined
  if (typeof value !== 'string') return { code: 'wrong-type', wanted }
  return QUANTITY.test(value) ? undefined : { code: 'bad-value', wanted }
}

function outside(
  size: number,
  { low, high }: { low?: number; high?: number },
  unit?: string,
): Misfit | undefined {
  if (size >= (low ?? size) && size <= (high ?? size)) return undefined
  const range = rangeText(low, high)
  return { code: 'bad-value', wanted: unit === undefined ? range : `${range} ${unit} long` }
}

function rangeText(low: number | undefined, high: number | undefined): string {
  if (high === undefined) return `at least ${low}`
  return low === undefined ? `at most ${high}` : `from ${low} to ${high}`
}
