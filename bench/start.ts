import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { HERE } from '../scripts/single-file/node-binary.ts'
import { measureInTurns } from './measure.ts'
import { mebibytes, printTable } from './print-table.ts'
import { writeProject } from './project.ts'

/** Times the start of the npm package and of the single file, and prints what docs/performance.md shows: npm run bench:start */

const ROOT = resolve(import.meta.dirname, '..')
const PACKAGE = join(ROOT, 'dist/cli/main.js')
const SINGLE_FILE = join(ROOT, 'release', `slipway-${HERE}`)
const COMMANDS = {
  '--version': ['--version'],
  '--help': ['--help'],
  'validate, 5 endpoints': ['validate'],
  'render, 5 endpoints': ['render'],
}
const ROUNDS = 15

const started = Object.entries(COMMANDS).flatMap(([title, args]) => [
  { name: `npm package: slipway ${title}`, args: [PACKAGE, ...args] },
  { name: `single file: slipway ${title}`, args, file: SINGLE_FILE },
])
const processes = [{ name: 'node -e 0', args: ['-e', '0'] }, ...started]

const directory = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  writeProject(directory, 5)
  const measured = measureInTurns(processes, { directory, rounds: ROUNDS })
  const node = measured[0]?.cpuSeconds ?? Number.NaN
  const rows = measured.map(({ seconds, cpuSeconds, peakBytes }, index) => [
    processes[index]?.name ?? '',
    seconds.toFixed(3),
    cpuSeconds.toFixed(3),
    // The single file takes no `--import`, so it does not say.
    peakBytes === 0 ? '–' : mebibytes(peakBytes),
    (cpuSeconds / node).toFixed(1),
  ])
  printTable(['process', 'wall seconds', 'CPU seconds', 'peak MiB', 'CPU ÷ node -e 0'], rows)
} finally {
  rmSync(directory, { recursive: true, force: true })
}
