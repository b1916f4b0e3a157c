import { stripVTControlCharacters } from 'node:util'

/**
 * Text from outside (a cluster, a file, a container's log) made safe for terminals and logs:
 * no escape sequences, no control characters, no bidirectional overrides (https://trojansource.codes).
 * Line feeds and tabs stay.
 */
export function cleanText(text: string): string {
  if (PRINTABLE.test(text)) return text
  return stripVTControlCharacters(text).replaceAll('\r\n', '\n').replaceAll(FORBIDDEN, '')
}

/** Nearly all there is. */
const PRINTABLE = /^[\t\n\u0020-\u007E]*$/

// oxlint-disable-next-line no-control-regex -- finding control characters is its purpose
const FORBIDDEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** As cleanText, in one line. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('\t', ' ')
    .trim()
}

/**
 * Lines below a first line, each behind a bar, so that no line of foreign text
 * can begin with `::`, which a CI runner would take for a command.
 */
export function quoteLines(text: string, prefix: string): string[] {
  return cleanText(text)
    .trimEnd()
    .split('\n')
    .map(line => `${prefix}| ${line}`.trimEnd())
}
