import test from 'ava'
import { presentReport, wantedReport } from '../../bench/report.ts'

test('docs/performance.md and its plot show what bench/results.json says', t => {
  t.deepEqual(presentReport(), wantedReport())
})
