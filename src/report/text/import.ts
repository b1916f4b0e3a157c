import type { Remark } from '../../import/index.ts'
import { cleanLine } from '../clean.ts'
import { inlineValue } from '../field-change.ts'
import type { Paint } from './style.ts'
import { formatTable } from './table.ts'

/** What the next apply would change in an imported endpoint, an object a paragraph; says so when that is nothing. */
export function remarksAsText(remarks: readonly Remark[], paint: Paint): string {
  if (remarks.length === 0) return 'The spec renders to exactly what is live.\n'
  return `The next apply would change:\n${paragraphs(remarks, sentence, paint)}`
}

/** What patches keep as it is; nothing when there are none. */
export function keptAsText(remarks: readonly Remark[], paint: Paint): string {
  if (remarks.length === 0) return ''
  return `Kept by patches:\n${paragraphs(remarks, keptSentence, paint)}`
}

function paragraphs(
  remarks: readonly Remark[],
  say: (remark: Remark) => string,
  paint: Paint,
): string {
  const groups = [...Map.groupBy(remarks, ({ object }) => object)]
  return groups
    .map(([object, own]) =>
      [
        paint('bold', cleanLine(object)),
        ...own.map(remark => `  ${cleanLine(say(remark))}`),
        '',
      ].join('\n'),
    )
    .join('')
}

function sentence({ path, live, rendered }: Remark): string {
  if (path === '')
    return live === undefined ? 'is new' : 'stays as it is: the spec has no field for it'
  if (rendered === undefined) return `${path}: ${shown(live)} has no field in the spec`
  if (live === undefined) return `${path}: ${shown(rendered)} is added`
  return `${path}: ${shown(live)} becomes ${shown(rendered)}`
}

function keptSentence({ path, live, rendered }: Remark): string {
  if (live === undefined) return `${path}: ${shown(rendered)} is left out`
  if (rendered === undefined) return `${path}: ${shown(live)} has no field in the spec`
  return `${path}: ${shown(live)}, where slipway would write ${shown(rendered)}`
}

const LONG = 100

function shown(value: unknown): string {
  const text = inlineValue(value) ?? cleanLine(JSON.stringify(value))
  return text.length <= LONG ? text : `${text.slice(0, LONG)}…`
}

/** What became of the workloads of a namespace. */
export interface NamespaceReport {
  namespace: string
  rows: readonly {
    kind: string
    name: string
    state: 'as it is' | 'with changes' | 'not at all' | 'in git already'
    /** That was written. */
    file?: string
    /** What would change, or why nothing is written; first things first. */
    reasons: readonly string[]
  }[]
}

/** A row for each workload, and below why, where it does not come in as it is. */
export function namespaceAsText({ namespace, rows }: NamespaceReport, paint: Paint): string {
  if (rows.length === 0) return `Nothing in ${cleanLine(namespace)} could be an endpoint.\n`
  const head = ['KIND', 'NAME', 'IMPORTED', 'FILE']
  const cells = rows.map(({ kind, name, state, file = '-' }) => [kind, name, state, file])
  const table = formatTable([head, ...cells.map(row => row.map(cell => cleanLine(cell)))])
  const reasons = rows.filter(row => row.state !== 'in git already').flatMap(why)
  return [...table, ...(reasons.length === 0 ? [] : ['']), ...reasons]
    .map((line, index) => `${index === 0 ? paint('bold', line) : line}\n`)
    .join('')
}

function why({ kind, name, state, reasons }: NamespaceReport['rows'][number]): string[] {
  if (reasons.length === 0) return []
  return [
    `${cleanLine(kind)}/${cleanLine(name)}, ${state}:`,
    ...reasons.map(reason => `  ${cleanLine(reason)}`),
  ]
}
