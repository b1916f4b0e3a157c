import type { Cluster } from '../cluster/index.ts'
import { countActions, revisionsOf } from '../plan/index.ts'
import type { Plan, Revision, RevisionInfo } from '../plan/index.ts'
import { SlipwayError } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'
import { applyEndpoint, removeFirst } from './endpoint.ts'
import type { EndpointResult } from './endpoint.ts'
import type { ApplyEvent, ApplyOutcome } from './events.ts'
import { holdLock } from './lock.ts'
import { readParentObject } from './parent.ts'
import { recordOutcome, writeInventory } from './record.ts'
import { DEFAULT_OPTIONS, secondsSince } from './run.ts'
import type { ApplyOptions, EventBody, Run } from './run.ts'
import { startWatching } from './watching.ts'

export interface ApplyInput {
  plan: Plan
  cluster: Cluster
  revision: RevisionInfo
  options?: Partial<ApplyOptions>
  onEvent: (event: ApplyEvent) => void
  signal: AbortSignal
  /** Makes the plan anew when somebody else has applied since it was made. Throws when the new one may not be applied (it is not what was reviewed). */
  replan: () => Promise<Plan>
}

/**
 * Makes the cluster match the plan: lock, inventory, endpoints side by side, record. Never throws for what goes wrong
 * with an endpoint: that is in the outcome. Throws SlipwayError when the plan must not be applied or the lock is not had.
 */
export async function applyPlan(input: ApplyInput): Promise<ApplyOutcome> {
  refuseProblems(input.plan)
  const start = Date.now()
  const emit = (event: EventBody) => input.onEvent({ time: new Date().toISOString(), ...event })
  emit({ type: 'started', plan: input.plan, revision: input.revision })
  const outcome = isDone(input.plan, input.revision)
    ? nothingToDo(input.plan, start)
    : await applyLocked({ ...input, emit }, start)
  emit({ type: 'finished', outcome })
  return outcome
}

export function refuseProblems({ problems }: Plan): void {
  const errors = problems.filter(problem => problem.severity === 'error')
  if (errors.length > 0) throw new SlipwayError(errors)
}

/** Nothing to write, not even the record: the same commit was applied before with success. */
function isDone(
  { actions, endpoints, inventory, lastRevision, createNamespaces, only }: Plan,
  revision: RevisionInfo,
) {
  return (
    actions.length === 0 &&
    createNamespaces.length === 0 &&
    endpoints.every(endpoint => endpoint.settled) &&
    JSON.stringify(inventory.recorded) === JSON.stringify(inventory.after) &&
    lastRevision?.result === 'succeeded' &&
    lastRevision.commit === revision.commit &&
    JSON.stringify(lastRevision.only) === JSON.stringify(only)
  )
}

function nothingToDo(plan: Plan, start: number): ApplyOutcome {
  const endpoints = plan.endpoints.map(({ name }) => [name, 'ready'] as const)
  return {
    result: 'succeeded',
    counts: countActions(plan),
    endpoints: Object.fromEntries(endpoints),
    problems: plan.problems,
    durationSeconds: secondsSince(start),
  }
}

interface Locked extends ApplyInput {
  emit: (event: EventBody) => void
}

async function applyLocked(input: Locked, start: number): Promise<ApplyOutcome> {
  const { plan, cluster, revision, emit } = input
  const options = { ...DEFAULT_OPTIONS, ...input.options }
  await createMissing(cluster, plan)
  const lock = await holdLock({
    cluster,
    plan,
    holder: revision.actor,
    options,
    emit,
    signal: input.signal,
  })
  const watches = new AbortController()
  try {
    const parent = await readParentObject(cluster, plan.parent)
    const isTrueStill = lock.wasFree && parent?.metadata.resourceVersion === plan.parentVersion
    const current = isTrueStill ? plan : await freshPlan(input)
    const signal = AbortSignal.any([input.signal, lock.signal])
    const watching = startWatching(cluster, AbortSignal.any([signal, watches.signal]))
    const run: Run = {
      plan: current,
      cluster,
      options,
      watching,
      emit,
      signal,
      revisions: revisionsOf(parent),
    }
    await writeInventory(run)
    const results = await applyEndpoints(run)
    const outcome = outcomeOf({ run, results, start, lost: lock.signal.aborted })
    if (lock.signal.aborted) return outcome
    await recordOutcome(run, revisionOf(input, outcome, current))
    return outcome
  } finally {
    watches.abort()
    await lock.release()
  }
}

async function freshPlan({ replan, emit }: Locked): Promise<Plan> {
  const plan = await replan()
  refuseProblems(plan)
  emit({ type: 'replanned', plan })
  return plan
}

async function createMissing(cluster: Cluster, { createNamespaces: names }: Plan): Promise<void> {
  await Promise.all(
    names.map(name => cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  )
}

async function applyEndpoints(run: Run): Promise<EndpointResult[]> {
  const first = await removeFirst(run)
  const stopped = new Set(first.map(result => result.name))
  const rest = run.plan.endpoints.filter(endpoint => !stopped.has(endpoint.name))
  return [...first, ...(await Promise.all(rest.map(endpoint => applyEndpoint(run, endpoint))))]
}

interface OutcomeInput {
  run: Run
  results: EndpointResult[]
  start: number
  lost: boolean
}

function outcomeOf({ run, results, start, lost }: OutcomeInput): ApplyOutcome {
  const problems = [
    ...run.plan.problems,
    ...results.flatMap(result => result.problems),
    ...(lost ? [lostLock()] : []),
  ]
  const isFailed = lost || results.some(result => result.outcome === 'failed')
  return {
    result: run.signal.aborted && !lost ? 'interrupted' : isFailed ? 'failed' : 'succeeded',
    counts: countActions(run.plan),
    endpoints: Object.fromEntries(results.map(({ name, outcome }) => [name, outcome])),
    problems,
    durationSeconds: secondsSince(start),
  }
}

function lostLock(): Problem {
  return {
    code: 'lock-lost',
    severity: 'error',
    message: 'the lock was lost in the middle of the apply: nothing was written after that',
    cause: 'The Lease could not be renewed in time, or somebody took it over.',
    remedy: 'Apply again: it goes on from where this one stopped.',
  }
}

function revisionOf({ revision }: Locked, outcome: ApplyOutcome, { only }: Plan): Revision {
  const { counts, result, durationSeconds } = outcome
  return {
    ...revision,
    time: new Date().toISOString(),
    counts,
    result,
    durationSeconds,
    ...(only === undefined ? {} : { only }),
  }
}
