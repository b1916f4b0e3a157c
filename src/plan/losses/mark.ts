import { isWorkload } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { Action } from '../action.ts'
import type { Outcome } from '../decide/decision.ts'
import { ownEntry } from '../fields/entries.ts'
import type { Outsiders } from '../observe/outsiders.ts'
import { partsLost } from './parts.ts'
import { mayTake, referencesLost, type Becoming } from './lost-references.ts'

interface LossesInput {
  actions: Action[]
  /** What becomes of the objects of decided actions. */
  outcomes: ReadonlyMap<Action, Outcome>
  live: ReadonlyMap<string | undefined, KubeObject>
  outsiders: Outsiders
}

/** Writes down at each action what it takes from others. Asks for objects outside the set only where there may be something. */
export async function markLosses({
  actions,
  outcomes,
  live,
  outsiders,
}: LossesInput): Promise<void> {
  await Promise.all(
    actions.map(async action => {
      const becoming = becomingOf(action, { actions, outcomes, live })
      if (becoming === undefined) return
      const parts = becoming.isAdopted ? partsLost(becoming.live, becoming.result) : []
      const { objects } = mayTake(becoming)
        ? await outsiders(action.ref.namespace ?? '')
        : { objects: [] }
      const losses = [...referencesLost(becoming, objects), ...parts]
      if (losses.length > 0) action.losses = losses
    }),
  )
}

/** In a switch the other runtime's new object comes in the place of the old one. */
function becomingOf(
  action: Action,
  { actions, outcomes, live }: Omit<LossesInput, 'outsiders'>,
): Becoming | undefined {
  const outcome = outcomes.get(action)
  if (outcome !== undefined) return { ...outcome, isAdopted: ownEntry(outcome.live) === undefined }
  if (action.type !== 'switch') return undefined
  const old = live.get(action.uid)
  const next = actions.find(
    ({ endpoint, type, ref }) =>
      endpoint === action.endpoint && type === 'create' && isWorkload(ref),
  )?.desired
  return old && next && { live: old, result: next, isAdopted: false }
}
