import { textWidth } from './table.ts'

/** A line broken at words so that none is wider than the screen; what goes on is indented by two more. As it is where the width is not known. */
export function wrapLine(line: string, columns: number | undefined): string[] {
  if (columns === undefined || textWidth(line) <= columns) return [line]
  const lead = /^[ |]*/.exec(line)?.[0] ?? ''
  const lines = [lead]
  for (const word of line.slice(lead.length).split(' ')) {
    const last = lines.at(-1) ?? ''
    const isFirst = last.trim() === '' || last === lead
    const longer = isFirst ? `${last}${word}` : `${last} ${word}`
    if (isFirst || textWidth(longer) <= columns) lines[lines.length - 1] = longer
    else lines.push(`${lead}  ${word}`)
  }
  return lines
}

/** The same of each line of a text. */
export function wrapText(text: string, columns: number | undefined): string {
  return wrapLines(text.split('\n'), columns)
}

export function wrapLines(lines: readonly string[], columns: number | undefined): string {
  return lines.flatMap(line => wrapLine(line, columns)).join('\n')
}
