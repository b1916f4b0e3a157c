import { printTable } from '../print-table.ts'

export interface Cost {
  command: string
  /** In each environment. */
  endpoints: number
  seconds: number
  cpuSeconds: number
  peakMiB: number
}

/** As docs/performance.md shows it: what each command costs, and whether that grows as the number of endpoints does. */
export function printGrowth(costs: readonly Cost[]): void {
  const smallest = new Map(costs.toReversed().map(cost => [cost.command, cost]))
  const rows = costs.map(cost => {
    const base = smallest.get(cost.command) ?? cost
    return [
      cost.command,
      cost.endpoints.toLocaleString('en'),
      cost.seconds.toFixed(2),
      cost.cpuSeconds.toFixed(2),
      cost.peakMiB.toFixed(0),
      (perEndpoint(cost) / perEndpoint(base)).toFixed(2),
    ]
  })
  printTable(
    ['command', 'endpoints', 'wall s', 'CPU s', 'peak MiB', 'ratio to linear growth'],
    rows,
  )
}

const perEndpoint = ({ cpuSeconds, endpoints }: Cost) => cpuSeconds / endpoints
