import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import test from 'ava'
import { VERSION } from '../../src/object/index.ts'

test('the version is that of the package', async t => {
  const text = await readFile(resolve(import.meta.dirname, '../../package.json'), 'utf8')
  t.is(VERSION, (JSON.parse(text) as { version: string }).version)
})
