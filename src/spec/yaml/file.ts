import type { Place, Problem } from '../../problem/index.ts'
import { decode } from './decode.ts'
import type { Finding, YamlNode } from './node.ts'
import { parseYaml } from './parse.ts'

/** A YAML file of a project, read. */
export interface YamlFile {
  path: string
  documents: YamlNode[]
  /** The position of an offset in its text. */
  placeAt: (offset: number) => Place
  /** The position of an offset in a scalar's value; of the scalar where the value is not written as it is. */
  placeIn: (node: YamlNode, offset: number) => Place
}

/** Reads one file; with problems, `documents` may be incomplete and is not to be judged. */
export async function readYaml(
  path: string,
  bytes: Uint8Array,
): Promise<{ file: YamlFile; problems: Problem[] }> {
  const decoded = decode(bytes)
  const placeAt = placesIn(path, decoded.text)
  const parsed =
    decoded.findings.length > 0
      ? { documents: [], findings: decoded.findings }
      : await parseYaml(decoded.text)
  return {
    file: {
      path,
      documents: parsed.documents,
      placeAt,
      placeIn: (node, offset) => placeAt(offsetIn(decoded.text, node, offset)),
    },
    problems: parsed.findings.map(finding => problemOf(finding, placeAt)),
  }
}

/** Lines of a block scalar are indented, and a quoted one begins with its quote. */
function offsetIn(text: string, { start, value }: YamlNode, offset: number): number {
  if (typeof value !== 'string') return start
  const fallback = start + (/^[^\S\n]{0,200}/.exec(text.slice(start, start + 200))?.[0].length ?? 0)
  const before = value.trimEnd().slice(0, offset).split('\n')
  let at = start
  for (const [index, line] of value.split('\n').slice(0, before.length).entries()) {
    const found = text.indexOf(line, at)
    const between = text.slice(at, found)
    const isNext = index === 0 ? /^[\s|>+\-\d'"]*$/ : /^[^\S\n]*$/
    if (found < 0 || !isNext.test(between)) return fallback
    at = index === before.length - 1 ? found : text.indexOf('\n', found) + 1
  }
  return at + (before.at(-1)?.length ?? 0)
}

function problemOf(finding: Finding, placeAt: YamlFile['placeAt']): Problem {
  const { offset, ...rest } = finding
  return { severity: 'error', ...rest, place: placeAt(offset) }
}

/** Line starts are looked for when the first position is asked for: most files have nothing wrong. */
function placesIn(file: string, text: string): (offset: number) => Place {
  let starts: number[] | undefined
  return offset => {
    starts ??= lineStarts(text)
    const line = lineOf(starts, offset)
    return { file, line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length)
  return starts
}

/** Bisection: the last line that starts at or before the offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
