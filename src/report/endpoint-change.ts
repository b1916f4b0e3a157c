import { isRuntime } from '../kinds/index.ts'
import type { ActionType } from '../plan/index.ts'
import { listOf, plural } from '../words/index.ts'
import type { Change } from './change.ts'
import { highlightsOf } from './highlights.ts'
import { impactOf, type Impact } from './impact/impact.ts'
import { newcomerWords } from './newcomer.ts'
import { canaryWords, isOfCandidate, withoutCanary } from './canary/words.ts'

/** Everything that happens to one endpoint, in words first. */
export interface EndpointChange {
  endpoint: string
  verb: Verb
  /** What changes: `image v7 → v8`. */
  highlights: string[]
  /** What it means: whether pods restart, whether there is a gap in service. */
  impact: Impact
  changes: Change[]
}

export type Verb = 'create' | 'update' | 'adopt' | 'replace' | 'switch' | 'delete'

/** Changes by endpoint, in the order of the plan. */
export function endpointChanges(changes: readonly Change[]): EndpointChange[] {
  return [...Map.groupBy(changes, change => change.endpoint)].map(([endpoint, group]) => {
    const verb = verbOf(group)
    return {
      endpoint,
      verb,
      highlights: wordsFor(verb, group),
      impact: impactOf(group),
      changes: group,
    }
  })
}

/** The strongest action gives the endpoint's verb; one kind of action alone names it, if it is done to all of the endpoint. */
function verbOf(changes: readonly Change[]): Verb {
  const types = new Set<ActionType>(changes.map(change => change.type))
  if (types.has('switch')) return 'switch'
  if (types.has('replace')) return 'replace'
  const [only] = types
  if (types.size !== 1) return 'update'
  if (only === 'adopt') return only
  const isPart = changes.some(({ stays }) => stays)
  if (only === 'prune' && !isPart) return 'delete'
  if (only === 'create' && !isPart) return 'create'
  return 'update'
}

function wordsFor(verb: Verb, changes: readonly Change[]): string[] {
  if (verb === 'create')
    return [
      listOf(changes.map(change => change.ref.kind)),
      ...newcomerWords(changes),
      ...canaryWords(changes),
    ]
  if (verb === 'delete')
    return [listOf(changes.map(change => change.ref.kind)), ...reasons(changes)]
  const canary = canaryWords(changes)
  const { words, others } = highlightsOf(withoutCanary(changes), isOfCandidate)
  if (verb === 'switch') return [switchWords(changes), ...words]
  if (verb === 'replace') return [...reasons(changes), ...words]
  const told = [...canary, ...additions(changes), ...words]
  if (told.length === 0 && others > 0) return [plural(others, 'field')]
  if (told.length === 0) return [`${plural(changes.length, 'object')}${goneWords(changes)}`]
  return others === 0 ? told : [...told, plural(others, 'more field')]
}

/** Which kinds go is told with what it means. */
function goneWords(changes: readonly Change[]): string {
  return changes.every(({ type }) => type === 'prune') ? ' no longer rendered' : ''
}

function additions(changes: readonly Change[]): string[] {
  const created = changes.filter(change => change.type === 'create').map(change => change.ref.kind)
  return created.length === 0 ? [] : [`adds ${listOf(created)}`]
}

function switchWords(changes: readonly Change[]): string {
  const from = changes.find(change => change.type === 'switch')?.ref.kind ?? 'workload'
  const to = changes.find(change => change.type === 'create' && isRuntime(change.ref))
  return to === undefined ? `removes ${from}` : `${from} → ${to.ref.kind}`
}

/** Reasons of deletions and replacements, each once. */
function reasons(changes: readonly Change[]): string[] {
  const told = changes.filter(change => change.type === 'prune' || change.type === 'replace')
  return [...new Set(told.map(change => change.reason).filter(reason => reason !== ''))]
}
