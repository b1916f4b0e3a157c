import type { Operation } from '../peers/peer.ts'
import { findCell, medianOf, type Results } from './results.ts'

/** What slipway is measured by: at most so many times the limit, or the fastest peer at least so many times slipway. */
export type Target = { atMostTimesRaw: number } | { fastestPeerTimes: number }

export const TARGETS: Record<Operation, Target> = {
  first: { atMostTimesRaw: 1.25 },
  noop: { fastestPeerTimes: 10 },
  diff: { fastestPeerTimes: 10 },
  change: { fastestPeerTimes: 7 },
  prune: { fastestPeerTimes: 1 },
  delete: { fastestPeerTimes: 1 },
}

export interface Place {
  endpoints: number
  operation: Operation
}

/** Median wall seconds; undefined where there are none, or where the tool failed. */
export function secondsOf(results: Results, tool: string, place: Place): number | undefined {
  const cell = findCell(results, { tool, ...place })
  return cell?.failure === undefined ? medianOf(cell, ({ seconds }) => seconds) : undefined
}

/** By the single file, where it was measured. Undefined where something is missing that it takes to tell. */
export function isMet(results: Results, place: Place): boolean | undefined {
  const target = TARGETS[place.operation]
  const own = secondsOf(results, 'single-file', place) ?? secondsOf(results, 'slipway', place)
  const isLimit = 'atMostTimesRaw' in target
  const other = isLimit ? secondsOf(results, 'raw', place) : fastestPeer(results, place)?.seconds
  if (own === undefined || other === undefined) return undefined
  return isLimit ? own <= other * target.atMostTimesRaw : other >= own * target.fastestPeerTimes
}

export function fastestPeer(results: Results, place: Place) {
  return peersOf(results)
    .map(tool => ({ tool, seconds: secondsOf(results, tool, place) ?? Infinity }))
    .filter(({ seconds }) => seconds !== Infinity)
    .toSorted((a, b) => a.seconds - b.seconds)[0]
}

/** Other forms of slipway: its single file, and its last release. */
const FORMS = ['single-file', 'released']
const OWN = new Set(['slipway', 'raw', ...FORMS])

/** Tools that were measured, without slipway and the limit. */
export function peersOf({ versions }: Results): string[] {
  return Object.keys(versions).filter(tool => !OWN.has(tool))
}

export function formsOf({ versions }: Results): string[] {
  return FORMS.filter(tool => tool in versions)
}

export function targetText(target: Target): string {
  return 'atMostTimesRaw' in target
    ? `≤ ${target.atMostTimesRaw} × raw`
    : `fastest peer ≥ ${target.fastestPeerTimes} ×`
}
