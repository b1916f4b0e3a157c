import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { HERE } from '../scripts/single-file/node-binary.ts'
import { measure } from './measure.ts'
import { mebibytes, printTable } from './print-table.ts'
import { writeProject } from './project.ts'

/** Times the start of the npm package and of the single file, and prints what docs/performance.md shows: npm run bench:start */

const ROOT = resolve(import.meta.dirname, '..')
const PACKAGE = join(ROOT, 'dist/cli/main.js')
const SINGLE_FILE = join(ROOT, 'release', `slipway-${HERE}`)
const COMMANDS = { '--version': ['--version'], 'validate, 5 endpoints': ['validate'] }

const directory = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  writeProject(directory, 5)
  const node = measure(['-e', '0'], directory)
  const started = Object.entries(COMMANDS).flatMap(([title, args]) => [
    { name: `npm package: slipway ${title}`, ...measure([PACKAGE, ...args], directory) },
    { name: `single file: slipway ${title}`, ...measure(args, directory, SINGLE_FILE) },
  ])
  const rows = [{ name: 'node -e 0', ...node }, ...started].map(({ name, seconds, peakBytes }) => [
    name,
    seconds.toFixed(3),
    // The single file takes no `--import`, so it does not say.
    peakBytes === 0 ? '–' : mebibytes(peakBytes),
    (seconds / node.seconds).toFixed(1),
  ])
  printTable(['process', 'wall seconds', 'peak MiB', 'times node -e 0'], rows)
} finally {
  rmSync(directory, { recursive: true, force: true })
}
