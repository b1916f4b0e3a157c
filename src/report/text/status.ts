import { formatRef } from '../../object/index.ts'
import type { Deviation, Revision, SyncState } from '../../plan/index.ts'
import type { EndpointStatus } from '../../status/index.ts'
import type { ShownEndpoint, StatusReport } from '../../overview/index.ts'
import { cleanLine, quoteLines } from '../clean.ts'
import { componentLines } from './component-lines.ts'
import { fieldLines } from '../field-change.ts'
import { narrowTable, type NarrowRow } from './narrow.ts'
import { SYMBOLS, type Colour, type Paint } from './style.ts'
import { formatTable, isWithin } from './table.ts'
import { wrapLines } from './wrap.ts'
import { formatAge, formatSeconds, plural, shortCommit, someOf } from '../../words/index.ts'

const HEADER = ['', 'ENDPOINT', 'RUNTIME', 'PODS', 'GPUS', 'AGE', 'REVISION', 'SYNC']
const SHORT_HEADER = [...HEADER, 'SERVES', 'STATE']
const WIDE_HEADER = [...HEADER, 'NAMESPACE', 'IMAGE', 'MODEL', 'ADDRESS', 'STATE']
/** Of a screen that the others do not fit: what matters most first, and what is last goes first. */
const NARROW = [
  '',
  'ENDPOINT',
  'STATE',
  'PODS',
  'SYNC',
  'AGE',
  'REVISION',
  'GPUS',
  'RUNTIME',
  'SERVES',
]

/**
 * A line for the revision, one for each endpoint, what drifted, and why those that failed did; `now` in milliseconds. `wide`
 * has image, model and address in columns of their own. On a screen that is too narrow the state comes first, and lines break at words.
 */
export function statusAsText(report: StatusReport, look: StatusLook): string {
  const { endpoints } = report
  const { paint, now, columns } = look
  const lines = [
    revisionLine(report, now),
    ...deletionLine(report, now),
    ...gitLine(report),
    ...(endpoints.length === 0 ? ['No endpoints.'] : tableLines(report, look)),
    ...endpoints.flatMap(endpoint => canaryLines(endpoint, paint)),
    ...endpoints.flatMap(endpoint => phaseLines(endpoint, paint)),
    ...endpoints.flatMap(endpoint => driftLines(endpoint, report.environment, paint)),
    ...endpoints.flatMap(endpoint => diagnosisLines(endpoint, paint)),
  ]
  return `${wrapLines(lines, columns)}\n`
}

function tableLines({ endpoints }: StatusReport, look: StatusLook): string[] {
  const { wide, columns = Infinity } = look
  const rows = endpoints.map(endpoint => statusRow(endpoint, look))
  const table = formatTable([statusHeader(look), ...rows])
  if (wide || isWithin(table, columns)) return table
  // The words of a state have a line of their own; columns that do not fit are left out.
  const narrow = endpoints.map(status => narrowRow(status, look))
  return narrowTable(narrowTitles(look), narrow, { columns, least: NARROW.indexOf('STATE') + 1 })
}

/** The titles of what narrowRow has. */
export function narrowTitles({ paint }: Pick<StatusLook, 'paint'>): string[] {
  return NARROW.map(title => paint('dim', title))
}

/** A row for a narrow screen: symbol, name and state first. */
export function narrowRow(status: ShownEndpoint, look: StatusLook): NarrowRow {
  const all = statusRow(status, { ...look, wide: false })
  const [colour] = [STATES[status.state][1]]
  const cells = NARROW.map(title =>
    title === 'STATE' ? look.paint(colour, status.state) : (all[SHORT_HEADER.indexOf(title)] ?? ''),
  )
  return { cells, words: stateWords(status, look.now).replace(/^: /, '').trim() }
}

export interface StatusLook {
  paint: Paint
  /** In milliseconds. */
  now: number
  /** With image, model and address in columns of their own. */
  wide?: boolean
  /** Of the screen; absent where it is none. */
  columns?: number | undefined
}

/** The table's titles, the first of which has the symbol below it. */
export function statusHeader({ paint, wide }: Omit<StatusLook, 'now'>): string[] {
  return (wide ? WIDE_HEADER : SHORT_HEADER).map(title => paint('dim', title))
}

/** What is told of an endpoint below the table: where it is on its way, what drifted, why it failed. */
export function statusDetails(
  endpoint: ShownEndpoint,
  environment: string,
  paint: Paint,
): string[] {
  return [
    ...componentLines(endpoint, paint),
    ...canaryLines(endpoint, paint),
    ...phaseLines(endpoint, paint),
    ...driftLines(endpoint, environment, paint),
    ...diagnosisLines(endpoint, paint),
  ]
}

/** A line of the table. */
export function statusRow(status: ShownEndpoint, { paint, now, wide }: StatusLook): string[] {
  const { endpoint, runtime, replicas, gpus, createdAt, state, image, model, address } = status
  const [symbol, colour] = STATES[state]
  const serves = wide
    ? [status.namespace, image, model, address]
    : [model ?? image?.slice(image.lastIndexOf('/') + 1) ?? address]
  return [
    paint(colour, symbol),
    `${cleanLine(endpoint)}${status.inGit ? '' : ' (not in git)'}`,
    runtime ?? '-',
    replicas === undefined ? '-' : `${replicas.ready}/${replicas.desired}`,
    gpus === undefined || gpus === 0 ? '-' : String(gpus),
    formatAge(createdAt, now),
    revisionOf(status),
    isNew(status) || status.isUnapplied ? '-' : paint(...SYNCS[status.sync]),
    ...serves.map(each => cleanLine(each ?? '-')),
    `${paint(colour, state)}${stateWords(status, now)}`,
  ]
}

