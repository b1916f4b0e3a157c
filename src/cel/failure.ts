import { EvaluationError } from '@marcbachmann/cel-js'

/** An expression that cannot be evaluated for this value. */
export function celFailure(message: string): EvaluationError {
  return new EvaluationError(message)
}
