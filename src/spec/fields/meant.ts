import { isMap } from '../../object/index.ts'
import type { YamlNode } from '../yaml/node.ts'
import { closest } from '../../problem/index.ts'
import { isAddress } from '../schema/values.ts'
import { suggestion } from './suggest.ts'
import { orList } from './words.ts'

/** What a wrong value was probably meant to be, as a remedy. `options` are the values or fields that would fit. */
export function meantValue(
  value: unknown,
  { expected, options }: { expected: string; options: readonly string[] },
  node: YamlNode | undefined,
): string | undefined {
  if (typeof value === 'string') return meantByText(value, expected, options)
  if (expected === 'a map' && !isMap(value) && !Array.isArray(value) && value !== null)
    return value === false ? NONE : fieldsThere(options)
  if (typeof value === 'number' && expected.startsWith('a duration'))
    return `Give the unit: ${value}s, ${value}m or ${value}h.`
  if (typeof value === 'number' || typeof value === 'boolean') {
    const isText = /^(text|a name|a label value|a version)/.test(expected)
    return isText ? `Put it in quotes: "${node?.text ?? String(value)}".` : undefined
  }
  if (value === null) return expected === 'a map' ? 'Write {} for an empty map.' : undefined
  if (Array.isArray(value)) return expected === 'a map' ? ONE_MAP : undefined
  if (!isMap(value)) return undefined
  return expected === 'a list' ? A_LIST : meantByMap(value, options)
}

const ONE_MAP = 'Write it without brackets or dashes: it is one map, not a list.'
const A_LIST = 'Write each entry on a line of its own that begins with "- ".'

function meantByText(
  value: string,
  expected: string,
  options: readonly string[],
): string | undefined {
  if (expected === 'true or false') return meantByYesOrNo(value)
  if (expected === 'a map') return fieldsThere(options)
  if (expected === 'a list') return `Write it as a list: [${JSON.stringify(value)}].`
  if (expected.startsWith('a duration')) return meantByDuration(value)
  if (expected.startsWith('a quantity')) return meantByQuantity(value)
  if (expected.startsWith('a host name')) return meantByHost(value)
  if (expected.startsWith('a path such as /v1') && /[*[\](){}|^$\\]/.test(value)) return NO_PATTERN
  if (/^-?\d+$/.test(value) && /number|port|percentage/.test(expected))
    return 'Write the number without quotes.'
  const near = closest(value, options)
  return near === undefined ? undefined : `Did you mean "${near}"?`
}

function meantByYesOrNo(value: string): string | undefined {
  if (/^(yes|on|y)$/i.test(value)) return `YAML 1.2 reads ${value} as text: write true.`
  return /^(no|off|n)$/i.test(value) ? `YAML 1.2 reads ${value} as text: write false.` : undefined
}

const NO_PATTERN =
  'It is taken as it is, and everything below it is meant: leave the pattern out. Other matches of an HTTPRoute are written by patches.'

const NONE = 'Leave it out for none; null takes back what a weaker layer says.'

function fieldsThere(options: readonly string[]): string | undefined {
  return suggestion('', options, 'Its fields')
}

/** `10 min`, `2 Hours`, `7d`; nothing is shorter than a second. */
function meantByDuration(value: string): string | undefined {
  if (/^\d+ ?ms$/i.test(value)) return 'Give whole seconds, such as 1s.'
  const [, number = '', unit] = /^(\d{1,5}) ?(d|h|m|s)(?:[a-z]*)$/i.exec(value) ?? []
  if (unit === undefined) return /^\d{6,}h/.test(value) ? 'It has at most 99999h.' : undefined
  const meant = /d/i.test(unit) ? `${Number(number) * 24}h` : `${number}${unit.toLowerCase()}`
  return `Did you mean "${meant}"?`
}

/** `https://chat.example.com:443/v1`. */
function meantByHost(value: string): string | undefined {
  const [, host] =
    /^(?:https?:\/\/)?((?:\*\.)?[a-z0-9][a-z0-9.-]*)(?::\d+)?(?:\/.*)?$/i.exec(value) ?? []
  if (host === undefined || host === value || isAddress(host)) return undefined
  return `Did you mean "${host.toLowerCase()}"?`
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
