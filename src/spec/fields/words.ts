import { isMap } from '../../object/index.ts'
import type { Path } from '../yaml/node.ts'

/** `spec.smoke[0].get`, `metadata.labels["example.com/team"]`. */
export function pathText(path: Path): string {
  return path.map((step, index) => stepText(step, index === 0)).join('')
}

function stepText(step: string | number, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`
  if (!/^[\w-]+$/.test(step)) return `[${JSON.stringify(step)}]`
  return isFirst ? step : `.${step}`
}

/** `a`, `a or b`, `a, b or c`. */
export function orList(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

const MAX_SHOWN = 60

/** A value as messages quote it: `"eight"`, `the number 8`, `a list`, `{slep: "15s"}`. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'string') return shorten(JSON.stringify(value))
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'boolean') return String(value)
  const inline = inlineText(value)
  if (inline.length <= MAX_SHOWN) return inline
  return Array.isArray(value) ? 'a list' : 'a map'
}

function inlineText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineText).join(', ')}]`
  if (!isMap(value)) return JSON.stringify(value) ?? 'nothing'
  const fields = Object.entries(value).map(([key, field]) => `${key}: ${inlineText(field)}`)
  return `{${fields.join(', ')}}`
}

function shorten(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 2)}…"`
}
