import type { JsonSchema } from './json-schema.ts'

/** One file of schemas/ in the making: types that are equal are written once, whatever version and kind they are of (src/schema reads it). */
export interface Table {
  versions: readonly string[]
  /** Texts of types, by number. */
  numbers: Map<string, number>
  kinds: Map<string, (number | null)[]>
  known: Map<JsonSchema, number>
}

export function newTable(versions: readonly string[]): Table {
  return { versions, numbers: new Map(), kinds: new Map(), known: new Map() }
}

/** `kind` as `apps/v1 Deployment`. */
export function addKind(table: Table, { kind, version, type }: Kind): void {
  const row = table.kinds.get(kind) ?? table.versions.map(() => null)
  row[table.versions.indexOf(version)] = type
  table.kinds.set(kind, row)
}

interface Kind {
  kind: string
  version: string
  type: number
}

/** The number of a schema's type; `resolve` follows references. */
export function typeOf(
  table: Table,
  schema: JsonSchema,
  resolve: (schema: JsonSchema) => JsonSchema = itself,
): number {
  const target = resolve(schema)
  const known = table.known.get(target)
  if (known !== undefined) return known
  // What leads back to itself (a schema in a schema) is not looked into.
  table.known.set(target, numberOf(table, 'any'))
  const number = numberOf(
    table,
    textOf(target, inner => typeOf(table, inner, resolve)),
  )
  table.known.set(target, number)
  return number
}

function itself(schema: JsonSchema): JsonSchema {
  return schema
}

function numberOf({ numbers }: Table, text: string): number {
  const known = numbers.get(text) ?? numbers.size
  numbers.set(text, known)
  return known
}

export function textOfTable({ versions, kinds, numbers }: Table, product: string): string {
  const line = (value: unknown) => JSON.stringify(value)
  const rows = [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    '{',
    `"product": ${line(product)},`,
    `"versions": ${line(versions)},`,
    '"kinds": {',
    rows.map(([kind, row]) => `${line(kind)}: ${line(row)}`).join(',\n'),
    '},',
    '"types": [',
    [...numbers.keys()].map(line).join(',\n'),
    ']',
    '}',
    '',
  ].join('\n')
}

function textOf(schema: JsonSchema, number: (schema: JsonSchema) => number): string {
  const { type, properties, additionalProperties, items, format, pattern = '' } = schema
  if (schema['x-kubernetes-embedded-resource'] === true) return 'any'
  if (schema['x-kubernetes-int-or-string'] === true)
    return pattern.includes('KMGTPE') ? 'quantity' : 'int-or-string'
  if (format === 'int-or-string') return 'int-or-string'
  if (schema.enum !== undefined) return `enum ${JSON.stringify(schema.enum)}`
  if (properties !== undefined) return fieldsOf(schema, number)
  if (typeof additionalProperties === 'object') return `{}${number(additionalProperties)}`
  if (type === 'array') {
    return `[]${number(items ?? {})}${bounds(schema.minItems, schema.maxItems)}`
  }
  if (type === 'string') {
    return `string${bounds(schema.minLength, schema.maxLength)}${pattern === '' ? '' : ` ${pattern}`}`
  }
  if (type === 'integer' || type === 'number')
    return `${type}${bounds(schema.minimum, schema.maximum)}`
  return type === 'boolean' ? 'boolean' : 'any'
}

function fieldsOf(schema: JsonSchema, number: (schema: JsonSchema) => number): string {
  const { properties = {}, required = [] } = schema
  // The API server fills in what has a default.
  const isNeeded = (name: string, { default: value }: JsonSchema) =>
    required.includes(name) && value === undefined
  const markOf = (name: string, inner: JsonSchema) => {
    if (isNeeded(name, inner)) return '!'
    return inner.isLeftOutWhenEmpty === true ? '?' : ''
  }
  const fields = Object.entries(properties)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${name}${markOf(name, inner)}:${number(inner)}`)
  const isOpen =
    schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true
  return ['fields', ...fields, ...(isOpen ? ['*'] : [])].join(' ')
}

function bounds(low: number | undefined, high: number | undefined): string {
  return low === undefined && high === undefined ? '' : ` ${low ?? ''}..${high ?? ''}`
}
