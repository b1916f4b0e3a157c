import headless from '@xterm/headless'

/** What a person sees: a terminal emulator (xterm, as in VS Code) of a given size, and the rows on its screen. */

export interface Size {
  columns: number
  rows: number
}

/** The usual window, a large one, a whole screen. */
export const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 50 },
]

export interface Screen {
  /** Rows that are seen now, without what is blank at their end. */
  visible: string[]
  /** All rows, with those that have scrolled away. */
  all: string[]
  /** Rows that the terminal itself had to break: nobody chose where. */
  broken: string[]
  /** The palette colour of the first letter of a text, if it is there and has one. */
  colourOf: (text: string) => number | undefined
}

/** What is written, and how the window changes in between. */
export type Played = string | Size

export async function screenOf(
  output: string | readonly Played[],
  { columns, rows }: Size,
): Promise<Screen> {
  const terminal = new headless.Terminal({
    cols: columns,
    rows,
    scrollback: 10_000,
    convertEol: true,
    allowProposedApi: true,
  })
  for (const part of [output].flat()) {
    // oxlint-disable-next-line no-await-in-loop
    if (typeof part === 'string') await new Promise<void>(done => terminal.write(part, done))
    else terminal.resize(part.columns, part.rows)
  }
  const buffer = terminal.buffer.active
  const lines = Array.from({ length: buffer.length }, (_, index) => buffer.getLine(index))
  const all = lines.map(line => line?.translateToString(true).trimEnd() ?? '')
  return {
    all: all.slice(0, all.findLastIndex(text => text !== '') + 1),
    visible: all.slice(buffer.baseY, buffer.baseY + terminal.rows),
    broken: all.filter((_, index) => lines[index]?.isWrapped === true),
    colourOf: text => {
      const row = all.findIndex(line => line.includes(text))
      const cell = lines[row]?.getCell(all[row]?.indexOf(text) ?? 0)
      return cell === undefined || !cell.isFgPalette() ? undefined : cell.getFgColor()
    },
  }
}
