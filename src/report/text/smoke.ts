import type { SmokeReport, SmokeResult } from '../../apply/index.ts'
import { cleanLine, quoteLines } from '../clean.ts'
import { SYMBOLS, type Paint } from './style.ts'
import { formatTable } from './table.ts'
import { wrapLines } from './wrap.ts'

/** A line for each request, with its status and latency; below it what is wrong with the answer and what to do. */
export function smokeAsText({ endpoints }: SmokeReport, paint: Paint, columns?: number): string {
  if (endpoints.length === 0) return 'No endpoints.\n'
  const rows = endpoints.flatMap(result => rowsOf(result, paint))
  const faults = endpoints.flatMap(result => faultLines(result, paint))
  const lines = [...formatTable(rows), ...faults]
  return `${wrapLines(lines, columns)}\n`
}

function rowsOf({ endpoint, checks, problem }: SmokeResult, paint: Paint): string[][] {
  const name = cleanLine(endpoint)
  if (problem !== undefined) return [[mark(false, paint), name, cleanLine(problem.message)]]
  return checks.map(check => [
    mark(check.problem === undefined, paint),
    name,
    cleanLine(check.check),
    check.status === undefined ? 'no answer' : String(check.status),
    check.latencySeconds === undefined ? '' : `${Math.round(check.latencySeconds * 1000)} ms`,
  ])
}

function mark(isGood: boolean, paint: Paint): string {
  return isGood ? paint('green', SYMBOLS.done) : paint('red', SYMBOLS.failed)
}

function faultLines({ checks, problem }: SmokeResult, paint: Paint): string[] {
  const problems = [problem, ...checks.map(check => check.problem)].filter(
    each => each !== undefined,
  )
  return problems.flatMap(({ message, cause, remedy }) => [
    '',
    paint('red', cleanLine(message)),
    ...(cause === undefined ? [] : quoteLines(cause, '  ')),
    ...(remedy === undefined ? [] : [`  ${paint('dim', 'do:')} ${cleanLine(remedy)}`]),
  ])
}
