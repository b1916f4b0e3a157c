import { compilePolicy, type PolicySource } from '../../src/cel/index.ts'

export interface WrittenValidation {
  expression: string
  message?: string
  messageExpression?: string
}

/** A policy of these validations; a place's column is that in its expression. */
export function policyOf(
  validations: readonly WrittenValidation[],
  more: Partial<PolicySource> = {},
) {
  return compilePolicy({
    name: 'test',
    failurePolicy: 'Fail',
    matching: {},
    conditions: [],
    variables: [],
    audits: [],
    validations: validations.map(({ expression, message, messageExpression }) => ({
      expression: written(expression),
      ...(message === undefined ? {} : { message }),
      ...(messageExpression === undefined ? {} : { messageExpression: written(messageExpression) }),
    })),
    ...more,
  })
}

export function written(text: string) {
  return {
    text,
    placeAt: (offset: number) => ({ file: 'policy.yaml', line: 1, column: offset + 1 }),
  }
}
