/** Writes the table of tested versions into README.md and docs/sandbox.md: npm run versions. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { withVersions } from './versions/table.ts'

const root = resolve(import.meta.dirname, '..')
for (const page of ['README.md', 'docs/sandbox.md']) {
  const file = join(root, page)
  writeFileSync(file, withVersions(readFileSync(file, 'utf8')))
}
