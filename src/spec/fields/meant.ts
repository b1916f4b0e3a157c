import { isMap } from '../../object/index.ts'
import type { YamlNode } from '../yaml/node.ts'
import { closest } from '../../problem/index.ts'
import { orList } from './words.ts'

/** What a wrong value was probably meant to be, as a remedy. `options` are the values or fields that would fit. */
export function meantValue(
  value: unknown,
  { expected, options }: { expected: string; options: readonly string[] },
  node: YamlNode | undefined,
): string | undefined {
  if (typeof value === 'string') return meantByText(value, expected, options)
  if (typeof value === 'number' && expected.startsWith('a duration')) {
    return `Give the unit: ${value}s, ${value}m or ${value}h.`
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    const isText = /^(text|a name|a label value|a version)/.test(expected)
    return isText ? `Put it in quotes: "${node?.text ?? String(value)}".` : undefined
  }
  if (value === null) return expected === 'a map' ? 'Write {} for an empty map.' : undefined
  return isMap(value) ? meantByMap(value, options) : undefined
}

function meantByText(
  value: string,
  expected: string,
  options: readonly string[],
): string | undefined {
  if (expected === 'true or false') return meantByYesOrNo(value)
  if (expected === 'a list') return `Write it as a list: [${JSON.stringify(value)}].`
  if (expected.startsWith('a duration')) return meantByDuration(value)
  if (expected.startsWith('a quantity')) return meantByQuantity(value)
  if (/^-?\d+$/.test(value) && /number|port|percentage/.test(expected)) {
    return 'Write the number without quotes.'
  }
  const near = closest(value, options)
  return near === undefined ? undefined : `Did you mean "${near}"?`
}

function meantByYesOrNo(value: string): string | undefined {
  if (/^(yes|on|y)$/i.test(value)) return `YAML 1.2 reads ${value} as text: write true.`
  return /^(no|off|n)$/i.test(value) ? `YAML 1.2 reads ${value} as text: write false.` : undefined
}

/** `10 min`, `2 Hours`. */
function meantByDuration(value: string): string | undefined {
  const [, number, unit] = /^(\d+) ?(h|m|s)(?:[a-z]*)$/i.exec(value) ?? []
  return unit === undefined ? undefined : `Did you mean "${number}${unit.toLowerCase()}"?`
}

/** `8GB`, `8 gi`. */
function meantByQuantity(value: string): string | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([KMGT])(?:i?B?)$/i.exec(value) ?? []
  return unit === undefined ? undefined : `Did you mean "${number}${unit.toUpperCase()}i"?`
}

function meantByMap(value: object, options: readonly string[]): string | undefined {
  const near = Object.keys(value).flatMap(key => {
    const option = options.includes(key) ? undefined : closest(key, options)
    return option === undefined ? [] : [`"${option}"`]
  })
  return near.length === 0 ? undefined : `Did you mean ${orList(near)}?`
}
