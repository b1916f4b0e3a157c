import type { EnvironmentStatus, FleetStatus, StatusReport } from '../../overview/index.ts'
import { API_VERSION } from '../../object/index.ts'
import { plural } from '../../words/index.ts'
import { cleanLine } from '../clean.ts'
import type { OutputDocument } from '../documents.ts'
import {
  narrowRow,
  narrowTitles,
  revisionLine,
  statusAsJson,
  statusDetails,
  statusHeader,
  statusRow,
} from './status.ts'
import { SYMBOLS } from './style.ts'
import type { Paint } from './style.ts'
import { narrowTable } from './narrow.ts'
import type { NarrowRow } from './narrow.ts'
import { formatTable, textWidth } from './table.ts'
import { wrapLine } from './wrap.ts'

interface Look {
  paint: Paint
  wide?: boolean
  /** Of the screen; absent where it is none. */
  columns?: number | undefined
}

/** A line for what was applied to each environment, one table for all endpoints, then what is to be said of some. */
export function fleetAsText(fleet: FleetStatus, { paint, wide = false, columns }: Look): string {
  const lines = [
    ...fleet.environments.map(each => headLine(each)),
    ...tableOf(fleet, { paint, wide, ...(columns !== undefined && { columns }) }),
    ...fleet.environments.flatMap(each => detailsOf(each, paint)),
  ]
  return `${lines.flatMap(line => wrapLine(line, columns)).join('\n')}\n`
}

/** On a screen that is too narrow the state comes first, and columns that do not fit are left out. */
function tableOf({ environments }: FleetStatus, look: Look): string[] {
  const { paint, wide = false, columns = Infinity } = look
  const [symbol = '', ...names] = statusHeader({ paint, wide })
  const header = [symbol, paint('dim', 'ENVIRONMENT'), ...names]
  const rows = environments.flatMap(each => rowsOf(each, { paint, wide }))
  if (rows.length === 0) return ['No endpoints.']
  const table = formatTable([header, ...rows])
  if (wide || table.every(line => textWidth(line) <= columns)) return table
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

function rowsOf(
  status: EnvironmentStatus,
  { paint, wide }: { paint: Paint; wide: boolean },
): string[][] {
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

export function fleetAsJson({ project, environments }: FleetStatus): OutputDocument<'FleetStatus'> {
  return {
    apiVersion: API_VERSION,
    kind: 'FleetStatus',
    project,
    environments: environments.map(({ environment, context, report, problems }) => ({
      environment,
      ...(context === undefined ? {} : { context }),
      isKnown: report !== undefined,
      ...(report === undefined ? {} : { gpus: gpusOf(report), status: statusAsJson(report) }),
      problems,
    })),
  }
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
