import type { ExplainRow } from '../../render/index.ts'
import { cleanLine } from '../clean.ts'
import { inlineValue } from '../field-change.ts'
import type { Paint } from './style.ts'
import { formatTable } from './table.ts'
import { formatSeconds } from '../../words/index.ts'

/** Effective settings of one endpoint. */
export interface Explanation {
  endpoint: string
  rows: readonly ExplainRow[]
}

const LONGEST_VALUE = 60

/** Each setting with its value and where it comes from: layer, file and line. */
export function explanationAsText({ endpoint, rows }: Explanation, paint: Paint): string {
  const lines = rows.map(({ path, value, origin }) => [
    `  ${cleanLine(path)}`,
    shorten(valueText(path, value)),
    paint('dim', origin === undefined ? 'derived' : originWords(origin)),
  ])
  return `${[paint('bold', cleanLine(endpoint)), ...formatTable(lines)].join('\n')}\n`
}

/** Where the spec has a duration, the value is in seconds. */
const DURATION = /\.(?:loadTime|gracePeriod|initialDelay|period|timeout|sleep|time|interval)$/

function valueText(path: string, value: unknown): string {
  if (typeof value === 'number' && DURATION.test(path))
    return formatSeconds(value).replaceAll(' ', '')
  return inlineValue(value) ?? cleanLine(JSON.stringify(value))
}

function originWords({ layer, place }: NonNullable<ExplainRow['origin']>): string {
  return place === undefined ? layer : cleanLine(`${layer} ${place.file}:${place.line}`)
}

function shorten(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`
}
