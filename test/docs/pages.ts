import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
/** What people read to do something; decisions and the changelog tell of the past. */
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'examples/*/README.md', 'docs/*.md']

export interface Page {
  path: string
  text: string
}

/** Something that stands on a page. */
export interface Excerpt {
  text: string
  /** `docs/canary.md:12`. */
  place: string
}

export function pages(patterns: readonly string[] = PAGES): Page[] {
  const paths = patterns.flatMap(pattern => globSync(pattern, { cwd: ROOT })).toSorted()
  return paths.map(path => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

/** The code between fences of these languages. */
export function blocksOf({ path, text }: Page, languages: readonly string[]): Excerpt[] {
  const blocks = text.matchAll(/^( *)```(\w*)\n([^]*?)^ *```$/gm)
  return [...blocks].flatMap(({ index, 1: indent = '', 2: language = '', 3: code = '' }) => {
    if (!languages.includes(language)) return []
    const lines = code.split('\n').map(line => line.slice(indent.length))
    return [{ text: lines.join('\n'), place: `${path}:${lineAt(text, index) + 1}` }]
  })
}

/** What stands between backticks in a sentence or a table. */
export function spansOf({ path, text }: Page): Excerpt[] {
  const prose = text.replaceAll(/^( *)```[^]*?^ *```$/gm, block => block.replaceAll(/[^\n]/g, ' '))
  return [...prose.matchAll(/`([^`]+)`/g)].map(({ index, 1: span = '' }) => ({
    text: span.replaceAll(/\s+/g, ' '),
    place: `${path}:${lineAt(text, index)}`,
  }))
}

/** Lines that are code because they are indented. */
export function indentedLinesOf({ path, text }: Page): Excerpt[] {
  const lines = text.split('\n').map((line, index) => ({ line, place: `${path}:${index + 1}` }))
  return lines.flatMap(({ line, place }) => {
    const [, code] = /^ {4}(\S.*)$/.exec(line) ?? []
    return code === undefined ? [] : [{ text: code, place }]
  })
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
