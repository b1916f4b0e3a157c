import { cleanText, disarm, escapeUnseen, OLD_COMMAND } from '../foreign/index.ts'

/**
 * Plain JSON as YAML that every parser reads alike: YAML 1.1 (kubectl) and 1.2 disagree on words such as
 * `yes` or `0o7`, so a string stays without quotes only where no parser could take it for anything else.
 */
export function toYamlText(value: unknown): string {
  if (!isNested(value)) return `${scalar(value, '')}\n`
  const lines: string[] = []
  block(value, '', lines)
  return `${lines.join('\n')}\n`
}

function block(value: object, indent: string, lines: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value) listItem(item, indent, lines)
    return
  }
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) entry(`${indent}${scalar(key, '')}:`, member, { indent, lines })
  }
}

interface Position {
  indent: string
  lines: string[]
}

function entry(head: string, value: unknown, { indent, lines }: Position): void {
  if (!isNested(value)) {
    lines.push(`${head} ${scalar(value, `${indent}  `)}`)
    return
  }
  lines.push(head)
  block(value, `${indent}  `, lines)
}

/** The first member of an object stands beside the dash. */
function listItem(item: unknown, indent: string, lines: string[]): void {
  if (!isNested(item)) {
    lines.push(`${indent}- ${scalar(item, `${indent}  `)}`)
    return
  }
  const inner: string[] = []
  block(item, `${indent}  `, inner)
  const [first = '', ...others] = inner
  lines.push(`${indent}- ${first.slice(indent.length + 2)}`, ...others)
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function scalar(value: unknown, indent: string): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null)
  if (QUANTITY.test(value) || (PLAIN.test(value) && !NOT_TEXT.test(value))) return value
  if (indent !== '' && fitsLiteral(value)) return literal(value, indent)
  return quoted(value)
}

/** Words, options, paths, versions with a letter, images, host names; no `: ` and no ` #`. */
const PLAIN = /^(?:[A-Za-z_/]|--?[A-Za-z])[\w./@%+=,()-]*(?:[ :]+[\w./@%+=,()-]+)*$/
const QUANTITY = /^\d+(?:m|[KMGT]i|%)$/
/** What some parser takes for a boolean, null, infinity or a number; and mappings. */
const NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|[\d_.e+-]+|0[box].*)$|: |:$/i

/** What cannot be seen, and what a CI runner would take for a command in its log, is escaped: nothing is lost, wherever it is printed. */
function quoted(value: string): string {
  return escapeUnseen(JSON.stringify(value).replaceAll(OLD_COMMAND, escape), escape)
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  return code > 0xff_ff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
}

/** Several printable lines, none a command to a CI runner, none of blanks alone, the first not indented, at most one line break at the end. */
function fitsLiteral(text: string): boolean {
  const lines = text.split('\n')
  const last = lines.at(-1) === '' ? lines.at(-2) : lines.at(-1)
  return (
    lines.length > 1 &&
    /^\S/.test(text) &&
    last !== '' &&
    disarm(cleanText(text)) === text &&
    lines.every(line => !/^\s+$|[\p{C}\u2028\u2029]/u.test(line))
  )
}

function literal(text: string, indent: string): string {
  const kept = text.endsWith('\n') ? '|' : '|-'
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  return [kept, ...lines.map(line => (line === '' ? '' : `${indent}${line}`))].join('\n')
}
