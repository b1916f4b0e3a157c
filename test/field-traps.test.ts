import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import test from 'ava'

const DOCS = resolve(import.meta.dirname, '../docs')

test('docs/field-traps.md names tests by words of their titles', async t => {
  const text = await readFile(resolve(DOCS, 'field-traps.md'), 'utf8')
  const rows = text.split('\n').filter(line => /^\| (?!-|trap )/.test(line))
  t.true(rows.length > 20)
  for (const row of rows) {
    const links = [...row.matchAll(/\[([^\]]+)\]\((\S+?\.test\.ts)\)/g)]
    t.true(links.length > 0, row)
    for (const [, words = '', file = ''] of links) {
      const source = await readFile(resolve(DOCS, file), 'utf8')
      t.true(
        titlesOf(source).some(title => title.includes(words)),
        `${words}: ${file}`,
      )
    }
  }
})

/** Titles are the strings that begin a line or follow `test(`, `serial(`, `row(`. */
function titlesOf(source: string): string[] {
  const strings = source.matchAll(/(?:^\s*|\w\()(['"`])((?:\\.|(?!\1).)+)\1,/gm)
  return [...strings].map(([, , title = '']) => title.replaceAll("\\'", "'"))
}
