import { keyOf, OBJECTS, refOf } from '../object/index.ts'
import { allFound, type Problem } from '../problem/index.ts'
import type { Action } from './action.ts'
import { sortActions } from './actions.ts'
import { decideAll } from './decide/decide-all.ts'
import { orderForGpus } from './decide/gpus.ts'
import { inventoryChange } from './decide/inventory-change.ts'
import { endpointOf } from './decide/prune.ts'
import { findRelated, relatedRemovals } from './decide/related.ts'
import { removals } from './decide/removals.ts'
import { markRenames } from './decide/renames.ts'
import { orderForScaling } from './decide/scaling.ts'
import { markSelections } from './decide/selections.ts'
import { orderForShares } from './decide/shares.ts'
import { continuingOf, orderForSlots } from './decide/slots.ts'
import { plannedEndpoints } from './endpoints.ts'
import { provenanceProblems } from './guards/ask-provenance.ts'
import { checkEngines } from './guards/engine.ts'
import { guards } from './guards/guards.ts'
import { nothingToDelete } from './guards/nothing-to-delete.ts'
import { planHash } from './hash.ts'
import { markLosses } from './losses/mark.ts'
import { missingPermissions, withPermissions } from './missing-permissions.ts'
import { leftScalers } from './observe/left-scalers.ts'
import { observe, type Observed } from './observe/observe.ts'
import { outsidersOf, type Outsiders } from './observe/outsiders.ts'
import { checkReferences, missingReference } from './observe/missing-references.ts'
import { unmarkedOf } from './observe/unmarked.ts'
import { goneUnread, unitNames } from '../spec/index.ts'
import type { Deletion, Plan } from './plan.ts'
import { desiredKeys, scopeOf, type Origin, type PlanRequest, type Scope } from './scope.ts'
import { checkWriter } from './tooling.ts'

/**
 * Compares what is desired with what is live and decides everything; reads only, apart from dry-runs. Problems of
 * severity error in the plan mean that nothing may be applied; those for where the files come from are among them. Throws ClusterError when live state cannot be read.
 */
export async function planSet(request: PlanRequest): Promise<Plan> {
  const scope = scopeOf(request)
  const needs = needsOf(scope)
  const plan = await withPermissions(scope.cluster, needs, () => planScope(scope, request))
  if (!plan.problems.some(isRefusal)) return plan
  const missing = await missingPermissions(scope.cluster, needs)
  if (missing.length === 0) return plan
  const others = plan.problems.filter(problem => !isRefusal(problem))
  return { ...plan, problems: [...missing, ...others] }
}

/** What is only looked at for information may be hidden from us. */
const isRefusal = ({ code, severity }: Problem) => code === 'forbidden' && severity === 'error'

function needsOf({ desired, parent, set }: Scope) {
  const { environment } = set
  return {
    home: parent.namespace,
    refs: desired.map(({ object }) => refOf(object)),
    createNamespaces: environment.createNamespace ? [environment.namespace] : [],
  }
}

