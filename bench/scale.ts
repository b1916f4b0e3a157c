import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { measureInTurns } from './measure.ts'
import { mebibytes, printTable } from './print-table.ts'

/**
 * A large project, in 20 namespaces and four environments: time, memory and whether both grow as the number of endpoints
 * does: npm run bench:scale
 */

const CLI = resolve(import.meta.dirname, '../dist/cli/main.js')
const COUNTS = [2_000, 10_000]
const NAMESPACES = 20
const ENVIRONMENTS = ['development', 'integration', 'staging', 'production']
const COMMANDS = {
  'validate --all-environments': ['validate', '--all-environments'],
  'render --all-environments -o dir': [
    'render',
    '--all-environments',
    '-o',
    'dir',
    '--output-dir',
    'out',
  ],
  'handoff flux': [
    'handoff',
    'flux',
    '--url',
    'https://git.example.com/bench',
    '--output-dir',
    'fleet',
  ],
  'diff --against HEAD^1..HEAD': ['diff', '-e', 'production', '--against', 'HEAD^1..HEAD'],
}

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: bench }
spec:
  environments:
`

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  const rows = COUNTS.flatMap(count => measured(count))
  const base = new Map(rows.filter(({ count }) => count === COUNTS[0]).map(row => [row.title, row]))
  const cells = rows.map(({ title, count, cpuSeconds, seconds, peakBytes }) => {
    const smallest = base.get(title)
    const growth =
      cpuSeconds / count / ((smallest?.cpuSeconds ?? Number.NaN) / (smallest?.count ?? 1))
    return [
      title,
      count.toLocaleString('en'),
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
      mebibytes(peakBytes),
      growth.toFixed(2),
    ]
  })
  printTable(
    ['command', 'endpoints', 'wall s', 'CPU s', 'peak MiB', 'ratio to linear growth'],
    cells,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function measured(count: number) {
  const directory = project(count)
  const commands = Object.entries(COMMANDS)
  const processes = commands.map(([, args]) => ({ args: [CLI, ...args, '-C', directory] }))
  const results = measureInTurns(processes, { directory: folder, rounds: 1 })
  return results.map((result, index) => ({ title: commands[index]?.[0] ?? '', count, ...result }))
}

/** Each endpoint says its namespace; one of them has changed since the commit before. */
function project(count: number): string {
  const directory = join(folder, String(count))
  mkdirSync(join(directory, 'endpoints'), { recursive: true })
  const environments = ENVIRONMENTS.map(name => `    ${name}: { namespace: bench-${name} }\n`)
  writeFileSync(join(directory, 'slipway.yaml'), `${PROJECT}${environments.join('')}`)
  for (let index = 0; index < count; index += 1) writeEndpoint(directory, index, '1.0.0')
  git(directory, 'init', '--quiet')
  commit(directory)
  writeEndpoint(directory, 0, '2.0.0')
  commit(directory)
  return directory
}

function writeEndpoint(directory: string, index: number, version: string): void {
  const name = `endpoint-${String(index).padStart(5, '0')}`
  const text = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: ${name}, namespace: team-${index % NAMESPACES} }
spec:
  image: registry.example.com/${name}:${version}
  resources: { cpu: { request: 1, limit: 2 }, memory: 4Gi }
  scaling: { min: 2, max: 6, cpu: 70 }
`
  writeFileSync(join(directory, 'endpoints', `${name}.yaml`), text)
}

function commit(directory: string): void {
  git(directory, 'add', '--all')
  const who = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com']
  git(directory, ...who, 'commit', '--quiet', '--message', 'As it is now')
}

function git(directory: string, ...args: string[]): void {
  execFileSync('git', ['-C', directory, ...args], { stdio: 'ignore' })
}
