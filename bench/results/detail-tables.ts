import { OPERATIONS, type Operation } from '../peers/peer.ts'
import { secondsCell, TITLES } from './ratio-table.ts'
import { findCell, medianOf, type Results, type Sample } from './results.ts'
import { sizesOf } from './scale.ts'
import type { Table } from './table.ts'

/** Median wall seconds of every tool, and of how many runs. */
export function secondsTable(results: Results): Table {
  const places = sizesOf(results).flatMap(endpoints =>
    toolsOf(results).map(tool => ({ endpoints, tool })),
  )
  return {
    head: ['endpoints', 'tool', 'runs', ...OPERATIONS.map(operation => TITLES[operation])],
    texts: 2,
    rows: places.map(({ endpoints, tool }) => [
      endpoints.toLocaleString('en'),
      tool,
      String(findCell(results, { tool, endpoints, operation: 'first' })?.samples.length ?? 0),
      ...OPERATIONS.map(operation => secondsCell(results, tool, { endpoints, operation })),
    ]),
  }
}

/** What a first and a no-op apply take of the client and of the API server. */
export function costTable(results: Results, endpoints: number): Table {
  const both: Operation[] = ['first', 'noop']
  const cells = (tool: string, text: (sample: Sample) => string) =>
    both.map(operation => {
      const cell = findCell(results, { tool, endpoints, operation })
      const seconds = medianOf(cell, sample => sample.seconds)
      const sample = cell?.samples.find(each => each.seconds === seconds)
      return sample === undefined ? '–' : text(sample)
    })
  return {
    head: ['tool', ...COSTS.flatMap(({ title }) => both.map(one => `${title}, ${SHORT[one]}`))],
    texts: 1,
    rows: toolsOf(results).map(tool => [tool, ...COSTS.flatMap(({ text }) => cells(tool, text))]),
  }
}

const SHORT: Partial<Record<Operation, string>> = { first: 'first', noop: 'no-op' }

const COSTS: { title: string; text: (sample: Sample) => string }[] = [
  { title: 'CPU s', text: ({ cpuSeconds }) => cpuSeconds.toFixed(2) },
  { title: 'peak MiB', text: ({ peakMiB }) => String(peakMiB) },
  { title: 'requests', text: ({ requests }) => requestsText(requests) },
]

function requestsText(requests: Sample['requests']): string {
  const verbs = Object.entries(requests).toSorted(([, a], [, b]) => b - a)
  const total = verbs.reduce((sum, [, count]) => sum + count, 0)
  const shown = verbs.map(([verb, count]) => `${count.toLocaleString('en')} ${verb}`)
  return `${total.toLocaleString('en')} (${shown.join(', ')})`
}

function toolsOf({ versions }: Results): string[] {
  return Object.keys(versions)
}
