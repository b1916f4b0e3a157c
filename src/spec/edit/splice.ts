import type { Pair, YAMLMap, YAMLSeq } from 'yaml'
import { isMap } from '../../object/index.ts'

/** The library, which is loaded where something is edited. */
export type Yaml = typeof import('yaml')

type Ranged = { range?: [number, number, number] | null | undefined }

/** A key and its value at the end of a map, in the map's own form: a line of its own, or within the braces. */
export function addPair(
  yaml: Yaml,
  text: string,
  { map, key, value }: { map: YAMLMap; key: string; value: unknown },
): string {
  if (map.flow === true) return inBrackets(text, map, `${flow(yaml, key)}: ${flow(yaml, value)}`)
  const first = map.items[0]?.key as Ranged | undefined
  const column = columnOf(text, first?.range?.[0] ?? 0)
  return insertLines(text, map, [`${flow(yaml, key)}:${block(yaml, value, column)}`], column)
}

/** An item at the end of a list. */
export function addItem(
  yaml: Yaml,
  text: string,
  { list, value }: { list: YAMLSeq; value: unknown },
): string {
  if (list.flow === true) return inBrackets(text, list, flow(yaml, value))
  const column = columnOf(text, list.range?.[0] ?? 0)
  return insertLines(text, list, itemLines(yaml, value), column)
}

/** Another value for a key; a comment behind a value on the line of its key stays. */
export function replaceValue(
  yaml: Yaml,
  text: string,
  { pair, value }: { pair: Pair; value: unknown },
): string {
  const key = pair.key as Ranged
  const node = pair.value as Ranged | null
  const colon = text.indexOf(':', key.range?.[1] ?? 0)
  const [, end = colon + 1] = node?.range ?? []
  const stop = text.slice(colon, end).endsWith('\n') ? end - 1 : end
  return `${text.slice(0, colon + 1)} ${flow(yaml, value)}${text.slice(Math.max(stop, colon + 1))}`
}

/** On one line, quoted where braces and commas would need it. */
function flow(yaml: Yaml, value: unknown): string {
  const list = yaml.stringify([value], { collectionStyle: 'flow', lineWidth: 0 }).trim()
  return list.slice(1, -1).trim()
}

/** A list of maps gets a line for each field, as people write overlays; all else stands behind its key. */
function block(yaml: Yaml, value: unknown, column: number): string {
  if (!Array.isArray(value) || !value.every(isMap)) return ` ${flow(yaml, value)}`
  const pad = ' '.repeat(column + 2)
  const lines = value.flatMap(item => itemLines(yaml, item))
  return `\n${lines.map(line => `${pad}${line}`).join('\n')}`
}

function itemLines(yaml: Yaml, value: unknown): string[] {
  if (!isMap(value)) return [`- ${flow(yaml, value)}`]
  const fields = Object.entries(value).map(
    ([key, inner]) => `${flow(yaml, key)}: ${flow(yaml, inner)}`,
  )
  return fields.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)
}

function inBrackets(text: string, node: Ranged & { items: unknown[] }, added: string): string {
  const end = (node.range?.[1] ?? 1) - 1
  const inner = text.slice(node.range?.[0] ?? 0, end)
  const before = text.slice(0, (node.range?.[0] ?? 0) + inner.trimEnd().length)
  const padding = text.slice(before.length, end)
  if (node.items.length === 0) return `${before} ${added} ${text.slice(end)}`
  const comma = before.endsWith(',') ? '' : ','
  return `${before}${comma} ${added}${padding}${text.slice(end)}`
}

function insertLines(text: string, node: Ranged, lines: readonly string[], column: number): string {
  const end = lineEnd(text, node.range?.[1] ?? text.length)
  const pad = ' '.repeat(column)
  const newline = end > 0 && text[end - 1] !== '\n' ? '\n' : ''
  const added = lines.map(line => `${pad}${line}\n`).join('')
  return `${text.slice(0, end)}${newline}${added}${text.slice(end)}`
}

/** Where the next line begins; the end of the last one where there is none. */
function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset
  const next = text.indexOf('\n', offset)
  return next === -1 ? text.length : next + 1
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}
