import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { measure, type Measured } from './measure.ts'
import { writeProject } from './project.ts'
import { mebibytes, printTable } from './print-table.ts'

/** Times the built command line as whole processes and prints what docs/performance.md shows: npm run bench:render */

const CLI = resolve(import.meta.dirname, '../dist/cli/main.js')
const COUNTS = [100, 1_000, 5_000, 10_000]
/** What growth is measured against. */
const BASE = 1_000

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  rendering()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function rendering(): void {
  const start = render(1)
  const measured = new Map(COUNTS.map(count => [count, render(count)]))
  const each = (count: number) => perEndpoint({ start, measured, count })
  const cells = [...measured].map(([count, { seconds, peakBytes }]) => [
    count.toLocaleString('en'),
    seconds.toFixed(2),
    mebibytes(peakBytes),
    (each(count) / each(BASE)).toFixed(2),
  ])
  printTable(['endpoints', 'wall seconds', 'peak MiB', 'ratio to linear growth'], cells)
}

interface Growth {
  /** Of one endpoint, which is mostly starting. */
  start: Measured
  measured: ReadonlyMap<number, Measured>
  count: number
}

/** Seconds, without what starting takes. */
function perEndpoint({ start, measured, count }: Growth): number {
  return ((measured.get(count)?.seconds ?? Number.NaN) - start.seconds) / (count - 1)
}

function render(count: number): Measured {
  const directory = project(count)
  const measured = measure([CLI, 'render'], directory)
  const found = measured.output.match(/^kind: (Deployment|InferenceService)$/gm)?.length ?? 0
  if (found !== count) throw new Error(`${count} endpoints were rendered as ${found}`)
  return measured
}

function project(count: number): string {
  const directory = join(folder, String(count))
  writeProject(directory, count)
  return directory
}
