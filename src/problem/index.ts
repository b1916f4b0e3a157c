export { failure, hasErrors, SlipwayError } from './problem.ts'
export type { Place, Problem } from './problem.ts'
export { CODES, exitCodeOf } from './codes.ts'
export type { ProblemCode } from './codes.ts'
