import { kindOf } from '../../kinds/index.ts'
import { formatRef } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { plural } from '../../words/index.ts'
import type { Action } from '../action.ts'

/** Refusals that keep a mistake small. Each has its own way to say "yes, I mean it". */
export interface GuardInput {
  actions: readonly Action[]
  /** Objects of the set that are live now. */
  liveCount: number
  desiredCount: number
  /** The same without the project's own objects. */
  liveOfEndpoints: number
  desiredOfEndpoints: number
  maxPrune: { count: number; share: number }
  overrides: GuardOverrides
}

export interface GuardOverrides {
  /** Deleting was asked for by name or with --all. */
  removalsIntended: boolean
  allowEmpty: boolean
  /** --max-prune: replaces the environment's count and share. */
  maxPrune?: number
  /** --prune-data */
  pruneData: boolean
  /** --allow-loss */
  allowLoss?: boolean
}

export function guards(input: GuardInput): Problem[] {
  return [emptyRender(input), tooManyPrunes(input), ...dataKinds(input), ...losses(input)].filter(
    problem => problem !== undefined,
  )
}

/** A folder of endpoints that was moved leaves the project's own objects. */
function emptyRender(input: GuardInput): Problem | undefined {
  const { desiredCount, liveCount, desiredOfEndpoints, liveOfEndpoints, overrides } = input
  if (overrides.allowEmpty || overrides.removalsIntended) return undefined
  const isEmpty = desiredCount === 0 && liveCount > 0
  if (!isEmpty && (desiredOfEndpoints > 0 || liveOfEndpoints === 0)) return undefined
  return refusal(
    isEmpty
      ? `nothing was rendered, and ${plural(liveCount, 'live object')} of the set would be deleted`
      : `no endpoint was rendered, and ${plural(liveOfEndpoints, 'live object')} of endpoints would be deleted`,
    'Check that the endpoints folder is the right one. To delete everything: slipway delete --all.',
  )
}

/** One endpoint may always go: it is one file in one commit. Beyond that, count and share of the objects both limit. */
function tooManyPrunes({
  actions,
  liveCount,
  maxPrune,
  overrides,
}: GuardInput): Problem | undefined {
  const prunes = actions.filter(action => action.type === 'prune')
  const endpoints = new Set(prunes.map(action => action.endpoint))
  if (overrides.removalsIntended || endpoints.size <= 1) return undefined
  const allowed =
    overrides.maxPrune ?? Math.min(maxPrune.count, Math.floor(liveCount * maxPrune.share))
  if (prunes.length <= allowed) return undefined
  return refusal(
    `${prunes.length} of ${liveCount} live objects of ${endpoints.size} endpoints would be deleted; at most ${allowed} may be at once`,
    `If that is intended, run again with --max-prune ${prunes.length}, or raise policies.maxPrune of the environment.`,
  )
}

function dataKinds({ actions, overrides }: GuardInput): Problem[] {
  if (overrides.pruneData) return []
  return actions
    .filter(
      action => action.type !== 'create' && action.type !== 'update' && action.type !== 'adopt',
    )
    .filter(action => kindOf(action.ref).holdsData === true)
    .map(action => ({
      ...refusal(
        `${formatRef(action.ref)} would be deleted, with everything it holds`,
        'If that is intended, run again with --prune-data.',
      ),
      object: formatRef(action.ref),
    }))
}

/** What others have is not to be lost by the way. */
function losses({ actions, overrides }: GuardInput): Problem[] {
  if (overrides.allowLoss) return []
  return actions.flatMap(({ ref, endpoint, losses: lost = [] }) => {
    if (lost.length === 0) return []
    const message = `${formatRef(ref)} takes from others: ${lost.join('; ')}`
    const remedy =
      'Add it to the endpoint spec or its patches, or change what points at it first. If the loss is intended, run again with --allow-loss.'
    const cause = 'Others made this, or rely on it, and git does not have it.'
    return [{ ...refusal(message, remedy), object: formatRef(ref), endpoint, cause }]
  })
}

function refusal(message: string, remedy: string): Problem {
  return { code: 'guard', severity: 'error', message, remedy }
}
