/** Writes the tables of fields into docs/spec.md from the schema: node scripts/spec-docs.ts && oxfmt docs/spec.md. With --check it only compares. */
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { BUILT_IN, jsonSchema, TRIAL_FIELDS, type DocumentKind } from '../src/spec/index.ts'

const FILE = resolve(import.meta.dirname, '../docs/spec.md')
const TABLE = /(<!-- fields of (\w+): written by scripts\/spec-docs\.ts -->\n)[^]*?(<!-- end -->)/g

interface Schema {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  additionalProperties?: Schema | boolean
  minimum?: number
  maximum?: number
  examples?: unknown[]
}

/** docs/spec.md as it is, and as it should be; the formatter pads the tables, which makes no difference. */
export async function compareDocs(): Promise<{
  text: string
  expected: string
  isCurrent: boolean
}> {
  const text = await readFile(FILE, 'utf8')
  const expected = text.replaceAll(TABLE, (_, start: string, kind: string, end: string) => {
    return `${start}\n${tableOf(kind as DocumentKind)}\n\n${end}`
  })
  return { text, expected, isCurrent: unpadded(text) === unpadded(expected) }
}

function unpadded(text: string): string {
  return text.replaceAll(/ +\|/g, ' |').replaceAll(/\| -+/g, '| ---')
}

interface Row {
  path: string
  value: string
  meaning: string
}

/** The fields of a kind of document; apiVersion and kind aside. */
export function fieldsOf(kind: DocumentKind): Row[] {
  const rows = inner(jsonSchema(kind), '').filter(
    ({ path }) => !/^(apiVersion|kind|metadata|spec)$/.test(path),
  )
  return [...Map.groupBy(rows, ({ path }) => path).values()].map(together)
}

/** Alternatives have some fields in common: what the first says of one counts, and the words of all. */
function together(rows: readonly Row[]): Row {
  const [first = { path: '', value: '', meaning: '' }] = rows
  const isOfWords = rows.every(({ value }) => value.startsWith('`'))
  if (!isOfWords) return first
  const words = rows.flatMap(({ value }) => value.split(', '))
  return { ...first, value: [...new Set(words)].join(', ') }
}

function tableOf(kind: DocumentKind): string {
  const hasDefaults = kind === 'Endpoint'
  const rows = fieldsOf(kind).map(({ path, value, meaning }) =>
    hasDefaults
      ? [`\`${path}\``, value, defaultOf(path), meaning]
      : [`\`${path}\``, value, meaning],
  )
  const head = hasDefaults
    ? ['field', 'value', 'default', 'meaning']
    : ['field', 'value', 'meaning']
  const lines = [head, head.map(() => '---'), ...rows].map(
    cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  )
  return lines.join('\n')
}

/** `isOnly`: no alternative to it has fields, so what it requires is required. */
function inner(schema: Schema, path: string, isOnly = true): Row[] {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  const rows = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    rowsOf(field, below(name), isOnly && (schema.required?.includes(name) ?? false)),
  )
  const { items, additionalProperties: values } = schema
  if (items !== undefined) rows.push(...partsOf(items, `${path}[]`))
  if (typeof values === 'object') rows.push(...partsOf(values, below('<name>')))
  return rows
}

/** The row of a field and those of the fields inside; what a layer can say is described once, under Endpoint. */
function rowsOf(schema: Schema, path: string, isRequired: boolean): Row[] {
  const variants = variantsOf(schema)
  const meaning = schema.description ?? variants[0]?.description ?? ''
  if (path !== 'spec' && isLayer(schema)) {
    const row = { path, value: 'fields of an endpoint’s spec', meaning }
    return [row, ...ownRows(schema, path)]
  }
  const value = exampleText(schema) ?? [...new Set(variants.map(valueText))].join(' or ')
  const own = { path, value: isRequired ? `${value}; required` : value, meaning }
  return [own, ...variantRows(variants, path)]
}

/** A canary has fields that a spec does not have, or means something else by them. */
function ownRows(schema: Schema, path: string): Row[] {
  const canary = variantsOf(schema).find(({ properties = {} }) => 'weight' in properties)
  const own = Object.entries(canary?.properties ?? {}).filter(([name]) => TRIAL_FIELDS.has(name))
  return own.flatMap(([name, field]) =>
    rowsOf(field, `${path}.${name}`, canary?.required?.includes(name) ?? false),
  )
}

function variantRows(variants: readonly Schema[], path: string): Row[] {
  const isOnly = variants.length === 1
  return variants.flatMap(variant => inner(variant, path, isOnly))
}

/** Of the entries of lists and maps: a row only for what has no fields of its own. */
function partsOf(schema: Schema, path: string): Row[] {
  if (!isLayer(schema)) return variantRows(variantsOf(schema), path)
  const meaning = 'The same fields as an endpoint’s spec.'
  const { match } = schema.properties ?? {}
  const row = { path, value: 'fields of an endpoint’s spec', meaning }
  return match === undefined ? [row] : [row, ...rowsOf(match, `${path}.match`, false)]
}

function isLayer(schema: Schema): boolean {
  return variantsOf(schema).some(({ properties = {} }) => 'loadTime' in properties)
}

/** Alternatives; null aside, which any field of a layer may be. */
function variantsOf(schema: Schema): Schema[] {
  if (schema.anyOf === undefined || schema.examples !== undefined) return [schema]
  return schema.anyOf.filter(({ type }) => type !== 'null').flatMap(variantsOf)
}

/** Examples stand at the alternatives or at the whole. */
function exampleText({ examples, anyOf = [] }: Schema): string | undefined {
  if (examples !== undefined) return examples.map(example => `\`${String(example)}\``).join(', ')
  const [only, nothing] = anyOf
  return nothing?.type === 'null' && only !== undefined ? exampleText(only) : undefined
}

function valueText(schema: Schema): string {
  const { examples, minimum, maximum } = schema
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum !== undefined) return schema.enum.map(value => `\`${String(value)}\``).join(', ')
  if (examples !== undefined) return examples.map(value => `\`${String(value)}\``).join(', ')
  const type = [schema.type].flat().find(name => name !== 'null')
  if (type === 'integer') {
    const isBounded = maximum !== undefined && maximum < 2 ** 31 - 1
    return `whole number from ${minimum ?? 0}${isBounded ? ` to ${maximum}` : ''}`
  }
  if (type === 'boolean') return '`true`, `false`'
  const names: Record<string, string> = { string: 'text', array: 'list', object: 'map' }
  return type === undefined ? 'anything' : (names[type] ?? type)
}

function defaultOf(path: string): string {
  let value: unknown = { spec: BUILT_IN }
  for (const step of path.split('.')) {
    value = Object(value) === value ? Reflect.get(value as object, step) : undefined
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return ''
  const isSeconds = /(loadTime|initialDelay|period|timeout|gracePeriod|sleep)$/i.test(path)
  return `\`${String(value)}${isSeconds ? 's' : ''}\``
}

if (import.meta.main) {
  const { expected, isCurrent } = await compareDocs()
  if (process.argv.includes('--check')) process.exitCode = isCurrent ? 0 : 1
  else await writeFile(FILE, expected)
}
