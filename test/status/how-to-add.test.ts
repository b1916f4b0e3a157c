import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import test from 'ava'

const ROOT = resolve(import.meta.dirname, '../..')

test('the files that docs/architecture.md names for a new diagnosis cause are there', t => {
  const text = readFileSync(resolve(ROOT, 'docs/architecture.md'), 'utf8')
  const [, section = ''] = text.split('### How to add a diagnosis cause')
  const [own = ''] = section.split(/^#{2,3} /m)
  const paths = [...own.matchAll(/`((?:src|test|docs)\/[^`]+)`/g)].map(([, path = '']) => path)
  t.true(paths.length >= 5)
  t.deepEqual(
    paths.filter(path => !existsSync(resolve(ROOT, path))),
    [],
  )
})
