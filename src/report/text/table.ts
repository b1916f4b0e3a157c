/** Columns as wide as their content, two spaces apart, no wrapping; the last column is not padded. */
export function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths = columnWidths(rows)
  return rows.map(row =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : pad(cell, widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

/** Whether no line is wider than the screen. */
export function isWithin(lines: readonly string[], columns: number): boolean {
  return lines.every(line => textWidth(line) <= columns)
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, textWidth(cell))
    }
  }
  return widths
}

/** Padding that does not count colours. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

/** Columns that a text takes, without its colours: wide letters take two, marks on letters none. */
export function textWidth(text: string): number {
  const shown = text.includes('\u001B') ? text.replaceAll(COLOUR, '') : text
  return ONE_COLUMN_EACH.test(shown)
    ? shown.length
    : Array.from(shown, columnsOf).reduce((sum, width) => sum + width, 0)
}

/** What nearly every text is. */
const ONE_COLUMN_EACH = /^[\u0020-\u02FF\u2010-\u2192]*$/

function columnsOf(letter: string): number {
  if (MARK.test(letter)) return 0
  return WIDE.test(letter) ? 2 : 1
}

const MARK = /^[\p{Mn}\p{Me}\p{Cf}]$/u

/** The scripts and forms that Unicode's East Asian Width calls wide (UAX #11), and emoji. */
const WIDE =
  /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Yi}\p{sc=Bopomofo}\p{Emoji_Presentation}\u3000-\u303E\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]$/u

/** The beginning of a text, where it is wider than there is room for. */
export function cut(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  let width = 0
  const letters = Array.from(text)
  const end = letters.findIndex(letter => (width += columnsOf(letter)) >= columns)
  return `${letters.slice(0, end).join('')}…`
}

// oxlint-disable-next-line no-control-regex -- the escape sequences that styleText writes
const COLOUR = /\u001B\[\d+m/g
