import { compareText, formatRef, keyOf, refOf, waveRank } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import { decide } from './decide.ts'
import type { Decision } from './decide.ts'
import { plannedEndpoints } from './endpoints.ts'
import { orderForGpus } from './gpus.ts'
import { guards } from './guards.ts'
import { planHash } from './hash.ts'
import { inventoryOf, union } from './inventory.ts'
import { observe } from './observe.ts'
import type { Observed } from './observe.ts'
import type { Action, InventoryChange, Plan } from './plan.ts'
import { endpointOf } from './prune.ts'
import { findRelated, relatedRemovals } from './related.ts'
import { removals } from './removals.ts'
import { scopeOf } from './scope.ts'
import type { PlanRequest, Scope } from './scope.ts'

/**
 * Compares what is desired with what is live and decides everything; reads only, apart from dry-runs. Problems of
 * severity error in the plan mean that nothing may be applied. Throws ClusterError when live state cannot be read.
 */
export async function planSet(request: PlanRequest): Promise<Plan> {
  const scope = scopeOf(request)
  const observed = await observe(scope)
  const decisions = await decideAll(scope, observed)
  const removed = removalsOf(scope, observed)
  const decided = [...decisions.actions, ...removed.actions]
  const related = await findRelated({ scope, live: observed.live, actions: decided })
  const chosen = scope.options.includeRelated ? relatedRemovals(related) : []
  const actions = sortActions([...decided, ...chosen])
  orderForGpus(actions, new Map(observed.live.objects.map(object => [object.metadata.uid, object])))
  const { parentVersion, lastRevision } = observed
  return {
    ...(parentVersion === undefined ? {} : { parentVersion }),
    ...(lastRevision === undefined ? {} : { lastRevision }),
    project: scope.set.project,
    environment: scope.set.environment.name,
    parent: scope.parent,
    setId: scope.setId,
    actions,
    unchanged: decisions.unchanged,
    endpoints: plannedEndpoints({ scope, observed, actions }),
    createNamespaces: observed.missingNamespaces,
    problems: [
      ...observed.problems,
      ...decisions.problems,
      ...removed.problems,
      ...guardProblems(scope, observed, actions),
    ],
    related,
    inventory: inventoryChange(scope, observed, actions),
    ...(scope.names === undefined ? {} : { only: [...scope.names] }),
    hash: planHash(scope.setId, actions),
  }
}

/** Creations are tried by a dry-run up to this many; a larger first apply learns of rejections as it goes. */
const MOST_TRIED_CREATIONS = 100

async function decideAll(
  scope: Scope,
  { live, unlabelled, plannable, missingNamespaces }: Observed,
) {
  const found = plannable.map(rendered => {
    const key = keyOf(refOf(rendered.object))
    return { rendered, live: live.byKey.get(key) ?? unlabelled.get(key) }
  })
  const creations = found.filter(({ live: object }) => object === undefined).length
  const { cluster, setId, options } = scope
  const results = await Promise.all(
    found.map(async ({ rendered, live: object }) => {
      const tryCreations =
        creations <= MOST_TRIED_CREATIONS &&
        !missingNamespaces.includes(rendered.object.metadata.namespace ?? '')
      return decide({
        cluster,
        setId,
        rendered,
        live: object,
        tryCreations,
        forceConflicts: options.forceConflicts,
      })
    }),
  )
  return collect(
    results,
    found.map(({ rendered }) => refOf(rendered.object)),
  )
}

function collect(results: Decision[], refs: Plan['unchanged']) {
  return {
    actions: results.flatMap(({ action }) => action ?? []),
    unchanged: refs.filter((_, index) => {
      const result = results[index]
      return result?.action === undefined && result?.problems.length === 0
    }),
    problems: results.flatMap(({ problems }) => problems),
  }
}

function removalsOf(scope: Scope, { live }: Observed): { actions: Action[]; problems: Problem[] } {
  return removals({
    live,
    desiredKeys: new Set(scope.desired.map(({ object }) => keyOf(refOf(object)))),
    continuing: new Set(scope.desired.map(({ endpoint }) => endpoint.name)),
    isInScope: scope.covers,
  })
}

function guardProblems(
  { set, options, covers, desired }: Scope,
  { live }: Observed,
  actions: Action[],
) {
  return guards({
    actions,
    liveCount: live.objects.filter(object => covers(endpointOf(object))).length,
    desiredCount: desired.length,
    maxPrune: set.environment.policies.maxPrune,
    overrides: options,
  })
}

/** Superset before anything is written; narrowed to what is desired, and what a limited plan did not look at, afterwards. */
function inventoryChange(
  { desired, parent, names }: Scope,
  { recorded }: Observed,
  actions: Action[],
): InventoryChange {
  const refs = desired.map(({ object }) => refOf(object))
  const wanted = inventoryOf(refs, parent)
  const touched = inventoryOf(
    actions.map(action => action.ref),
    parent,
  )
  return {
    ...(recorded === undefined ? {} : { recorded }),
    before: union(union(wanted, touched), recorded),
    after: names === undefined ? wanted : union(wanted, recorded),
  }
}

function sortActions(actions: Action[]): Action[] {
  return actions.toSorted(
    (a, b) =>
      waveRank(a.ref.kind) - waveRank(b.ref.kind) ||
      compareText(formatRef(a.ref), formatRef(b.ref)),
  )
}