/** `+`: with changes that were not committed. */
function revisionOf({ revision }: ShownEndpoint): string {
  if (revision === undefined) return '-'
  return `${cleanLine(shortCommit(revision.commit))}${revision.dirty ? '+' : ''}`
}

const SYNCS: Record<SyncState, [colour: Colour, word: string]> = {
  synced: ['green', 'synced'],
  drifted: ['yellow', 'drifted'],
  differs: ['yellow', 'differs'],
  unknown: ['yellow', '?'],
}

/** Git has it, and no apply has. */
function isNew({ state, inGit, revision, deletedBy }: ShownEndpoint): boolean {
  return state === 'absent' && inGit && revision === undefined && deletedBy === undefined
}

/** Why it failed is told below the table. */
function stateWords(status: ShownEndpoint, now: number): string {
  const { state, message, diagnosis, deletedBy, inGit, isUnapplied } = status
  if (state === 'ready') return isUnapplied ? ': running, not applied yet' : ''
  if (state === 'absent' && deletedBy !== undefined) {
    const back = inGit ? '; the next apply creates it again' : ''
    return `: deleted ${formatAge(deletedBy.time, now)} ago by ${cleanLine(deletedBy.actor)}${back}`
  }
  if (isNew(status)) return ': not applied yet'
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

export function revisionLine(report: StatusReport, now: number): string {
  const { environment, lastRevision, endpoints } = report
  if (lastRevision === undefined) {
    const isLive = endpoints.some(
      ({ state, sync, isUnapplied }) => !isUnapplied && (state !== 'absent' || sync === 'synced'),
    )
    const said = isLive ? 'what was applied is not recorded' : 'nothing has been applied yet'
    return cleanLine(`${environment}: ${said}`)
  }
  const { commit, time, actor, result, dirty } = lastRevision
  const done = result === 'begun' ? 'begun' : 'applied'
  const what = `${filesOf({ commit, dirty })}, ${done} ${formatAge(time, now)} ago by ${actor}`
  return cleanLine(`${environment}: ${what}: ${RESULTS[result]}`)
}

/** What git has comes back with the next apply. */
function deletionLine({ lastDeletion }: StatusReport, now: number): string[] {
  if (lastDeletion === undefined) return []
  const { only, time, actor, result } = lastDeletion
  const what = only === undefined ? 'everything' : someOf(only.map(cleanLine))
  return [
    `deleted: ${what}, ${formatAge(time, now)} ago by ${cleanLine(actor)}: ${RESULTS[result]}`,
  ]
}

/** Whether an apply that has begun is at work or was killed, the record does not say. */
const RESULTS: Record<Revision['result'], string> = {
  begun: 'not finished (still running, or killed)',
  succeeded: 'succeeded',
  failed: 'failed',
  interrupted: 'interrupted',
}

/** Said where the files here are not what was applied. */
function gitLine({ git, lastRevision }: StatusReport): string[] {
  if (git === undefined || lastRevision === undefined) return []
  if (git.commit === lastRevision.commit && !git.dirty) return []
  return [`git: ${filesOf(git)}`]
}

function filesOf({ commit, dirty }: { commit?: string | undefined; dirty: boolean }): string {
  return `${cleanLine(shortCommit(commit))}${dirty ? ' with uncommitted changes' : ''}`
}

const MOST_DEVIATIONS = 5

/** What somebody changed in the cluster while git stayed; what git changed is for `slipway diff` to show. */
function driftLines(
  { endpoint, sync, deviations }: ShownEndpoint,
  environment: string,
  paint: Paint,
): string[] {
  if (sync !== 'drifted') return []
  const left = deviations.length - MOST_DEVIATIONS
  return [
    '',
    `${paint('bold', cleanLine(endpoint))}: differs from git; slipway diff -e ${cleanLine(environment)} shows how`,
    ...deviations.slice(0, MOST_DEVIATIONS).flatMap(deviationLines),
    ...(left > 0 ? [`  and ${plural(left, 'more object')}`] : []),
  ]
}

/** Live value first, then git's. */
function deviationLines({ ref, reason, changes, conflicts = [] }: Deviation): string[] {
  const fields = changes.flatMap(fieldLines)
  return [
    `  ${formatRef(ref)}${changes.length === 0 ? `: ${cleanLine(reason)}` : ''}`,
    ...fields.map(({ sign, text }) => `    ${sign === ' ' ? '' : `${sign} `}${text}`),
    // The object is named above already.
    ...conflicts.map(conflict => `    ${cleanLine(conflict).replace(`${formatRef(ref)}: `, '')}`),
  ]
}

/** `chat: canary chat-b has 10 % of the requests, 1 of 1 pods ready, image server:2.0.0` */
function canaryLines({ endpoint, canary }: EndpointStatus, paint: Paint): string[] {
  if (canary === undefined) return []
  return [`${paint('bold', cleanLine(endpoint))}: ${cleanLine(candidateText(canary))}`]
}

export function candidateText({
  name,
  weight,
  replicas,
  image,
}: NonNullable<EndpointStatus['canary']>): string {
  return [
    `canary ${name} has ${weight === undefined ? 'an unknown share' : `${weight} %`} of the requests`,
    `${replicas.ready} of ${plural(replicas.desired, 'pod')} ready`,
    ...(image === undefined ? [] : [`image ${image}`]),
  ].join(', ')
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
