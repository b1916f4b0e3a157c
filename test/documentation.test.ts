import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import test from 'ava'

/** Links between pages lead somewhere, the README leads to every page, and nothing is told twice. */

const ROOT = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const docs = readdirSync(join(ROOT, 'docs')).filter(name => name.endsWith('.md'))
const pages = globSync(['*.md', 'docs/**/*.md', 'examples/*/*.md'], { cwd: ROOT }).toSorted()
/** Pages that others lead to, or that are for one kind of reader. */
const LINKED_ELSEWHERE = ['gitlab.md', 'rendering.md', 'tested.md']

for (const page of pages) {
  test(`P1 · every link of ${page} leads to a page and a heading`, t => {
    for (const [, target = '', anchor] of read(page).matchAll(/\]\(([^)#:\s]*)(#[^)\s]+)?\)/g)) {
      const path = target === '' ? page : join(dirname(page), target)
      t.true(existsSync(join(ROOT, path)), `${target} in ${page}`)
      if (anchor !== undefined) t.true(anchorsOf(path).includes(anchor), `${target}${anchor}`)
    }
    t.pass()
  })
}

test('P1 · the README leads to every page', t => {
  const missing = docs.filter(name => !read('README.md').includes(`docs/${name}`))
  t.deepEqual(
    missing.filter(name => !LINKED_ELSEWHERE.includes(name)),
    [],
  )
})

test('P1 · no entry stands twice in the changelog', t => {
  const entries = read('CHANGELOG.md')
    .split(/^(?=- |#)/m)
    .filter(entry => entry.startsWith('- '))
    .map(entry => entry.trim())
  t.true(entries.length > 100)
  t.deepEqual(
    entries.filter((entry, index) => entries.indexOf(entry) !== index),
    [],
  )
})

/** As GitHub makes them from headings. */
function anchorsOf(page: string): string[] {
  const headings = [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => text)
  return headings.map(text => {
    const words = text.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    return `#${words.replaceAll(' ', '-')}`
  })
}
