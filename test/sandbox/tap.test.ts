import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import test from 'ava'
import { conclude, count, newTally, readTapLine, summaryOf } from '../support/tap.ts'

/** The last line of `npm test` against what ava really prints. */

const AVA = path.join(path.dirname(fileURLToPath(import.meta.resolve('ava'))), 'cli.js')
const ROOT = path.resolve(import.meta.dirname, '../..')

/** Test file, and the summary of a run of it alone; ava reports a crash and then the exit. */
const RUNS: [title: string, source: string, summary: string][] = [
  ['passes', `test('a', t => t.pass())`, '1 passed, 0 failed'],
  ['fails', `test('a', t => t.pass()); test('b', t => t.is(1, 2))`, '1 passed, 1 failed'],
  [
    'skips',
    `test('a', t => t.pass()); test.skip('b', t => t.pass())`,
    '1 passed, 0 failed, 1 skipped',
  ],
  [
    'logs what looks like a verdict',
    `test('a', t => { t.log('not ok 1 - x'); t.pass() })`,
    '1 passed, 0 failed',
  ],
  ['cannot be loaded', `import './missing.js'; test('a', t => t.pass())`, '0 passed, 2 failed'],
  ['has no tests', `void test`, '0 passed, 1 failed'],
  ['exits', `test('a', async () => { process.exit(0) })`, '0 passed, 1 failed'],
  [
    'throws outside of a test',
    `test('a', t => t.pass()); test.after(() => { setTimeout(() => { throw new Error('x') }) ; return new Promise(r => setTimeout(r, 50)) })`,
    '1 passed, 2 failed',
  ],
  [
    'has a failing hook',
    `test.before(() => { throw new Error('x') }); test('a', t => t.pass())`,
    '0 passed, 1 failed',
  ],
]

for (const [title, source, summary] of RUNS) {
  test.serial(`a test file that ${title}: ${summary}`, t => {
    const folder = mkdtempSync(path.join(ROOT, 'node_modules', '.slipway-tap-'))
    t.teardown(() => rmSync(folder, { recursive: true }))
    mkdirSync(path.join(folder, 'node_modules'))
    symlinkSync(path.join(ROOT, 'node_modules', 'ava'), path.join(folder, 'node_modules', 'ava'))
    writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}')
    writeFileSync(path.join(folder, 'test.js'), `import test from 'ava'\n${source}\n`)
    const { stdout, status } = spawnSync(process.execPath, [AVA, '--tap', 'test.js'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, AVA_FORCE_CI: 'not-ci' },
    })
    const tally = newTally()
    for (const line of stdout.split('\n')) count(tally, readTapLine(line))
    const outcome = conclude(tally, status ?? 1)
    t.is(summaryOf(outcome), summary)
    t.is(outcome.exitCode === 0, outcome.failed === 0)
  })
}

test('a run that ends without a word has failed', t => {
  t.is(summaryOf(conclude(newTally(), 1)), '0 passed, 1 failed')
})

test('a failure keeps what is said of it, and nothing of its neighbours', t => {
  const tally = newTally()
  const lines = [
    'ok 1 - a',
    '#   logged',
    'not ok 2 - b',
    '  ---',
    '  message: x',
    'ok 3 - c',
    '# y',
  ]
  for (const line of lines) count(tally, readTapLine(line))
  t.deepEqual(tally.failures, [{ title: 'b', details: ['  ---', '  message: x'] }])
})
