import type { OutputDocument } from './documents.ts'
import { API_VERSION } from '../object/index.ts'
import type { Plan } from '../plan/index.ts'
import type { Change } from './change.ts'
import { endpointChanges } from './endpoint-change.ts'
import { effectsOf } from './impact/impact.ts'
import { plannedActions } from './planned.ts'

type Endpoints = OutputDocument<'Plan'>['endpoints']

/** The documented JSON form of a plan. Without the objects to be applied: these are `slipway render`'s. */
export function planAsJson(plan: Plan): OutputDocument<'Plan'> {
  const { project, environment, hash, createNamespaces, unchanged, related, problems } = plan
  return {
    apiVersion: API_VERSION,
    kind: 'Plan',
    project,
    environment,
    hash,
    endpoints: changesAsJson(plannedActions(plan)),
    createNamespaces,
    unchanged,
    related,
    problems,
  }
}

export function changesAsJson(changes: readonly Change[]): Endpoints {
  return endpointChanges(changes).map(({ changes: group, ...endpoint }) => ({
    ...endpoint,
    effects: effectsOf(endpoint.impact).map(({ text }) => text),
    actions: group.map(actionAsJson),
  }))
}

/** What is shown of an action; what is applied is `slipway render`'s to print. */
function actionAsJson(change: Change): Endpoints[number]['actions'][number] {
  const { type, ref, endpoint, changes, reason, restartsPods, successor, losses } = change
  const renamed = successor === undefined ? {} : { successor }
  const lost = losses === undefined ? {} : { losses }
  return { type, ref, endpoint, changes, reason, restartsPods, ...renamed, ...lost }
}
