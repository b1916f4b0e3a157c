import type { FieldChange } from '../plan/index.ts'
import { cleanLine, cleanText } from './clean.ts'
import { plural } from '../words/index.ts'
import { SYMBOLS } from './text/style.ts'

/** One line of a field's change; `sign` is how a diff marks it. */
export interface ChangeLine {
  sign: '+' | '-' | ' '
  text: string
}

const LONG = 100

/** A change as lines: in one line where both values are short, else what goes and what comes below the path. */
export function fieldLines({ path, before, after }: FieldChange): ChangeLine[] {
  const name = cleanLine(path)
  const [old, fresh] = [inlineValue(before), inlineValue(after)]
  if (old !== undefined && fresh !== undefined && old.length + fresh.length <= LONG) {
    return [{ sign: ' ', text: `${name}: ${old} ${SYMBOLS.arrow} ${fresh}` }]
  }
  if (before === undefined && fresh !== undefined) return [{ sign: '+', text: `${name}: ${fresh}` }]
  if (after === undefined && old !== undefined) return [{ sign: '-', text: `${name}: ${old}` }]
  return [{ sign: ' ', text: `${name}:` }, ...blockLines(before, after)]
}

/** A scalar or a short list as text in one line; undefined for what needs more lines. */
export function inlineValue(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') return value.includes('\n') ? undefined : inlineText(value)
  const text = cleanLine(JSON.stringify(value))
  return typeof value !== 'object' || text.length <= LONG / 2 ? text : undefined
}

/** A text that could be taken for another type, or has an end one cannot see, is quoted. */
function inlineText(text: string): string {
  const isPlain = /^\S(.*\S)?$/.test(text) && !/^(true|false|null|[\d.]+)$/.test(text)
  return cleanLine(isPlain ? text : JSON.stringify(text))
}

function blockLines(before: unknown, after: unknown): ChangeLine[] {
  const [old, fresh] = [valueLines(before), valueLines(after)]
  const { head, tail } = commonEnds(old, fresh)
  const differing = (sign: '-' | '+', lines: readonly string[]) =>
    lines.slice(head, lines.length - tail).map(text => ({ sign, text: `  ${text}` }))
  return [...skipped(head), ...differing('-', old), ...differing('+', fresh), ...skipped(tail)]
}

/** How many lines at the beginning and at the end are equal. */
export function commonEnds(old: readonly string[], fresh: readonly string[]) {
  const most = Math.min(old.length, fresh.length)
  let head = 0
  while (head < most && old[head] === fresh[head]) head += 1
  let tail = 0
  while (tail < most - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1
  return { head, tail }
}

function skipped(count: number): ChangeLine[] {
  if (count === 0) return []
  return [{ sign: ' ', text: `  (${plural(count, 'line')} as before)` }]
}

function valueLines(value: unknown): string[] {
  if (value === undefined) return []
  if (typeof value === 'string') return cleanText(value).replace(/\n$/, '').split('\n')
  return cleanText(JSON.stringify(value, undefined, 2)).split('\n')
}
