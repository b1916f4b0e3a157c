import { Optional } from '@marcbachmann/cel-js'
import { chargeText } from '../budget.ts'
import type { Functions } from './functions.ts'
import { isUrl } from './url.ts'

/** A named format of Kubernetes (format.dns1123Label() and so on). */
export class Format {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
  valueOf(): string {
    return this.name
  }
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const DAY = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`

/** Of apimachinery's validation; a prefix may end in a dash. */
const FORMATS: Record<string, (text: string) => boolean> = {
  dns1123Label: text => has(text, 63, LABEL),
  dns1123Subdomain: text => has(text, 253, String.raw`${LABEL}(\.${LABEL})*`),
  dns1035Label: text => has(text, 63, LABEL_1035),
  qualifiedName: text => isQualified(text),
  dns1123LabelPrefix: text => has(asPrefix(text), 63, LABEL),
  dns1123SubdomainPrefix: text => has(asPrefix(text), 253, String.raw`${LABEL}(\.${LABEL})*`),
  dns1035LabelPrefix: text => has(asPrefix(text), 63, LABEL_1035),
  labelValue: text => has(text, 63, `(${NAME})?`),
  uri: isUrl,
  uuid: text => has(text, 45, '[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}'),
  byte: text => text !== '' && Buffer.from(text, 'base64').toString('base64') === text,
  date: text => has(text, 10, DAY) && isDay(text),
  datetime: text =>
    has(text, 64, String.raw`${DAY}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})`),
}

export const formatFunctions: Functions = {
  'OptionalNamespace.ofNonZeroValue(dyn): optional<dyn>': (_: unknown, value: unknown) =>
    isZero(value) ? Optional.none() : Optional.of(value),
  ...Object.fromEntries(
    Object.keys(FORMATS).map(name => [`Formats.${name}(): Format`, () => new Format(name)]),
  ),
  'Formats.named(string): optional<Format>': (_: unknown, name: string) =>
    Object.hasOwn(FORMATS, name) ? Optional.of(new Format(name)) : Optional.none(),
  'Format.validate(string): optional<list<string>>': ({ name }: Format, text: string) => {
    chargeText(text)
    return FORMATS[name]?.(text) === true
      ? Optional.none()
      : Optional.of([`"${text}" is not of the format ${name}`])
  },
}

/** 2023-02-29 is none. */
function isDay(text: string): boolean {
  const date = new Date(text)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** Of its type: an empty text, list or map, 0, false, null. */
function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (value instanceof Map) return value.size === 0
  return value === '' || value === 0 || value === 0n || value === false || value === null
}

function has(text: string, length: number, pattern: string): boolean {
  return text.length <= length && new RegExp(`^(?:${pattern})$`).test(text)
}

function asPrefix(text: string): string {
  return text.length > 1 && text.endsWith('-') ? `${text.slice(0, -1)}a` : text
}

function isQualified(text: string): boolean {
  const [name = '', prefix, more] = text.split('/').toReversed()
  if (more !== undefined || !has(name, 63, NAME)) return false
  return prefix === undefined || FORMATS['dns1123Subdomain']?.(prefix) === true
}