async function planScope(scope: Scope, origin: Origin): Promise<Plan> {
  const observed = await observe(scope)
  const decisions = await decideAll(scope, observed)
  const removed = removalsOf(scope, observed)
  const left = await leftScalers(scope, observed.live)
  const decided = [...decisions.actions, ...removed.actions, ...left]
  const outsiders = outsidersOf(scope)
  const related = await findRelated({ scope, live: observed.live, actions: decided, outsiders })
  const chosen = scope.options.includeRelated ? relatedRemovals(related.objects) : []
  const actions = sortActions([...decided, ...chosen])
  const byUid = new Map(observed.live.objects.map(object => [object.metadata.uid, object]))
  await markLosses({
    actions,
    outcomes: decisions.outcomes,
    live: byUid,
    outsiders: besideSet(scope, outsiders),
  })
  await markSelections(scope.cluster, { actions, outcomes: decisions.outcomes })
  const references = await referenceProblems(scope, actions)
  const continuing = continuingOf(scope.desired)
  orderForGpus(actions, byUid, continuing)
  orderForScaling(actions, byUid)
  orderForSlots(actions, byUid, continuing)
  orderForShares(actions)
  const endpoints = plannedEndpoints({ scope, observed, actions })
  markRenames({ actions, live: byUid, endpoints })
  const { parent, revisions } = observed
  const parentVersion = parent?.metadata.resourceVersion
  return {
    ...(parentVersion !== undefined && { parentVersion }),
    ...(revisions[0] && { lastRevision: revisions[0] }),
    project: scope.set.project,
    environment: scope.set.environment.name,
    parent: scope.parent,
    setId: scope.setId,
    revision: origin.provenance.info,
    ...(origin.isPreview && { isPreview: true as const }),
    ...(scope.options.removalsIntended && { deletion: deletionOf(scope, actions) }),
    unchanged: decisions.unchanged,
    endpoints,
    createNamespaces: scope.options.removalsIntended ? [] : observed.missingNamespaces,
    problems: allFound([
      origin.refusals,
      observed.problems,
      decisions.problems,
      removed.problems,
      nothingToDelete(scope, [...actions, ...removed.problems], observed.problems),
      await unreadProblems(scope, actions),
      guardProblems(scope, observed, actions),
      engineProblems(scope, observed, origin),
      references,
      related.problems,
      writerProblems(scope, observed, origin),
      await provenanceProblems({ ...origin, scope, revisions, actions }),
    ]),
    related: related.objects,
    inventory: inventoryChange({
      parent: scope.parent,
      desired: scope.desired.map(({ object }) => refOf(object)),
      unmarked: unmarkedOf(scope.desired),
      actions,
      live: observed.live,
      recorded: observed.recorded,
      isLimited: scope.names !== undefined,
    }),
    ...(scope.names && { only: [...scope.names] }),
    hash: planHash(scope.setId, actions),
  }
}

function deletionOf({ set }: Scope, actions: readonly Action[]): Deletion {
  const deleted = new Set(actions.map(({ endpoint }) => endpoint))
  return { inGit: unitNames(set).filter(name => deleted.has(name)) }
}

/** What git has is the set's, even before it is labelled. */
function besideSet(scope: Scope, outsiders: Outsiders): Outsiders {
  const desired = desiredKeys(scope)
  return async namespace => {
    const { objects, problems } = await outsiders(namespace)
    return { objects: objects.filter(object => !desired.has(keyOf(refOf(object)))), problems }
  }
}

function removalsOf(scope: Scope, { live }: Observed): { actions: Action[]; problems: Problem[] } {
  return removals({
    live,
    desiredKeys: desiredKeys(scope),
    continuing: continuingOf(scope.desired),
    isInScope: scope.covers,
    isExplicit: scope.options.removalsIntended,
  })
}

/** Asked for by name, a deletion has no other reason. */
async function unreadProblems({ set, options }: Scope, actions: readonly Action[]) {
  return options.removalsIntended
    ? []
    : goneUnread(
        set,
        actions.filter(({ type }) => type === 'prune'),
      )
}

function guardProblems(
  { set, options, covers, desired }: Scope,
  { live }: Observed,
  actions: Action[],
) {
  const endpoints = live.objects.map(endpointOf).filter(covers)
  return guards({
    actions,
    liveCount: endpoints.length,
    liveOfEndpoints: endpoints.filter(name => name !== OBJECTS).length,
    desiredCount: desired.length,
    desiredOfEndpoints: desired.filter(({ endpoint }) => endpoint.name !== OBJECTS).length,
    maxPrune: set.environment.policies.maxPrune,
    overrides: options,
  })
}

function engineProblems(
  { set, options, covers }: Scope,
  { live }: Observed,
  { isPreview = false }: Origin,
): Problem[] {
  return checkEngines({
    environment: set.environment.name,
    live: live.objects.filter(object => covers(endpointOf(object))),
    takeBack: options.takeBack,
    isPreview,
  })
}

function writerProblems(
  { set, options }: Scope,
  { parent }: Observed,
  { isPreview = false }: Origin,
): Problem[] {
  return checkWriter({
    environment: set.environment.name,
    parent,
    isAllowed: options.allowOlder,
    isTold: isPreview || options.removalsIntended,
  })
}

/** Of endpoints that are written to: what is running has what it needs (K5). */
async function referenceProblems(
  { cluster, desired }: Scope,
  actions: Action[],
): Promise<Problem[]> {
  const written = new Set(
    actions.flatMap(action => (action.desired === undefined ? [] : action.endpoint)),
  )
  const concerned = desired.filter(({ endpoint }) => written.has(endpoint.name))
  const { missing } = await checkReferences(cluster, concerned)
  return missing.map(missingReference)
}
