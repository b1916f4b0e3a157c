import { formatTable, isWithin } from './table.ts'

/** A row of a table for a narrow screen, and the words that have a line of their own below it. */
export interface NarrowRow {
  /** What matters most first: what is last goes first where it does not fit. */
  cells: readonly string[]
  words: string
}

interface Screen {
  columns: number
  /** As many columns stay in any case: lines then break at words. */
  least: number
}

/** As many columns as there is room for. */
export function narrowTable(
  titles: readonly string[],
  rows: readonly NarrowRow[],
  { columns, least }: Screen,
): string[] {
  const cells = [titles, ...rows.map(row => row.cells)]
  const counts = titles.map((_, index) => titles.length - index).filter(count => count >= least)
  const tables = counts.map(count => formatTable(cells.map(each => each.slice(0, count))))
  const fitting = tables.find(lines => isWithin(lines, columns))
  const [head = '', ...lines] = fitting ?? tables.at(-1) ?? []
  const below = (words: string) => (words === '' ? [] : [`   ${words}`])
  return [head, ...lines.flatMap((line, index) => [line, ...below(rows[index]?.words ?? '')])]
}
