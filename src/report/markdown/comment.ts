import { plural } from '../../words/index.ts'

/**
 * The longest body of a comment, an issue or a pull request that GitHub takes: 65,536 code points, or 256 KiB, whichever it
 * counts. JavaScript's lengths count no fewer than either, so a text within is within both.
 */
export const MAX_COMMENT_LENGTH = 65_536

/** At most so many characters, the last one an ellipsis where something is left out; never half a character. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}

/** As many of the lines as there is room for, from the first on; how many are missing, in words. */
export function linesWithin(
  lines: readonly string[],
  room: number,
  note: (missing: number) => string,
): string[] {
  let left = room
  const kept = lines.filter(line => {
    const fits = line.length < left
    if (fits) left -= line.length + 1
    return fits
  })
  const missing = lines.length - kept.length
  return missing === 0 ? kept : [...kept, note(missing)]
}

/** What is said of one endpoint, or of several to which the same happens. */
export interface Part {
  /** Words and every field. */
  full: string
  /** Words and the beginning of long fields. */
  short: string
  /** Of the endpoints that it is about, escaped. */
  names: string[]
  /** What stands before and behind the names in a headline: alike endpoints share one. */
  headline: [before: string, after: string]
  /** These keep their details the longest. */
  isGrave: boolean
}

/**
 * Everything where it fits. Else every endpoint is at least counted, most by name and words, and as many as possible have
 * their details, those with a gap in service first.
 */
export function fit(parts: readonly Part[], available: number): string {
  const whole = parts.map(({ full }) => full)
  if (lengthOf(whole) <= available) return whole.join('')
  const room = available - NOTE_LENGTH
  const all = headlines(parts, room)
  const detailed = detailedWithin(parts, room - lengthOf(all))
  const rest = parts.filter(part => !detailed.has(part))
  const texts = parts.flatMap(part => detailed.get(part) ?? [])
  const shortened = parts.filter(part => detailed.get(part) === part.short && !isFull(part))
  const note = leftOut(endpointsOf(rest), endpointsOf(shortened))
  return [...texts, '\n', ...headlines(rest, room), note].join('')
}

const isFull = ({ full, short }: Part) => full === short

function endpointsOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { names }) => sum + names.length, 0)
}

/** Room for the note, the count of endpoints not named, and the line before the headlines. */
const NOTE_LENGTH = 400

/** In order of gravity, each as long as there is room for it. */
function detailedWithin(parts: readonly Part[], available: number): Map<Part, string> {
  let room = available
  const chosen = new Map<Part, string>()
  for (const part of bySeverity(parts)) {
    const text = [part.full, part.short].find(({ length }) => length <= room)
    if (text === undefined) continue
    chosen.set(part, text)
    room -= text.length
  }
  return chosen
}

/** A line for all endpoints to which the same happens. */
function headlines(parts: readonly Part[], room: number): string[] {
  const alike = Map.groupBy(bySeverity(parts), ({ headline }) => headline.join('\0'))
  const lines = [...alike.values()].map(headlineOf)
  const missing = (count: number) => `- and ${plural(count, 'more line')} like these`
  return linesWithin(lines, room, missing).map(line => `${line}\n`)
}

const MOST_NAMES = 100

function headlineOf(parts: readonly Part[]): string {
  const [[before, after] = ['', '']] = parts.map(({ headline }) => headline)
  const names = parts.flatMap(part => part.names.map(name => `<b>${name}</b>`))
  return `- ${before} ${namesOf(names)}: ${after}`
}

/** The first of them, and how many more there are. */
export function namesOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function bySeverity(parts: readonly Part[]): Part[] {
  return parts.toSorted((a, b) => Number(b.isGrave) - Number(a.isGrave))
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0)
}

function leftOut(bare: number, shortened: number): string {
  const what = [
    ...(bare === 0 ? [] : [`the details of ${plural(bare, 'endpoint')} are left out`]),
    ...(shortened === 0 ? [] : [`those of ${plural(shortened, 'endpoint')} are shortened`]),
  ]
  return `\n> Too long for one comment: ${what.join(', ')}. ${WHERE_ALL_IS}\n`
}

/** The workflows keep it. */
export const WHERE_ALL_IS =
  '`slipway diff -o html` shows everything; a run keeps it among its artifacts.'
