import { API_VERSION } from '../object/index.ts'
import { actionsOf } from '../plan/index.ts'
import type { Plan, RelatedObject } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import type { Change } from './change.ts'
import { endpointChanges } from './endpoint-change.ts'
import type { EndpointChange } from './endpoint-change.ts'
import { effectsOf } from './impact/impact.ts'

/** The documented JSON form of a plan. Without the objects to be applied: these are `slipway render`'s. */
export interface PlanDocument {
  apiVersion: string
  kind: 'Plan'
  project: string
  environment: string
  hash: string
  endpoints: (Omit<EndpointChange, 'changes'> & {
    /** The impact in words. */
    effects: string[]
    actions: Omit<Change, 'desired'>[]
  })[]
  createNamespaces: string[]
  unchanged: Plan['unchanged']
  related: RelatedObject[]
  problems: Problem[]
}

export function planAsJson(plan: Plan): PlanDocument {
  const { project, environment, hash, createNamespaces, unchanged, related, problems } = plan
  return {
    apiVersion: API_VERSION,
    kind: 'Plan',
    project,
    environment,
    hash,
    endpoints: changesAsJson(actionsOf(plan)),
    createNamespaces,
    unchanged,
    related,
    problems,
  }
}

export function changesAsJson(changes: readonly Change[]): PlanDocument['endpoints'] {
  return endpointChanges(changes).map(({ changes: group, ...endpoint }) => ({
    ...endpoint,
    effects: effectsOf(endpoint.impact).map(({ text }) => text),
    actions: group.map(actionAsJson),
  }))
}

/** What is shown of an action; what is applied is `slipway render`'s to print. */
function actionAsJson(change: Change): Omit<Change, 'desired'> {
  const { type, ref, endpoint, changes, reason, restartsPods, successor, losses } = change
  const renamed = successor === undefined ? {} : { successor }
  const lost = losses === undefined ? {} : { losses }
  return { type, ref, endpoint, changes, reason, restartsPods, ...renamed, ...lost }
}
