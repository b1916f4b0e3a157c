import { OPERATIONS, type Operation } from '../peers/peer.ts'
import { findCell, type CellKey, type Results } from './results.ts'
import { sizesOf } from './scale.ts'
import type { Table } from './table.ts'
import { formsOf, isMet, peersOf, secondsOf, TARGETS, targetText, type Place } from './targets.ts'

export const TITLES: Record<Operation, string> = {
  first: 'first apply',
  noop: 'no-op apply',
  diff: 'diff, one endpoint changed',
  change: 'apply, one endpoint changed',
  prune: 'apply, 10 % pruned',
  delete: 'delete all',
}

/** From here on the targets hold: below, starting is most of what there is. */
const TARGETS_FROM_ENDPOINTS = 250

/** slipway in seconds and in times the limit; each other form of slipway and each peer in times slipway. */
export function ratioTable(results: Results): Table {
  const others = [...formsOf(results), ...peersOf(results)]
  const places = placesOf(results)
  return {
    head: [
      'endpoints',
      'operation',
      'target',
      'slipway, s',
      'slipway ÷ raw',
      ...others.map(other => `${other} ÷ slipway`),
    ],
    texts: 3,
    rows: places.map(place => [
      place.endpoints.toLocaleString('en'),
      TITLES[place.operation],
      targetCell(results, place),
      secondsCell(results, 'slipway', place),
      ratio(secondsOf(results, 'slipway', place), secondsOf(results, 'raw', place)),
      ...others.map(other => otherCell(results, other, place)),
    ]),
  }
}

/** What was measured, by size and in the operations' order. */
function placesOf(results: Results): Place[] {
  const all = sizesOf(results).flatMap(endpoints =>
    OPERATIONS.map(operation => ({ endpoints, operation })),
  )
  return all.filter(({ endpoints, operation }) =>
    results.cells.some(
      cell =>
        cell.endpoints === endpoints && cell.operation === operation && cell.samples.length > 0,
    ),
  )
}

function targetCell(results: Results, place: Place): string {
  if (place.endpoints < TARGETS_FROM_ENDPOINTS) return ''
  const met = isMet(results, place)
  const mark = met === undefined ? '' : met ? ': met' : ': missed'
  return `${targetText(TARGETS[place.operation])}${mark}`
}

function otherCell(results: Results, tool: string, place: Place): string {
  const own = secondsOf(results, 'slipway', place)
  const unfinished = unfinishedCell(results, { tool, ...place }, limit => ratio(limit, own))
  return unfinished ?? ratio(secondsOf(results, tool, place), own)
}

export function secondsCell(results: Results, tool: string, place: Place): string {
  const unfinished = unfinishedCell(results, { tool, ...place }, limit => limit.toFixed(0))
  return unfinished ?? secondsOf(results, tool, place)?.toFixed(2) ?? '–'
}

/** `> 1800` for what was ended then. */
function unfinishedCell(
  results: Results,
  key: CellKey,
  text: (limitSeconds: number) => string,
): string | undefined {
  const { failure, limitSeconds } = findCell(results, key) ?? {}
  if (failure === undefined) return undefined
  return limitSeconds === undefined ? 'failed' : `> ${text(limitSeconds)}`
}

function ratio(value: number | undefined, base: number | undefined): string {
  if (value === undefined || base === undefined) return '–'
  const times = value / base
  return times >= 10 ? times.toFixed(0) : times.toPrecision(2)
}
