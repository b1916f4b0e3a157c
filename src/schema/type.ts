import type { Product } from './product.ts'

/** A type of a table, as it is written there: `string 1..63 ^[a-z]+$`, `[]5`, `fields args:5 name!:0 uris?:7 *`. */
export type Type =
  | { is: 'any' | 'boolean' | 'int-or-string' | 'quantity' }
  | { is: 'integer' | 'number'; low?: number; high?: number }
  | { is: 'string'; low?: number; high?: number; pattern?: RegExp }
  | { is: 'enum'; values: readonly unknown[] }
  | { is: 'list'; of: number; low?: number; high?: number }
  | { is: 'map'; of: number }
  | {
      is: 'fields'
      fields: ReadonlyMap<string, number>
      required: readonly string[]
      /** Those that are gone before the schema is asked where they are empty: what admits the object writes it anew without them. */
      leftOut: ReadonlySet<string>
      isOpen: boolean
    }

/** By number, parsed when first asked for. */
const parsed = new WeakMap<Product, (Type | undefined)[]>()

export function typeAt(product: Product, number: number): Type {
  let types = parsed.get(product)
  if (types === undefined) {
    types = product.types.map(() => undefined)
    parsed.set(product, types)
  }
  return (types[number] ??= parseType(product.types[number] ?? 'any'))
}

function parseType(text: string): Type {
  if (text.startsWith('enum '))
    return { is: 'enum', values: JSON.parse(text.slice(5)) as unknown[] }
  const [head = '', ...rest] = text.split(' ')
  if (head === 'fields') return fieldsOf(rest)
  if (head.startsWith('[]')) return { is: 'list', of: Number(head.slice(2)), ...boundsOf(rest[0]) }
  if (head.startsWith('{}')) return { is: 'map', of: Number(head.slice(2)) }
  if (head === 'string') return stringOf(rest)
  if (head === 'integer' || head === 'number') return { is: head, ...boundsOf(rest[0]) }
  return head === 'boolean' || head === 'int-or-string' || head === 'quantity'
    ? { is: head }
    : { is: 'any' }
}

function fieldsOf(words: readonly string[]): Type {
  const named = words.filter(word => word !== '*').map(word => word.split(':'))
  const plain = (name = '') => name.replace(/[!?]$/, '')
  const marked = (mark: string) =>
    named.flatMap(([name = '']) => (name.endsWith(mark) ? [plain(name)] : []))
  return {
    is: 'fields',
    fields: new Map(named.map(([name, number]) => [plain(name), Number(number)])),
    required: marked('!'),
    leftOut: new Set(marked('?')),
    isOpen: words.includes('*'),
  }
}

/** Bounds have no other characters than digits and dots. */
function stringOf(words: readonly string[]): Type {
  const [first = ''] = words
  const isBounded = /^\d*\.\.\d*$/.test(first)
  const pattern = patternOf((isBounded ? words.slice(1) : words).join(' '))
  return { is: 'string', ...(isBounded && boundsOf(first)), ...(pattern && { pattern }) }
}

/** Undefined where it is none, or one that Go alone reads. */
function patternOf(text: string): RegExp | undefined {
  try {
    return text === '' ? undefined : new RegExp(text)
  } catch {
    return undefined
  }
}

function boundsOf(text: string | undefined): { low?: number; high?: number } {
  const [low = '', high = ''] = text?.split('..') ?? []
  return { ...(low !== '' && { low: Number(low) }), ...(high !== '' && { high: Number(high) }) }
}
