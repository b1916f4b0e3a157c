/** Writes the tests that prove each row into docs/requirements.md: titles begin with the rows' ids, `D1, R4 · waits until …`. */
import { glob, readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const DOCUMENT = resolve(root, 'docs/requirements.md')

/** The document with the column of tests made anew. */
export async function requirementsDocument(): Promise<string> {
  const tests = await testsByRow()
  const text = await readFile(DOCUMENT, 'utf8')
  const seen = new Set<string>()
  const lines = text.split('\n').flatMap(line => {
    const [, id, sentence] = /^\| ([A-Z]\d+) \| ([^|]*?) \|/.exec(line) ?? []
    if (id === undefined) return [line]
    // A merge leaves a row twice where both sides have changed it.
    if (seen.has(id)) return []
    seen.add(id)
    return [`| ${id} | ${sentence} | ${(tests.get(id) ?? ['none yet']).join('<br>')} |`]
  })
  return lines.join('\n')
}

async function testsByRow(): Promise<Map<string, string[]>> {
  const rows = new Map<string, string[]>()
  const files = (await Array.fromAsync(glob('test/**/*.test.ts', { cwd: root }))).toSorted()
  for (const file of files) {
    const text = await readFile(resolve(root, file), 'utf8')
    for (const id of idsIn(text)) {
      const link = `[${file.slice('test/'.length, -'.test.ts'.length)}](../${file})`
      rows.set(id, [...new Set([...(rows.get(id) ?? []), link])])
    }
  }
  return rows
}

function idsIn(text: string): string[] {
  const titles = text.matchAll(/['"`]((?:[A-Z]\d+(?:, |–)?)+) · /g)
  return [...titles].flatMap(([, ids = '']) => ids.match(/[A-Z]\d+/g) ?? [])
}

if (import.meta.main) await writeFile(DOCUMENT, await requirementsDocument())
