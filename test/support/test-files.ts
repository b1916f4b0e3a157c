import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isOfEngine, type TestFile } from './passes.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** The test files that are named, by a path, a folder or a pattern; without a name all of them, those of engines where they are asked for. */
export function testFiles(
  names: readonly string[],
  { withEngines = names.length > 0 }: { withEngines?: boolean } = {},
): TestFile[] {
  const patterns = names.length === 0 ? ['test'] : names
  const files = patterns.flatMap(name => [
    ...globSync(name.endsWith('.ts') ? name : `${name}/**/*.test.ts`, { cwd: ROOT }),
  ])
  return [...new Set(files)]
    .filter(file => withEngines || !isOfEngine({ file }))
    .toSorted()
    .map(file => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }))
}

/** What starts a process or a control plane, by an import of its own or of what it imports from the tests' support and from scripts. */
const STARTS =
  /from '(node:child_process|simple-git|playwright[^']*|(\.\.\/)+src\/(git|sandbox|project|revisions)\/[^']*)'/

/** Thousands of random inputs: as long as a hundred other files. */
const LONG = new Set(['test/import/property.test.ts', 'test/spec/fuzz.test.ts'])

/** Whether all that the test file does is done in its own process, and soon: such files take a second each. */
export function isQuick({ file, text }: TestFile, seen = new Set<string>()): boolean {
  if (LONG.has(file) || STARTS.test(text)) return false
  const imported = [...text.matchAll(/from '(\.[^']*\.ts)'/g)]
    .map(([, from = '']) => path.join(path.dirname(file), from))
    .filter(from => /^(test|scripts)\//.test(from) && !seen.has(from))
  return imported.every(from => {
    seen.add(from)
    return isQuick({ file: from, text: readFileSync(path.join(ROOT, from), 'utf8') }, seen)
  })
}
