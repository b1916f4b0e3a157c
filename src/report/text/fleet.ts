import type { EnvironmentStatus, FleetStatus, StatusReport } from '../../overview/index.ts'
import { plural } from '../../words/index.ts'
import { cleanLine } from '../clean.ts'
import {
  narrowRow,
  narrowTitles,
  revisionLine,
  statusDetails,
  statusHeader,
  statusRow,
  type StatusLook,
} from './status.ts'
import { SYMBOLS, type Paint } from './style.ts'
import { narrowTable, type NarrowRow } from './narrow.ts'
import { formatTable, isWithin } from './table.ts'
import { wrapLines } from './wrap.ts'

type FleetLook = Omit<StatusLook, 'now'>

/** A line for what was applied to each environment, one table for all endpoints, then what is to be said of some. */
export function fleetAsText(fleet: FleetStatus, look: FleetLook): string {
  const { paint, columns } = look
  const lines = [
    ...fleet.environments.map(each => headLine(each)),
    ...tableOf(fleet, look),
    ...fleet.environments.flatMap(each => detailsOf(each, paint)),
  ]
  return `${wrapLines(lines, columns)}\n`
}

/** On a screen that is too narrow the state comes first, and columns that do not fit are left out. */
function tableOf({ environments }: FleetStatus, look: FleetLook): string[] {
  const { paint, wide = false, columns = Infinity } = look
  const [symbol = '', ...names] = statusHeader({ paint, wide })
  const header = [symbol, paint('dim', 'ENVIRONMENT'), ...names]
  const rows = environments.flatMap(each => rowsOf(each, { paint, wide }))
  if (rows.length === 0) return ['No endpoints.']
  const table = formatTable([header, ...rows])
  if (wide || isWithin(table, columns)) return table
  const titles = stateFirst(narrowTitles({ paint }), paint('dim', 'ENVIRONMENT'))
  const narrow = environments.flatMap(each => narrowRowsOf(each, paint))
  return narrowTable(titles, narrow, { columns, least: 4 })
}

/** With two names before it the state might come to stand below them. */
function stateFirst(cells: readonly string[], environment: string): string[] {
  const [symbol = '', endpoint = '', state = '', ...others] = cells
  return [symbol, state, environment, endpoint, ...others]
}

function narrowRowsOf(status: EnvironmentStatus, paint: Paint): NarrowRow[] {
  const { environment, report, now } = status
  const name = cleanLine(environment)
  if (report === undefined) {
    const cells = [paint('red', SYMBOLS.failed), '-', paint('red', 'not known')]
    return [{ cells: stateFirst(cells, name), words: reasonOf(status) }]
  }
  return report.endpoints.map(endpoint => {
    const { cells, words } = narrowRow(endpoint, { paint, now, wide: false })
    return { cells: stateFirst(cells, name), words }
  })
}

function headLine({ environment, report, now }: EnvironmentStatus): string {
  if (report === undefined) return `${cleanLine(environment)}: not known`
  const gpus = gpusOf(report)
  return `${revisionLine(report, now)}${gpus === 0 ? '' : `, ${plural(gpus, 'GPU')}`}`
}

function rowsOf(status: EnvironmentStatus, { paint, wide = false }: FleetLook): string[][] {
  const { environment, report, now } = status
  const name = cleanLine(environment)
  if (report === undefined) return [[paint('red', SYMBOLS.failed), name, reasonOf(status)]]
  return report.endpoints.map(endpoint => {
    const [symbol = '', ...cells] = statusRow(endpoint, { paint, now, wide })
    return [symbol, name, ...cells]
  })
}

/** Why an environment could not be read. */
export function reasonOf({ problems }: EnvironmentStatus): string {
  const error = problems.find(({ severity }) => severity === 'error')
  return cleanLine(error?.message ?? 'it could not be read')
}

function detailsOf({ environment, report }: EnvironmentStatus, paint: Paint): string[] {
  const endpoints = report?.endpoints ?? []
  return endpoints.flatMap(each =>
    statusDetails({ ...each, endpoint: `${environment}/${each.endpoint}` }, environment, paint),
  )
}

/** `production/chat`, a line each. */
export function fleetNames({ environments }: FleetStatus): string {
  const names = environments.flatMap(({ environment, report }) =>
    (report?.endpoints ?? []).map(({ endpoint }) => `${cleanLine(`${environment}/${endpoint}`)}\n`),
  )
  return names.join('')
}

/** GPUs of all replicas that are asked for; what an autoscaler may add is not in it. */
export function gpusOf({ endpoints }: StatusReport): number {
  const counts = endpoints.map(({ gpus = 0, replicas }) => gpus * (replicas?.desired ?? 0))
  return counts.reduce((sum, count) => sum + count, 0)
}
