import { stripVTControlCharacters } from 'node:util'

/**
 * Text from outside (a cluster, a file, a container's log) with nothing in it that steers a terminal or cannot be seen:
 * no escape sequences, no control characters, nothing that changes the direction of text (https://trojansource.codes), and
 * nothing that Unicode calls ignorable (zero-width, soft hyphens, tags), which hides text from people and not from machines.
 * Joiners stay in emoji and in scripts that are written with them. Every line break becomes a line feed; tabs stay.
 */
export function cleanText(text: string): string {
  if (isPlain(text)) return text
  return stripVTControlCharacters(text)
    .replaceAll(LINE_BREAK, '\n')
    .replaceAll(UNSEEN, (character, at: number) => (joins(character, text, at) ? character : ''))
}

/** As cleanText, in one line. */
export function cleanLine(text: string): string {
  const clean = cleanText(text)
  if (!clean.includes('\n')) return clean.replaceAll('\t', ' ').trim()
  const lines = clean.split('\n').map(line => line.trim().replaceAll('\t', ' '))
  return lines.filter(line => line !== '').join(' ')
}

/** Printable ASCII with line feeds and tabs, which is nearly all there is. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text)
}

const PLAIN = /^[\t\n\u0020-\u007E]*$/

const LINE_BREAK = /\r\n?|[\u2028\u2029]/g

/** Surrogates without a partner, and annotations between lines, are as invisible as the rest. */
const UNSEEN =
  /[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]--[\t\n]]/gv

/** Every character that is not seen, joiners included: what machine-readable forms escape. */
export function escapeUnseen(text: string, escape: (character: string) => string): string {
  return isPlain(text) ? text : text.replaceAll(UNSEEN, escape)
}

/** Whether a joiner or variation selector does its work where it stands: between parts of an emoji, or in a script that needs it. */
function joins(character: string, text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at)
  const after = text.slice(at + 1, at + 3)
  if (character === ZWNJ || character === ZWJ) {
    if (JOINING_BEFORE.test(before) && JOINING_AFTER.test(after)) return true
    return character === ZWJ && EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)
  }
  if (character !== TEXT_STYLE && character !== EMOJI_STYLE) return false
  return PICTOGRAPH_BEFORE.test(before) || (/[0-9#*]$/.test(before) && after.startsWith(KEYCAP))
}

const [ZWNJ, ZWJ, TEXT_STYLE, EMOJI_STYLE, KEYCAP] = [
  '\u200C',
  '\u200D',
  '\uFE0E',
  '\uFE0F',
  '\u20E3',
]

const PICTOGRAPH_BEFORE = /\p{Extended_Pictographic}$/v
const EMOJI_BEFORE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]$/v
const EMOJI_AFTER = /^\p{Extended_Pictographic}/v

/** Letters of scripts that are written without joiners could only hide one. */
const JOINING =
  '[[\\p{L}\\p{M}]--[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Script=Han}\\p{Script=Hangul}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Common}]--\\p{Default_Ignorable_Code_Point}]'
const JOINING_BEFORE = new RegExp(`${JOINING}$`, 'v')
const JOINING_AFTER = new RegExp(`^${JOINING}`, 'v')
