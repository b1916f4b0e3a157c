import type { DoctorReport, Finding } from '../../doctor/index.ts'
import { cleanLine } from '../clean.ts'
import { SYMBOLS, type Colour, type Paint } from './style.ts'
import { formatTable } from './table.ts'
import { wrapLines } from './wrap.ts'
import { plural } from '../../words/index.ts'

/** A line for each finding, remedies below it, and the count of what is wrong. */
export function doctorAsText(
  { environment, server, findings }: DoctorReport,
  paint: Paint,
  columns?: number,
): string {
  const table = formatTable(findings.map(finding => row(finding, paint)))
  const lines = findings.flatMap(({ remedy }, index) => [
    table[index] ?? '',
    ...(remedy === undefined ? [] : [`    ${paint('dim', 'do:')} ${cleanLine(remedy)}`]),
  ])
  const count = (state: Finding['state']) => findings.filter(each => each.state === state).length
  const summary = [
    plural(findings.length, 'check'),
    `${count('missing')} missing`,
    plural(count('warning'), 'warning'),
    `${count('unseen')} not seen`,
  ]
  const all = [cleanLine(`${environment} on ${server}`), ...lines, summary.join(', ')]
  return `${wrapLines(all, columns)}\n`
}

const STATES: Record<Finding['state'], [symbol: string, colour: Colour, word: string]> = {
  ok: [SYMBOLS.done, 'green', 'ok'],
  warning: ['!', 'yellow', 'warning'],
  missing: [SYMBOLS.failed, 'red', 'missing'],
  'not-needed': [SYMBOLS.skipped, 'dim', 'not needed'],
  unseen: ['?', 'yellow', 'not seen'],
}

function row({ check, state, message }: Finding, paint: Paint): string[] {
  const [symbol, colour, word] = STATES[state]
  return [`${paint(colour, symbol)} ${cleanLine(check)}`, paint(colour, word), cleanLine(message)]
}
