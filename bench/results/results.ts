import { cpus, totalmem } from 'node:os'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Requests } from '../measure/audit.ts'
import type { Usage } from '../measure/run-command.ts'
import type { Operation } from '../peers/peer.ts'

export interface Sample extends Usage {
  requests: Requests
}

/** One tool doing one thing with so many endpoints. */
export interface Cell {
  tool: string
  endpoints: number
  operation: Operation
  samples: Sample[]
  /** What kept it from being done. */
  failure?: string
  /** It was ended after so many seconds. */
  limitSeconds?: number
}

export interface Results {
  machine: { cores: number; cpu: string; memoryGiB: number; node: string }
  /** By tool; those that were measured. */
  versions: Record<string, string>
  /** By tool: why it was not measured. */
  missing: Record<string, string>
  cells: Cell[]
}

export function newResults(): Results {
  return { machine: machine(), versions: {}, missing: {}, cells: [] }
}

function machine(): Results['machine'] {
  const all = cpus()
  const memoryGiB = Math.round(totalmem() / 2 ** 30)
  return { cores: all.length, cpu: all[0]?.model ?? '', memoryGiB, node: process.version }
}

/** New ones where the file is not there. */
export function readResults(file: string): Results {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : newResults()
}

/** One cell to a line. */
export function writeResults(file: string, { cells, ...rest }: Results): void {
  const head = JSON.stringify(rest).slice(0, -1)
  const measured = cells.filter(cell => cell.samples.length > 0 || cell.failure !== undefined)
  const lines = measured.map(cell => JSON.stringify(cell)).join(',\n')
  writeFileSync(file, `${head},"cells":[\n${lines}\n]}\n`)
}

export type CellKey = Pick<Cell, 'tool' | 'endpoints' | 'operation'>

export function findCell({ cells }: Results, key: CellKey): Cell | undefined {
  return cells.find(
    ({ tool, endpoints, operation }) =>
      tool === key.tool && endpoints === key.endpoints && operation === key.operation,
  )
}

export function cellOf(results: Results, key: CellKey): Cell {
  const found = findCell(results, key)
  if (found !== undefined) return found
  const cell = { ...key, samples: [] }
  results.cells.push(cell)
  return cell
}

/** Of the middle; undefined for none. */
export function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

export function medianOf(
  cell: Cell | undefined,
  value: (sample: Sample) => number,
): number | undefined {
  return median(cell?.samples.map(value) ?? [])
}
