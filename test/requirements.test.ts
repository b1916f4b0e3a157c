import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import test from 'ava'
import { requirementsDocument } from '../scripts/requirements.ts'

test('docs/requirements.md names the tests of each row: npm run requirements', async t => {
  const text = await readFile(resolve(import.meta.dirname, '../docs/requirements.md'), 'utf8')
  t.is(text, await requirementsDocument())
})
