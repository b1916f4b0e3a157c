import type { Environment } from '../../spec/index.ts'
import type { Rendering } from '../rendered.ts'

/** Patterns of an allowance, for one object. */
export interface Allowed {
  patterns: readonly string[]
  /** What `*` stops at: "." in hosts, "/" in images. */
  separator?: string
  /** What a pattern allows below itself: "/" where a registry allows its repositories. */
  below?: string
}

type Piece = { text: string } | { any: 'part' | 'all' }

/** Whether a pattern takes the whole value. In time that grows with the product of their lengths, whatever they are. */
export function isAllowed(
  value: string,
  { patterns, separator, below }: Allowed,
  fill: Fill,
): boolean {
  return patterns.some(pattern => {
    const pieces = piecesOf(pattern, fill)
    return pieces !== undefined && ends(value, pieces, separator).some(end => isEnd(end))
  })
  function isEnd(end: number) {
    return end === value.length || (below !== undefined && value.startsWith(below, end))
  }
}

/** The value of a placeholder; undefined when there is none, and the pattern then allows nothing. */
export type Fill = (placeholder: string) => string | undefined

/** `{name}` of the endpoint, `{namespace}` of the environment, `{labels.team}` of the object. */
export function fillFor({ object, endpoint }: Rendering, environment: Environment): Fill {
  return placeholder => {
    if (placeholder === 'name') return endpoint.name
    if (placeholder === 'namespace') return environment.namespace
    const [, label] = /^labels\.(.+)$/.exec(placeholder) ?? []
    const value = label === undefined ? undefined : object.metadata.labels?.[label]
    return value === '' ? undefined : value
  }
}

function piecesOf(pattern: string, fill: Fill): Piece[] | undefined {
  const pieces: Piece[] = []
  for (const token of pattern.split(/(\*\*|\*|\{[^{}]*\})/)) {
    if (token === '**' || token === '*') pieces.push({ any: token === '*' ? 'part' : 'all' })
    else if (/^\{.*\}$/.test(token)) {
      const text = fill(token.slice(1, -1))
      if (text === undefined) return undefined
      pieces.push({ text })
    } else if (token !== '') pieces.push({ text: token })
  }
  return pieces
}

/** Where in the value the pieces may end: all positions are followed at once. */
function ends(value: string, pieces: readonly Piece[], separator: string | undefined): number[] {
  let positions = new Set([0])
  for (const piece of pieces) {
    const next = new Set<number>()
    for (const from of positions) {
      if ('text' in piece) {
        if (value.startsWith(piece.text, from)) next.add(from + piece.text.length)
        continue
      }
      for (let at = from; at <= value.length && !next.has(at); at++) {
        next.add(at)
        if (piece.any === 'part' && value[at] === separator) break
      }
    }
    positions = next
  }
  return [...positions]
}

/** `a, b and c`, or what to say when nothing is allowed. */
export function listed(patterns: readonly string[]): string {
  return patterns.length === 0 ? 'none' : patterns.join(', ')
}
