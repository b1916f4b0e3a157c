export interface Table {
  head: readonly string[]
  rows: readonly (readonly string[])[]
  /** So many columns of text; the others are numbers. */
  texts: number
}

/** As Markdown, padded as the formatter does it, so that people can read it as it is. */
export function tableText({ head, rows, texts }: Table): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map(cells => cells[column]?.length ?? 0)),
  )
  const padded = (cells: readonly string[]) =>
    widths.map((width, column) => pad(cells[column] ?? '', width, column < texts))
  const rule = widths.map((width, column) =>
    column < texts ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(padded(head)), line(rule), ...rows.map(cells => line(padded(cells))), ''].join('\n')
}

function pad(cell: string, width: number, isText: boolean): string {
  return isText ? cell.padEnd(width) : cell.padStart(width)
}
