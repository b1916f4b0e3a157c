import test from 'ava'
import { hasDifferences, type Plan } from '../../src/plan/index.ts'
import type { Problem } from '../../src/problem/index.ts'

/** What `diff --exit-code` counts is what `status` calls not synced. */

const planned = (codes: Problem['code'][], actions: object[] = []) => ({
  endpoints: [{ actions }] as unknown as Plan['endpoints'],
  problems: codes.map((code): Problem => ({ code, severity: 'warning', message: code })),
})

test('S2 · a difference is what is to be done, and what an object has more or less than git says', t => {
  t.true(hasDifferences(planned([], [{}])))
  t.true(hasDifferences(planned(['leftover-fields'])))
  t.true(hasDifferences(planned(['not-stored'])))
})

test('S2 · what is only to be known is none', t => {
  t.false(hasDifferences(planned([])))
  t.false(hasDifferences(planned(['dirty-tree', 'record-missing', 'unread-file', 'forbidden'])))
})
