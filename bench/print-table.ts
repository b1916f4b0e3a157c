import { tableText } from './results/table.ts'

const MIB = 2 ** 20

export function mebibytes(bytes: number): string {
  return (bytes / MIB).toFixed(0)
}

/** As docs/performance.md shows it; the first column is text. */
export function printTable(head: string[], rows: string[][]): void {
  console.log(tableText({ head, rows, texts: 1 }))
}
