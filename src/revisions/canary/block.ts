import type { YamlNode } from '../../spec/index.ts'

/** The whole lines of an entry of a block mapping. */
export interface Lines {
  /** Offset of its first line. */
  start: number
  /** Offset behind its last one. */
  end: number
  indent: string
}

/** Undefined where the key does not begin its line: in a flow mapping, and behind the dash of a list. */
export function linesOf(
  text: string,
  { keyStart, node }: { keyStart: number; node: YamlNode },
): Lines | undefined {
  const start = text.lastIndexOf('\n', keyStart - 1) + 1
  const indent = text.slice(start, keyStart)
  if (indent.trim() !== '') return undefined
  const isList = node.items !== undefined
  let end = lineEnd(text, keyStart)
  for (let next = end; next < text.length; next = lineEnd(text, next)) {
    const line = text.slice(next, lineEnd(text, next))
    if (line.trim() === '') continue
    if (!isInside(line, indent, isList)) break
    end = lineEnd(text, next)
  }
  return { start, end, indent }
}

/** The entries of a list may stand as far left as its key. */
function isInside(line: string, indent: string, isList: boolean): boolean {
  const width = line.length - line.trimStart().length
  return width > indent.length || (isList && width === indent.length && /^ *-\s/.test(line))
}

/** Behind its line break. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

/** As lines of their own, indented. */
export function indented(block: string, indent: string): string {
  return block
    .trimEnd()
    .split('\n')
    .map(line => (line === '' ? '\n' : `${indent}${line}\n`))
    .join('')
}

export function spliced(text: string, { start, end }: Omit<Lines, 'indent'>, put: string): string {
  const before = text.slice(0, start)
  const glue = before === '' || before.endsWith('\n') || put === '' ? '' : '\n'
  return `${before}${glue}${put}${text.slice(end)}`
}
