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

/** Columns that a text takes, without its colours. */
export function textWidth(text: string): number {
  return Array.from(stripColours(text)).length
}

function stripColours(text: string): string {
  return text.includes('\u001B') ? text.replaceAll(COLOUR, '') : text
}

// oxlint-disable-next-line no-control-regex -- the escape sequences that styleText writes
const COLOUR = /\u001B\[\d+m/g
