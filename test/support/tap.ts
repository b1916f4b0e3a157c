/** What ava's TAP reporter says, line by line. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
  failures: Failure[]
  /** What the newest result was: details belong to it. */
  last?: 'passed' | 'failed' | 'skipped'
}

/** A test that failed, and what ava says of it right after. */
export interface Failure {
  title: string
  details: string[]
}

export type TapLine =
  | { type: 'passed' | 'failed' | 'skipped'; title: string }
  /** Details of a failure, and what tests log. */
  | { type: 'detail'; text: string }
  | { type: 'bookkeeping' }

const RESULT = /^(not ok|ok) \d+ - (.*?)(?: # (SKIP|TODO))?$/
const BOOKKEEPING = /^(TAP version|1\.\.\d+$|# (tests|pass|skip|fail) \d+$)|^\s*$/

export function readTapLine(line: string): TapLine {
  const [, verdict, title = '', directive] = RESULT.exec(line) ?? []
  if (verdict === undefined) {
    return BOOKKEEPING.test(line) ? { type: 'bookkeeping' } : { type: 'detail', text: line }
  }
  if (directive !== undefined) return { type: 'skipped', title }
  return { type: verdict === 'ok' ? 'passed' : 'failed', title }
}

export function newTally(): Tally {
  return { passed: 0, failed: 0, skipped: 0, failures: [] }
}

export function count(tally: Tally, line: TapLine): void {
  if (line.type === 'bookkeeping') return
  if (line.type === 'detail') {
    if (tally.last === 'failed') tally.failures.at(-1)?.details.push(line.text)
    return
  }
  tally[line.type] += 1
  tally.last = line.type
  if (line.type === 'failed') tally.failures.push({ title: line.title, details: [] })
}

/** Adds the results of another run. */
export function add(total: Tally, { passed, failed, skipped, failures }: Tally): void {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  total.failures.push(...failures)
}

/** `exitCode` is ava's: a run that crashed without naming a failure has failed nevertheless. */
export function conclude(tally: Tally, exitCode: number): Tally & { exitCode: number } {
  const crashed = exitCode !== 0 && tally.failed === 0
  const failed = crashed ? 1 : tally.failed
  return { ...tally, failed, exitCode: failed > 0 && exitCode === 0 ? 1 : exitCode }
}

export function summaryOf({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
