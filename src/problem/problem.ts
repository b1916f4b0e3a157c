import { compareText, defined } from '../object/index.ts'
import type { ProblemCode } from './codes.ts'

/** A position in a file; line and column count from 1. `file` is relative to the project. */
export interface Place {
  file: string
  line: number
  column: number
}

/** Something wrong, as a value: collected, reported together, rendered by `report`. */
export interface Problem {
  code: ProblemCode
  severity: 'error' | 'warning'
  /** One sentence: what is wrong, with the bad value. */
  message: string
  place?: Place
  /** The object concerned, as `Kind/namespace/name`. */
  object?: string
  endpoint?: string
  /** The check rule that found it (docs/rules). */
  rule?: string
  /** Why it is wrong, when the message does not say it. */
  cause?: string
  /** What to do now. */
  remedy?: string
}

type Parts = Pick<Problem, 'code' | 'message'> & {
  [Name in keyof Problem]?: Problem[Name] | undefined
}

/** A problem, of severity error unless it says otherwise; parts that are undefined are left out. */
export function problemWith({ code, severity = 'error', ...parts }: Parts): Problem {
  return { code, severity, ...defined(parts) }
}

/** `endpoints/chat.yaml:12:3` */
export function placeText({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`
}

/** Order of problems in reports: what has no place comes first. */
export function byPlace({ place: a }: Problem, { place: b }: Problem): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column
}

/** Thrown where going on is pointless; carries every problem found so far. The exit code follows from the first error's code. */
export class SlipwayError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(problem => problem.message).join('\n'), options)
    this.name = 'SlipwayError'
    this.problems = problems
  }
}

/** A SlipwayError of one problem of severity error. */
export function failure(
  code: ProblemCode,
  message: string,
  more: Omit<Parts, 'code' | 'severity' | 'message'> & { error?: unknown } = {},
): SlipwayError {
  const { error, ...rest } = more
  const options = error === undefined ? undefined : { cause: error }
  return new SlipwayError([problemWith({ code, message, ...rest })], options)
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(problem => problem.severity === 'error')
}
