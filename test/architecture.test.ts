import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'ava'

/** The exercises of docs/architecture.md: what is added touches these files, and no others. */

const ROOT = resolve(import.meta.dirname, '..')

const EXERCISES: [title: string, steps: number][] = [
  ['a pod field', 2],
  ['a kind of traffic', 10],
  ['an output format', 3],
  ['a diagnosis cause', 4],
  ['a kind', 4],
]

for (const [title, steps] of EXERCISES) {
  test(`how to add ${title}: ${steps} steps, whose files exist`, t => {
    const section = sectionOf(title)
    t.is(section.match(/^\d+\. /gm)?.length, steps)
    const missing = pathsIn(section).filter(path => !existsSync(join(ROOT, path)))
    t.deepEqual(missing, [])
  })
}

test('a pod field is named by its schema and its row, and nowhere else', t => {
  const named = filesNaming(/\b(priorityClass|runtimeClass|schedulerName)(Name)?\b/)
  // Elsewhere they are the API's words, or are said in advice.
  const rooms = /^(charts|src\/(spec|render|import|trial|plan|report))\//
  t.deepEqual(
    named.filter(file => rooms.test(file)),
    ['src/spec/fields/pod-fields.ts', 'src/spec/schema/parts.ts'],
  )
})

test('what is done with traffic names no kind of it', t => {
  const rooms = /^src\/(plan|apply|overview|revisions|report|trial|project|cluster|git|cli)\//
  const named = filesNaming(/\b(INGRESS|HTTP_ROUTE|GRPC_ROUTE)\b|['"](Ingress|HTTPRoute)['"]/)
  t.deepEqual(
    named.filter(file => rooms.test(file)),
    [],
  )
})

function sectionOf(title: string): string {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
  const [, section = ''] = text.split(`### How to add ${title}\n`)
  return section.split(/^#{2,3} /m)[0] ?? ''
}

/** Those of a thing that is there; KIND stands for what is added. */
function pathsIn(section: string): string[] {
  const paths = [...section.matchAll(/`((?:src|test|docs|charts)\/[^`]+)`/g)]
  return paths.flatMap(([, path = '']) => (path.includes('KIND') ? [] : [path]))
}

/** Comments may name what they like. */
function filesNaming(pattern: RegExp): string[] {
  const files = globSync('{src,charts}/**/*.ts', { cwd: ROOT })
  const isNaming = (line: string) => !/^\s*(\*|\/\*|\/\/)/.test(line) && pattern.test(line)
  return files
    .filter(file => readFileSync(join(ROOT, file), 'utf8').split('\n').some(isNaming))
    .toSorted()
}
