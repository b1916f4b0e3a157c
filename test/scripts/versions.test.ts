import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'ava'
import { withVersions } from '../../scripts/versions/table.ts'

const ROOT = resolve(import.meta.dirname, '../..')

for (const page of ['README.md', 'docs/sandbox.md']) {
  test(`P3 · ${page} has the versions that are pinned (npm run versions)`, t => {
    const text = readFileSync(join(ROOT, page), 'utf8')
    t.is(withVersions(text), text)
    t.regex(text, /\| Kubernetes +\| 1\.37\.2 +\|/)
    t.regex(text, /\| KServe +\| 0\.16\.0 +\| yes/)
  })
}

test('a page without a place for the table is an error', t => {
  t.throws(() => withVersions('# Nothing'), { message: /no place for the table/ })
})
