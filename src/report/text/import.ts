import type { Remark } from '../../import/index.ts'
import { cleanLine } from '../clean.ts'
import { inlineValue } from '../field-change.ts'
import type { Paint } from './style.ts'

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
      [paint('bold', object), ...own.map(remark => `  ${say(remark)}`), ''].join('\n'),
    )
    .join('')
}

function sentence({ path, live, rendered }: Remark): string {
  if (path === '')
    return live === undefined ? 'is new' : 'stays as it is: no field of the spec is about it'
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
