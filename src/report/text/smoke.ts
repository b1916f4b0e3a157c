import type { OutputDocument } from '../documents.ts'
import type { SmokeReport, SmokeResult } from '../../apply/index.ts'
import { API_VERSION } from '../../object/index.ts'
import { cleanLine, quoteLines } from '../clean.ts'
import type { Paint } from './style.ts'
import { SYMBOLS } from './style.ts'
import { formatTable } from './table.ts'
import { wrapLine } from './wrap.ts'

/** A line for each request, with its status and latency; below it what is wrong with the answer and what to do. */
export function smokeAsText({ endpoints }: SmokeReport, paint: Paint, columns?: number): string {
  if (endpoints.length === 0) return 'No endpoints.\n'
  const rows = endpoints.flatMap(result => rowsOf(result, paint))
  const faults = endpoints.flatMap(result => faultLines(result, paint))
  const lines = [...formatTable(rows), ...faults]
  return `${lines.flatMap(line => wrapLine(line, columns)).join('\n')}\n`
}

export function smokeAsJson({
  environment,
  endpoints,
}: SmokeReport): OutputDocument<'SmokeReport'> {
  const passed = endpoints.every(endpoint => endpoint.passed)
  return { apiVersion: API_VERSION, kind: 'SmokeReport', environment, passed, endpoints }
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
