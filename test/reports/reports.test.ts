import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import test from 'ava'
import { causesInSources, lackingFor } from './causes.ts'
import { readReports } from './read.ts'
import { BEST, scoreOf } from './score.ts'

/** Situations that people have met: each file of recorded is explained as it asks, by apply as by status. */

const reports = readReports()

for (const report of reports)
  test(`K3, K11 · ${report.title} (${report.name})`, t => {
    t.deepEqual(scoreOf(report), { points: BEST, why: [] })
  })

test('K3, K11 · each kind of situation has its case, a neighbour and a patient case at the least', t => {
  const kinds = Map.groupBy(reports, ({ name }) => name.split('/')[0] ?? '')
  for (const [kind, all] of kinds) {
    t.true(all.length >= 3, kind)
    t.true(
      all.some(({ expect }) => expect.outcome !== 'early'),
      `${kind}: none is patient`,
    )
  }
})

test('K3, K11 · each cause has a case, a neighbour that must not match and a patient case', t => {
  const causes = causesInSources()
  t.true(causes.length > 30 && causes.includes('weights-pull'), causes.join(' '))
  const lacking = causes.flatMap(cause => {
    const missing = lackingFor(cause, reports)
    return missing.length === 0 ? [] : [`${cause}: ${missing.join(', ')}`]
  })
  t.deepEqual(lacking, [])
})

test('K3 · docs/diagnosis.md names each cause', t => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/diagnosis.md'), 'utf8')
  t.deepEqual(
    causesInSources().filter(cause => !text.includes(`\`${cause}\``)),
    [],
  )
})
