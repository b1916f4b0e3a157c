import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import test from 'ava'
import { KINDS } from '../src/kinds/table.ts'
import { compareText } from '../src/object/index.ts'
import { CODES } from '../src/problem/codes.ts'

/** The rules of the house (CONTRIBUTING.md), kept by machine. */

// A room may import the doors of rooms to its left.
const ORDER =
  'words foreign object kinds secret problem package schema files cel serving-runtime spec charts render scaffold git project handoff cluster trial status plan overview revisions import authoring doctor apply delivery promotion report proposal sandbox cli'.split(
    ' ',
  )

// Packages that cost start-up time or have traps stay in one room, which wraps them.
const OWNERS: Record<string, string> = {
  '@kubernetes/client-node': 'cluster',
  '@marcbachmann/cel-js': 'cel',
  re2js: 'cel',
  'simple-git': 'git',
  yargs: 'cli',
}

const ROOT = resolve(import.meta.dirname, '..')
const files = ['src', 'charts'].flatMap(folder => sourcesBelow(folder))
const imports = files.flatMap(file => importsOf(file).map(target => ({ file, target })))

test('rooms import only downhill', t => {
  t.deepEqual(
    offences(({ from, to }) => to === undefined || rankOf(to) > rankOf(from)),
    [],
  )
})

test('rooms import one another only through the door', t => {
  t.deepEqual(
    offences(({ to, path }) => path !== doorOf(to)),
    [],
  )
})

test('each room has a door', t => {
  const rooms = [...new Set(files.map(file => roomOf(file)))].filter(room => room !== undefined)
  const doorless = rooms.filter(room => room !== 'cli' && !files.includes(doorOf(room)))
  t.deepEqual(doorless, [])
  t.deepEqual(
    rooms.filter(room => !ORDER.includes(room)),
    [],
  )
})

test('no file leads back to itself by imports, those of types included', t => {
  t.deepEqual(circles(), [])
})

// One file for each rule, cause, kind, command or check: their number is that of what there is.
const ONE_FILE_EACH = ['src/cli/commands', 'src/render/check', 'src/status/causes', 'src/kinds']

// Is being emptied into rooms of its own.
const SHRINKING: Record<string, number> = { charts: 32, 'src/cli': 44, 'src/import': 26 }

test('no folder has more than 25 files', t => {
  const byFolder = Map.groupBy(files, file => dirname(file))
  const full = [...byFolder].filter(
    ([folder, inside]) =>
      !ONE_FILE_EACH.includes(folder) && inside.length > (SHRINKING[folder] ?? 25),
  )
  t.deepEqual(
    full.map(([folder, inside]) => `${folder} has ${inside.length} files`),
    [],
  )
})

test('heavy packages are imported by one room only', t => {
  const strays = imports.filter(({ file, target }) => {
    const owner = OWNERS[packageOf(target)]
    return owner !== undefined && roomOf(file) !== owner
  })
  t.deepEqual(strays, [])
})

test('zod is imported as one namespace: any other import of it brings all its languages', t => {
  const others = /^import (?!type )(?!\* as z ).*'zod'$/m
  t.deepEqual(
    files.filter(file => others.test(readText(file))),
    [],
  )
})

