import type { Remark } from '../import/index.ts'
import { cleanLine } from './clean.ts'
import { inlineValue } from './field-change.ts'
import type { Paint } from './style.ts'

/** What the next apply would change in an imported endpoint, an object a paragraph; says so when that is nothing. */
export function remarksAsText(remarks: readonly Remark[], paint: Paint): string {
  if (remarks.length === 0) return 'The spec renders to exactly what is live.\n'
  const groups = [...Map.groupBy(remarks, ({ object }) => object)]
  const paragraphs = groups.map(([object, own]) =>
    [paint('bold', object), ...own.map(remark => `  ${sentence(remark)}`)].join('\n'),
  )
  return `The next apply would change:\n${paragraphs.join('\n')}\n`
}

function sentence({ path, live, rendered }: Remark): string {
  if (path === '')
    return live === undefined ? 'is new' : 'stays as it is: no field of the spec is about it'
  if (rendered === undefined) return `${path}: ${shown(live)} has no field in the spec`
  if (live === undefined) return `${path}: ${shown(rendered)} is added`
  return `${path}: ${shown(live)} becomes ${shown(rendered)}`
}

function shown(value: unknown): string {
  return inlineValue(value) ?? cleanLine(JSON.stringify(value))
}
