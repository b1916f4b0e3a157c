import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { costTable, secondsTable } from './results/detail-tables.ts'
import { plotText } from './results/plot.ts'
import { ratioTable } from './results/ratio-table.ts'
import { readResults, type Results } from './results/results.ts'
import { tableText } from './results/table.ts'

/** Makes the tables of docs/performance.md and its plot out of bench/results.json: npm run bench:report */

const ROOT = resolve(import.meta.dirname, '..')
const PAGE = resolve(ROOT, 'docs/performance.md')
const PLOT = resolve(ROOT, 'docs/performance.svg')
const SECTION = /(<!-- (\w+): written by bench\/report\.ts -->\n)[^]*?(<!-- end -->)/g

export interface Report {
  page: string
  plot: string
}

/** As they are. */
export function presentReport(): Report {
  return { page: readFileSync(PAGE, 'utf8'), plot: readFileSync(PLOT, 'utf8') }
}

/** As the results want them. */
export function wantedReport(): Report {
  const results = readResults(resolve(ROOT, 'bench/results.json'))
  const text = readFileSync(PAGE, 'utf8')
  const page = text.replaceAll(SECTION, (_, start: string, name: string, end: string) => {
    return `${start}\n${SECTIONS[name]?.(results) ?? ''}\n${end}`
  })
  return { page, plot: plotText(results) }
}

const SECTIONS: Record<string, (results: Results) => string> = {
  machine: ({ machine, versions, missing }) => {
    const tools = Object.entries(versions).map(([tool, version]) => `${tool} ${version}`)
    const absent = Object.entries(missing).map(([tool, reason]) => `Without ${tool}: ${reason}.`)
    const { cores, cpu, memoryGiB, node } = machine
    const place = `${cores} cores (${cpu.trim()}), ${memoryGiB} GiB, Node ${node}`
    return [`${place}. ${tools.join(', ')}.`, ...absent, ''].join('\n')
  },
  ratios: results => tableText(ratioTable(results)),
  seconds: results => tableText(secondsTable(results)),
  costs: results => tableText(costTable(results, COSTS_AT)),
}

/** 1,250 objects. */
const COSTS_AT = 250

if (import.meta.main) {
  const { page, plot } = wantedReport()
  writeFileSync(PAGE, page)
  writeFileSync(PLOT, plot)
}
