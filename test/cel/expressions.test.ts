import test from 'ava'
import { policyOf } from '../support/cel-policy.ts'
import { OBJECT, TABLE } from '../support/cel-table.ts'

for (const [expression, expected] of TABLE) {
  test(`S4 · ${expression} is ${expected}`, t => {
    t.is(outcomeOf(expression), expected)
  })
}

function outcomeOf(expression: string): string {
  const { value, faults } = policyOf([{ expression }])
  if (value === undefined) return faults.length > 0 ? 'refused' : 'neither'
  const [verdict] = value.judge(1)(OBJECT)
  if (verdict === undefined) return 'true'
  return verdict.isError ? 'error' : 'false'
}