test('no folder or file is named for nothing in particular', t => {
  const vague = /(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/
  t.deepEqual(
    files.filter(file => vague.test(file)),
    [],
  )
})

test('no file has more than 300 lines', t => {
  const long = files.filter(file => readText(file).split('\n').length > 301)
  t.deepEqual(long, [])
})

test('the keys of managedFields are read in one file', t => {
  t.deepEqual(
    files.filter(file => /['"`][fkvi]:(?!\/\/)/.test(readText(file))),
    ['src/plan/fields/field-set.ts'],
  )
})

test('docs/messages.md explains each problem code, and no other', t => {
  const sections = readText('docs/messages.md').split(/^### /m).slice(1)
  const explained = sections.map(section => section.split('\n', 1)[0]?.replaceAll('`', '') ?? '')
  t.deepEqual(explained.toSorted(compareText), Object.keys(CODES).toSorted(compareText))
  const incomplete = sections.filter(section => !/\n\n\S[^]+\n\n\*\*Do:\*\* \S/.test(section))
  t.deepEqual(incomplete, [])
})

test('docs/messages.md names the exit code of each problem', t => {
  const text = readText('docs/messages.md')
  const [, no = '', failed = ''] = text.split(/^## /m)
  for (const [code, exitCode] of Object.entries(CODES)) {
    t.true((exitCode === 1 ? no : failed).includes(`### \`${code}\``), code)
  }
})

test('P1 · one place says which command line tests run: test/support/cli.ts', t => {
  // One of the tests of the package tries its launcher as an old Node would.
  const allowed = ['test/package.test.ts', 'test/support/cli.ts']
  const named = sourcesBelow('test').filter(file => /cli\/main\b|bin\/slipway/.test(readText(file)))
  t.deepEqual(named.toSorted(compareText), allowed)
})

// Lines that name a kind outside its room, other than `apiVersion: …, kind: …` of what is read or written. These only become fewer.
// What stays: "ServiceMonitor" as a word of the spec, placeholders of KServe's (`Namespace`), and the catalogue of serving runtimes, whose
// documents never become objects of a set. What import knows of kinds is still to move.
const NAMING_KINDS: Record<string, number> = { import: 8, 'serving-runtime': 4, spec: 7 }

test('what is known of a kind is in its file: no other room compares names of kinds', t => {
  const rooms = Map.groupBy(files.flatMap(linesNamingKinds), ({ room }) => room)
  const names = [...new Set([...rooms.keys(), ...Object.keys(NAMING_KINDS)])]
  for (const room of names) {
    const lines = rooms.get(room) ?? []
    const shown = lines.map(({ place, line }) => `${place} ${line}`).join('\n')
    t.true(lines.length <= (NAMING_KINDS[room] ?? 0), `${room}: ${lines.length}\n${shown}`)
  }
})

interface Crossing {
  from: string | undefined
  to: string | undefined
  /** The imported file. */
  path: string
}

/** Imports from one room into another that break a rule. */
function offences(isWrong: (crossing: Crossing) => boolean): string[] {
  return imports.flatMap(({ file, target }) => {
    if (!target.startsWith('.')) return []
    const path = join(dirname(file), target)
    const crossing = { from: roomOf(file), to: roomOf(path), path }
    if (crossing.from === crossing.to || !isWrong(crossing)) return []
    return [`${file} imports ${path}`]
  })
}

const KIND = `(?:${[...new Set(KINDS.map(({ kind }) => kind))].join('|')})`
const NAME_OF_KIND = new RegExp(`['"\`/]${KIND}['"\`]|(?:^|[{,(])\\s*${KIND}:`)
// Of the API's own answers, and of slipway's files, there are no objects in a cluster.
const COMPARED_KIND = /\bkind [!=]== '(?!List'|API|\w+Review'|Endpoint')[A-Z]|ofKind\('/

/** A kind that is named beside its group is one to read or to write; charts, comments and types name what they like. */
function linesNamingKinds(file: string) {
  const room = roomOf(file)
  if (room === undefined || room === 'charts' || room === 'kinds') return []
  const lines = readText(file).split('\n')
  return lines.flatMap((text, index) => {
    const line = text.trim()
    if (/^(\*|\/\*|\/\/|import\b)/.test(line)) return []
    const beside = `${lines[index - 1] ?? ''} ${line}`
    const isReference = /\b(apiVersion|group)\b.*\bkind: '/s.test(beside)
    const isNaming = NAME_OF_KIND.test(line) && !isReference
    const place = `${file}:${index + 1}`
    return isNaming || COMPARED_KIND.test(line) ? [{ room, place, line }] : []
  })
}

/** Files that import one another, directly or by way of others. */
function circles(): string[][] {
  const targets = Map.groupBy(imports, ({ file }) => file)
  const next = (file: string) =>
    (targets.get(file) ?? []).flatMap(({ target }) =>
      target.startsWith('.') ? join(dirname(file), target) : [],
    )
  const reached = new Map(files.map(file => [file, reachable(file, next)]))
  const inCircle = files.filter(file => reached.get(file)?.has(file))
  const sameCircle = Map.groupBy(inCircle, file =>
    inCircle.find(other => reached.get(file)?.has(other) && reached.get(other)?.has(file)),
  )
  return [...sameCircle.values()]
}

/** What is imported from a file on; the file itself only if it leads back to it. */
function reachable(file: string, next: (file: string) => string[]): Set<string> {
  const seen = new Set<string>()
  const todo = next(file)
  for (let each = todo.pop(); each !== undefined; each = todo.pop()) {
    if (seen.has(each)) continue
    seen.add(each)
    todo.push(...next(each))
  }
  return seen
}

/** `src/spec/schema/values.ts` → spec; undefined for the library, the cdk8s app and what is outside. */
function roomOf(path: string): string | undefined {
  const [top, room, inner] = path.split('/')
  if (top === 'charts') return 'charts'
  return top === 'src' && inner !== undefined ? room : undefined
}

/** The library and the cdk8s app are above every room but the command line. */
function rankOf(room: string | undefined): number {
  return room === undefined ? ORDER.indexOf('cli') - 0.5 : ORDER.indexOf(room)
}

function doorOf(room: string | undefined): string {
  return room === 'charts' ? 'charts/index.ts' : `src/${room}/index.ts`
}

function packageOf(target: string): string {
  const parts = target.split('/')
  return target.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

function importsOf(file: string): string[] {
  const pattern = /(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g
  return [...readText(file).matchAll(pattern)].map(([, target]) => target ?? '')
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => basename(path).endsWith('.ts'))
    .map(path => relative(ROOT, join(ROOT, folder, path)))
}

function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}
