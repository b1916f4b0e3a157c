import { plural } from './words.ts'

/** GitHub refuses longer comments. */
export const MAX_COMMENT_LENGTH = 65_536

/** What is said of one endpoint: with details, or as one line. */
export interface Part {
  full: string
  bare: string
}

/** As many endpoints with details as fit, then the headlines of the others, then a count of those that have not even that. */
export function fit(parts: readonly Part[], available: number): string {
  const total = lengthOf(parts.map(part => part.full))
  if (total <= available) return parts.map(part => part.full).join('')
  let room = available - NOTE_LENGTH
  const headlines = takeWhileFits(parts, room, part => part.bare.length)
  room -= lengthOf(headlines.map(part => part.bare))
  const detailed = takeWhileFits(headlines, room, part => part.full.length - part.bare.length)
  const texts = [
    ...detailed.map(part => part.full),
    '\n',
    ...headlines.slice(detailed.length).map(part => part.bare),
  ]
  return (
    texts.join('') + truncationNote(parts.length - detailed.length, parts.length - headlines.length)
  )
}

/** Room for the truncation note and the line before the headlines. */
const NOTE_LENGTH = 250

function takeWhileFits<T>(items: readonly T[], room: number, sizeOf: (item: T) => number): T[] {
  let used = 0
  const first = items.findIndex(item => (used += sizeOf(item)) > room)
  return first < 0 ? [...items] : items.slice(0, first)
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0)
}

function truncationNote(bare: number, missing: number): string {
  const unlisted = missing === 0 ? '' : ` ${plural(missing, 'endpoint')} are not listed at all.`
  return `\n> Too long for one comment: the details of ${plural(bare, 'endpoint')} are left out.${unlisted} The log of the run has everything.\n`
}

/** Problems alone may be too many. */
export function shorten(text: string): string {
  if (text.length <= MAX_COMMENT_LENGTH) return text
  const note = '\n\n> Cut off: too long for one comment.\n'
  return text.slice(0, MAX_COMMENT_LENGTH - note.length) + note
}
