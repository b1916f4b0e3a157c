import test from 'ava'
import { withRemedies } from '../../src/problem/index.ts'

/** Remedies are said otherwise wherever a report has them, and nowhere else. */

const louder = (remedy: string) => remedy.toUpperCase()

test('a remedy at any depth is said otherwise', t => {
  const report = {
    remedy: 'a',
    endpoints: [{ name: 'chat', diagnosis: { summary: 'b', remedy: 'c' } }],
    problems: [{ message: 'd', remedy: 'e' }],
  }
  t.deepEqual(withRemedies(report, louder), {
    remedy: 'A',
    endpoints: [{ name: 'chat', diagnosis: { summary: 'b', remedy: 'C' } }],
    problems: [{ message: 'd', remedy: 'E' }],
  })
  t.is(report.remedy, 'a')
})

test('what objects say of themselves stays, and what has no remedy is the same value', t => {
  const report = {
    actions: [{ desired: { remedy: 'a' } }],
    objects: [{ data: { remedy: 'b' } }],
    problems: [{ message: 'c' }],
    at: new Date(0),
  }
  t.is(withRemedies(report, louder), report)
})
