import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { measure } from './measure.ts'
import type { Measured } from './measure.ts'
import { writeProject } from './project.ts'
import { tableText } from './results/table.ts'

/** Times the built command line as whole processes and prints what docs/performance.md shows: npm run bench:render */

const CLI = resolve(import.meta.dirname, '../dist/cli/main.js')
const COUNTS = [100, 1_000, 5_000, 10_000]
/** What growth is measured against. */
const BASE = 1_000
const MIB = 2 ** 20

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  startUp()
  rendering()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function startUp(): void {
  const directory = project(5)
  const node = measure(['-e', '0'], directory)
  const rows = Object.entries({
    'node -e 0': node,
    'slipway --version': measure([CLI, '--version'], directory),
    'slipway validate, 5 endpoints': measure([CLI, 'validate'], directory),
  })
  const cells = rows.map(([name, { seconds, peakBytes }]) => [
    name,
    seconds.toFixed(3),
    mebibytes(peakBytes),
    (seconds / node.seconds).toFixed(1),
  ])
  print(['process', 'wall seconds', 'peak MiB', 'times node -e 0'], cells)
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
  print(['endpoints', 'wall seconds', 'peak MiB', 'ratio to linear growth'], cells)
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

function mebibytes(bytes: number): string {
  return (bytes / MIB).toFixed(0)
}

function print(head: string[], rows: string[][]): void {
  console.log(tableText({ head, rows, texts: 1 }))
}
