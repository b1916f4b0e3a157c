import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { TestFile } from './passes.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** The test files that are named, by a path, a folder or a pattern; all of them without a name. */
export function testFiles(names: readonly string[]): TestFile[] {
  const patterns = names.length === 0 ? ['test'] : names
  const files = patterns.flatMap(name => [
    ...globSync(name.endsWith('.ts') ? name : `${name}/**/*.test.ts`, { cwd: ROOT }),
  ])
  return [...new Set(files)]
    .toSorted()
    .map(file => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }))
}
