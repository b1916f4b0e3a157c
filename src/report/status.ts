import { API_VERSION } from '../object/index.ts'
import type { Revision } from '../plan/index.ts'
import type { EndpointStatus } from '../status/index.ts'
import { cleanLine, quoteLines } from './clean.ts'
import { formatAge, formatSeconds } from './duration.ts'
import { SYMBOLS } from './style.ts'
import type { Colour, Paint } from './style.ts'
import { formatTable } from './table.ts'
import { shortCommit } from './words.ts'

/** How a set is: its endpoints, and what was applied to it last. */
export interface StatusReport {
  environment: string
  endpoints: readonly ShownEndpoint[]
  lastRevision?: Revision | undefined
}

/** `inGit`: false for one that only the cluster has. */
export type ShownEndpoint = EndpointStatus & { inGit: boolean }

const HEADER = ['', 'ENDPOINT', 'RUNTIME', 'PODS', 'GPUS', 'AGE', 'SERVES', 'STATE']

/** A line for the revision, one for each endpoint, and why those that failed did; `now` in milliseconds. */
export function statusAsText(report: StatusReport, paint: Paint, now: number): string {
  const { endpoints } = report
  const rows = endpoints.map(endpoint => row(endpoint, paint, now))
  const table = formatTable([HEADER.map(title => paint('dim', title)), ...rows])
  const lines = [
    revisionLine(report, now),
    ...(endpoints.length === 0 ? ['No endpoints.'] : table),
    ...endpoints.flatMap(endpoint => phaseLines(endpoint, paint)),
    ...endpoints.flatMap(endpoint => diagnosisLines(endpoint, paint)),
  ]
  return `${lines.join('\n')}\n`
}

export function statusAsJson({ environment, endpoints, lastRevision }: StatusReport) {
  return { apiVersion: API_VERSION, kind: 'Status', environment, lastRevision, endpoints }
}

function row(status: ShownEndpoint, paint: Paint, now: number): string[] {
  const { endpoint, runtime, replicas, gpus, createdAt, state } = status
  const [symbol, colour] = STATES[state]
  return [
    paint(colour, symbol),
    `${cleanLine(endpoint)}${status.inGit ? '' : ' (not in git)'}`,
    runtime ?? '-',
    replicas === undefined ? '-' : `${replicas.ready}/${replicas.desired}`,
    gpus === undefined || gpus === 0 ? '-' : String(gpus),
    formatAge(createdAt, now),
    cleanLine(status.model ?? lastPart(status.image) ?? status.address ?? '-'),
    `${paint(colour, state)}${stateWords(status)}`,
  ]
}

/** Why it failed is told below the table. */
function stateWords({ state, message, diagnosis }: EndpointStatus): string {
  if (state === 'ready') return ''
  return state === 'failed' && diagnosis !== undefined
    ? ` (${cleanLine(diagnosis.cause)})`
    : `: ${cleanLine(message)}`
}

const STATES: Record<EndpointStatus['state'], [symbol: string, colour: Colour]> = {
  ready: [SYMBOLS.done, 'green'],
  progressing: [SYMBOLS.running, 'yellow'],
  terminating: [SYMBOLS.running, 'yellow'],
  absent: [SYMBOLS.skipped, 'yellow'],
  failed: [SYMBOLS.failed, 'red'],
}

function lastPart(image: string | undefined): string | undefined {
  return image?.slice(image.lastIndexOf('/') + 1)
}

function revisionLine({ environment, lastRevision }: StatusReport, now: number): string {
  if (lastRevision === undefined) return `${environment}: nothing has been applied yet`
  const { commit, time, actor, result, dirty } = lastRevision
  const what = `${shortCommit(commit)}${dirty ? ' with uncommitted changes' : ''}`
  return `${environment}: ${what}, applied ${formatAge(time, now)} ago by ${cleanLine(actor)}: ${result}`
}

/** Where an endpoint is that is still on its way, and what has taken how long. */
function phaseLines({ endpoint, state, phases = [] }: EndpointStatus, paint: Paint): string[] {
  if (state !== 'progressing' || phases.length === 0) return []
  const steps = phases.map(({ phase, seconds }) => `${phase} ${formatSeconds(seconds)}`)
  return [`${paint('bold', cleanLine(endpoint))}: ${steps.join(` ${SYMBOLS.arrow} `)}`]
}

function diagnosisLines({ endpoint, state, diagnosis }: EndpointStatus, paint: Paint): string[] {
  if (diagnosis === undefined || state === 'ready') return []
  return [
    '',
    `${paint('bold', cleanLine(endpoint))}: ${cleanLine(diagnosis.summary)}`,
    ...diagnosis.evidence.flatMap(fact => quoteLines(fact, '  ')),
    `  ${paint('dim', 'do:')} ${cleanLine(diagnosis.remedy)}`,
  ]
}
