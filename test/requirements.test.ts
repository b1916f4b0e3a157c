import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import test from 'ava'
import { requirementsDocument } from '../scripts/requirements.ts'

test('docs/requirements.md names the tests of each row: npm run requirements', async t => {
  const text = await readFile(resolve(import.meta.dirname, '../docs/requirements.md'), 'utf8')
  t.is(text, await requirementsDocument())
})

test('docs/requirements.md has each row once, and a test for each', async t => {
  const rows = (await requirementsDocument()).match(/^\| [A-Z]\d+ \|.*$/gm) ?? []
  const ids = rows.map(row => row.split(' ')[1])
  t.deepEqual(ids, [...new Set(ids)])
  t.true(ids.length > 50)
  t.deepEqual(
    rows.filter(row => !row.includes('.test.ts')),
    [],
  )
})
