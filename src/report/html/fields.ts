import type { FieldChange } from '../../plan/index.ts'
import { escapeLine, escapeText } from './escape.ts'

/** A field as a row: its path, what it was, what it becomes; of long values the lines that differ are marked. */
export function fieldRow({ path, before, after }: FieldChange): string {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  const same = commonEnds(old, fresh)
  return [
    `<tr><th scope="row">${escapeLine(path)}</th>`,
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

/** How many lines at the beginning and at the end are equal. */
function commonEnds(old: readonly string[], fresh: readonly string[]) {
  const most = Math.min(old.length, fresh.length)
  let head = 0
  while (head < most && old[head] === fresh[head]) head += 1
  let tail = 0
  while (tail < most - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1
  return { head, tail }
}

interface Cell {
  name: 'before' | 'after'
  lines: readonly string[]
  same: { head: number; tail: number }
  tag: 'del' | 'ins'
}

function cell({ name, lines, same, tag }: Cell): string {
  if (lines.length === 0) return `<td data-side="${name}" class="absent">not set</td>`
  const end = lines.length - same.tail
  const text = (from: number, to?: number) => escapeText(lines.slice(from, to).join('\n'))
  const parts = [
    text(0, same.head),
    end > same.head ? `<${tag}>${text(same.head, end)}</${tag}>` : '',
    text(end),
  ]
  return `<td data-side="${name}"><pre>${parts.filter(part => part !== '').join('\n')}</pre></td>`
}
