import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isQuick, testFiles } from './test-files.ts'

/**
 * Quick test files in one worker of ava's: to start it and to load the sources takes a second, many times what the tests of most
 * files take. Their titles stay what they are when each runs alone.
 */

/** Generated, and removed after the run. */
const FOLDER = 'test/together'
/** With more, some workers would end long after the others. */
const MOST = 15

/** What counts for all tests of a worker, and what asks for its own title. */
const ALONE = /\.?(before|after)(Each)?(\.always)?\(|\bt\.title\b/

/** Runs with the files to give to ava instead of these. */
export async function together<T>(
  files: readonly string[],
  run: (files: readonly string[]) => Promise<T>,
): Promise<T> {
  const quick = testFiles(files).filter(each => isQuick(each) && !ALONE.test(each.text))
  const groups = groupsOf(quick.map(({ file }) => file))
  const grouped = new Set(groups.flat())
  const folder = path.join(FOLDER, String(process.pid))
  try {
    const written = groups.map((group, index) => writeGroup(folder, index, group))
    return await run([...written, ...files.filter(file => !grouped.has(file))])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Those of one room, which load much the same. */
export function groupsOf(files: readonly string[]): string[][] {
  const rooms = Object.values(Object.groupBy(files, file => file.split('/')[1] ?? ''))
  return rooms.flatMap((room = []) => {
    const size = Math.ceil(room.length / Math.ceil(room.length / MOST))
    const starts = [...room.keys()].filter(index => index % size === 0)
    return starts.map(start => room.slice(start, start + size))
  })
}

function writeGroup(folder: string, index: number, group: readonly string[]): string {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${index}.test.ts`)
  const lines = [
    `import { importTogether } from '../../support/titled.ts'`,
    `await importTogether(${JSON.stringify(group)})`,
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

/** A line of ava's without what it says of a generated file. */
export function alone(line: string): string {
  return line.replace(/\btogether › \d+ › \d+ › /, '')
}
