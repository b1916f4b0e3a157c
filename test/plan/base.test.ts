import test from 'ava'
import { judgeBase } from '../../src/plan/index.ts'
import type { ProblemCode } from '../../src/problem/codes.ts'
import type { Problem } from '../../src/problem/index.ts'

/** What the older side of a comparison is, when it cannot be rendered. */

const where = { environment: 'canary', revision: 'HEAD^1' }
const aProblem = (code: ProblemCode): Problem => ({
  code,
  severity: 'error',
  message: 'm',
  place: { file: 'slipway.yaml', line: 3, column: 1 },
})

const TABLE: [codes: ProblemCode[], state: 'absent' | 'broken', reason: RegExp][] = [
  [['no-project'], 'absent', /^there is no slipway\.yaml at HEAD\^1$/],
  [['unknown-environment'], 'absent', /^there is no environment "canary" at HEAD\^1$/],
  [['yaml-syntax', 'unknown-environment'], 'absent', /canary/],
  [['yaml-syntax'], 'broken', /^HEAD\^1 is not valid$/],
  [['unreadable-file', 'catalogue'], 'broken', /^HEAD\^1 is not valid$/],
]

for (const [codes, state, reason] of TABLE) {
  test(`R7 · an older side with ${codes.join(', ')} is ${state}`, t => {
    const base = judgeBase(codes.map(aProblem), where)
    t.is(base.state, state)
    t.regex(base.reason, reason)
    t.is(base.problems.length, state === 'broken' ? codes.length : 0)
    for (const problem of base.problems)
      t.like(problem, { severity: 'warning', message: 'at HEAD^1: slipway.yaml:3: m' })
  })
}
