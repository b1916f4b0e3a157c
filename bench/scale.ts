import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { printGrowth, type Cost } from './large/growth.ts'
import { commitEndpoints, writeLargeProject } from './large/project.ts'
import { measureInTurns } from './measure.ts'

/**
 * A large project, in 20 namespaces and four environments, without a cluster: time, memory and whether both grow as the number of
 * endpoints does: npm run bench:scale. With clusters: bench/fleet.ts
 */

const CLI = resolve(import.meta.dirname, '../dist/cli/main.js')
const COUNTS = [2_000, 10_000]
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

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  printGrowth(COUNTS.flatMap(measured))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function measured(endpoints: number): Cost[] {
  const directory = project(endpoints)
  const commands = Object.entries(COMMANDS)
  const processes = commands.map(([, args]) => ({ args: [CLI, ...args, '-C', directory] }))
  const results = measureInTurns(processes, { directory: folder, rounds: 1 })
  return results.map(({ seconds, cpuSeconds, peakBytes }, index) => ({
    command: commands[index]?.[0] ?? '',
    endpoints,
    seconds,
    cpuSeconds,
    peakMiB: peakBytes / 2 ** 20,
  }))
}

/** One endpoint has changed since the commit before. */
function project(endpoints: number): string {
  const directory = join(folder, String(endpoints))
  writeLargeProject(directory, { development: {}, integration: {}, staging: {}, production: {} })
  commitEndpoints(directory, { to: endpoints })
  commitEndpoints(directory, { to: 1, version: '2.0.0' })
  return directory
}
