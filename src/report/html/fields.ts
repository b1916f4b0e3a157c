import type { FieldChange } from '../../plan/index.ts'
import { commonEnds } from '../field-change.ts'
import { escapePath, escapeText } from './escape.ts'
import { plural } from '../../words/index.ts'

/** A field as a row: its path, what it was, what it becomes; of long values the lines that differ are marked. */
export function fieldRow({ path, before, after }: FieldChange): string {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  const same = commonEnds(old, fresh)
  return [
    `<tr><th scope="row">${escapePath(path)}</th>`,
    cell({ name: 'before', lines: old, same, tag: 'del' }),
    cell({ name: 'after', lines: fresh, same, tag: 'ins' }),
    '</tr>',
  ].join('')
}

function linesOf(value: unknown): string[] {
  if (value === undefined) return []
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)
  return text.replace(/\n$/, '').split('\n')
}

interface Cell {
  name: 'before' | 'after'
  lines: readonly string[]
  same: ReturnType<typeof commonEnds>
  tag: 'del' | 'ins'
}

function cell({ name, lines, same, tag }: Cell): string {
  if (lines.length === 0) return `<td data-side="${name}" class="absent">not set</td>`
  const end = lines.length - same.tail
  const changed = lines.slice(same.head, end)
  const parts = [
    ...folded(lines.slice(0, same.head), 'end'),
    ...(changed.length === 0 ? [] : [`<${tag}>${textOf(changed)}</${tag}>`]),
    ...folded(lines.slice(end), 'start'),
  ]
  return `<td data-side="${name}"><pre>${parts.join('\n')}</pre></td>`
}

/** Lines of context beside what changes. */
const CONTEXT = 3

/** The context at the side where the change is; the rest is counted. */
function folded(lines: readonly string[], side: 'start' | 'end'): string[] {
  if (lines.length === 0) return []
  if (lines.length <= CONTEXT + 1) return [textOf(lines)]
  const rest = `<i class="dim">… ${plural(lines.length - CONTEXT, 'line')} as before</i>`
  return side === 'end'
    ? [rest, textOf(lines.slice(-CONTEXT))]
    : [textOf(lines.slice(0, CONTEXT)), rest]
}

function textOf(lines: readonly string[]): string {
  return escapeText(lines.join('\n'))
}
