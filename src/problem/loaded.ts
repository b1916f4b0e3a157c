import type { Problem } from './problem.ts'

/** What was loaded, and what is wrong with it. */
export interface Loaded<Value> {
  /** Absent when there is an error (R8). */
  value?: Value
  problems: Problem[]
}

/** The same of what has a value whatever is wrong: what could be read of it. */
export type LoadedPart<Value> = Required<Loaded<Value>>
