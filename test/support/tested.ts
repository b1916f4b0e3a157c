import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { listOf } from '../../src/words/index.ts'
import { engineVersions } from '../engines/binaries.ts'
import type { Pass } from './passes.ts'

export interface PassResult {
  title: string
  /** Such as `2100 passed, 0 failed`. */
  summary: string
  pass: Pass
}

interface Seen {
  date: Date
  commit: string
  /** Such as `kustomize-controller v1.9.0`. */
  engines?: readonly string[]
}

const FILE = path.resolve(import.meta.dirname, '../../docs/tested.md')

/** docs/tested.md: what `npm run test:all` has seen of each pass, and when. */
export function writeTested(results: readonly PassResult[]): void {
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : ''
  const seen = { date: new Date(), commit: commitOf(), engines: engineVersions() }
  writeFileSync(FILE, testedPage(results, seen, before))
  // As `npm run check` wants every page.
  execFileSync(path.resolve(import.meta.dirname, '../../node_modules/.bin/oxfmt'), [FILE])
}

/** The page with these results; what it has of other passes stays, with the commit that they were seen at. */
export function testedPage(results: readonly PassResult[], seen: Seen, before = ''): string {
  const kept = before.split('\n').flatMap(line => (/^\| \d/.test(line) ? [line] : []))
  const rows = new Map(
    [...kept, ...results.map(each => rowOf(each, seen))].map(row => [keyOf(row), row]),
  )
  return `# What was tested

Written by \`npm run test:all\`: each row when its pass was last run, on ${process.platform} ${process.arch}.

| Kubernetes | KServe | tests | result | date | commit |
| ---------- | ------ | ----- | ------ | ---- | ------ |
${[...rows.values()].join('\n')}
${[...rows.values()].some(hasEngines) && seen.engines ? `\nThe engines are the real ${listOf(seen.engines)}.\n` : ''}`
}

function rowOf({ summary, pass }: PassResult, { date, commit }: Seen): string {
  const { versions, files } = pass
  const cells = [
    versions.kubernetes,
    versions.kserve,
    `${files.length} files, ${testsOf(pass)}`,
    summary,
    date.toISOString().slice(0, 10),
    commit,
  ]
  return `| ${cells.join(' | ')} |`
}

const OF_ENGINES = 'with the engines of others'

const hasEngines = (cells: string) => cells.includes(OF_ENGINES)

function testsOf({ versions, engines = false }: Pass): string {
  if (engines) return OF_ENGINES
  return versions.onlyKserve ? "KServe's tests" : 'all tests of these files'
}

/** Its versions, and whether engines played. */
function keyOf(row: string): string {
  const [, kubernetes = '', kserve = '', tests = ''] = row.split('|')
  return `${kubernetes.trim()} ${kserve.trim()} ${hasEngines(tests)}`
}

function commitOf(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const changed =
    git('status', '--porcelain', '--', '.', ':!docs/tested.md') === '' ? '' : ', changed'
  return `${git('rev-parse', '--short=12', 'HEAD')}${changed}`
}
