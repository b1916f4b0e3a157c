import { refOf } from '../object/index.ts'
import type { Cluster } from '../cluster/index.ts'
import { revisionsOf, withPermissions, type Plan, type PlannedEndpoint } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import { applyEndpoint, removeFirst, type EndpointResult } from './endpoint.ts'
import { refuseProblems, type ApplyInput } from './input.ts'
import type { ApplyOutcome } from './events.ts'
import { holdLock, type Lock } from './record/lock.ts'
import { outcomeOf } from './outcome.ts'
import { readParentObject } from './record/parent.ts'
import { recordBegun, recordSafely } from './record/record.ts'
import { DEFAULT_OPTIONS, type EventBody, type Run } from './run.ts'
import { startWatching } from './watch/watching.ts'

export interface LockedInput extends ApplyInput {
  emit: (event: EventBody) => void
  start: number
}

/** Everything that is written is written while the lock is held. */
export async function applyLocked(input: LockedInput): Promise<ApplyOutcome> {
  const { plan, cluster, emit, signal } = input
  const options = { ...DEFAULT_OPTIONS, ...input.options }
  const lock = await withPermissions(cluster, needsOf(plan), async () => {
    await createMissing(cluster, plan)
    return holdLock({ cluster, plan, holder: plan.revision.actor, options, emit, signal })
  })
  try {
    return await applyHolding(input, lock)
  } catch (error) {
    // Whatever failed then, failed because of it.
    lock.signal.throwIfAborted()
    throw error
  } finally {
    await lock.release()
  }
}

async function applyHolding(input: LockedInput, lock: Lock): Promise<ApplyOutcome> {
  const watches = new AbortController()
  const forced: Problem[] = []
  const emit = (event: EventBody) => {
    if (event.type === 'forced') forced.push(event.problem)
    input.emit(event)
  }
  try {
    const run = await startRun({ ...input, emit }, lock, watches.signal)
    const results = await carryOut(run)
    const isLost = !lock.isHeld()
    const outcome = outcomeOf({ run, results, forced, start: input.start, isLost })
    if (isLost) return outcome
    const unrecorded = await recordSafely(run, outcome)
    return withUnrecorded(outcome, unrecorded)
  } finally {
    watches.abort()
  }
}

/** The guards of the next apply go by the record: a run that is not in it is not a success, whatever it did. */
function withUnrecorded(outcome: ApplyOutcome, unrecorded: readonly Problem[]): ApplyOutcome {
  if (unrecorded.length === 0) return outcome
  const result = outcome.result === 'succeeded' ? 'failed' : outcome.result
  return { ...outcome, result, problems: [...outcome.problems, ...unrecorded] }
}

function needsOf({ parent, endpoints, createNamespaces }: Plan) {
  const actions = endpoints.flatMap(endpoint => endpoint.actions)
  const removed = actions.filter(({ desired }) => desired === undefined).map(({ ref }) => ref)
  const refs = endpoints.flatMap(({ objects }) => objects.map(refOf))
  return { home: parent.namespace, refs, removed, createNamespaces }
}

/** What somebody else has applied since the plan was made makes it untrue; their record shows it. */
async function startRun(input: LockedInput, lock: Lock, closing: AbortSignal): Promise<Run> {
  const { plan, emit } = input
  const signal = AbortSignal.any([input.signal, lock.signal])
  const cluster = input.cluster.fencedBy(lock.isHeld).withSignal(signal)
  const parent = await readParentObject(cluster, plan.parent)
  const isTrueStill = lock.wasFree && parent?.metadata.resourceVersion === plan.parentVersion
  return {
    plan: isTrueStill ? plan : await freshPlan(input),
    cluster,
    options: { ...DEFAULT_OPTIONS, ...input.options },
    watching: startWatching(cluster, AbortSignal.any([signal, closing])),
    emit,
    signal,
    revisions: revisionsOf(parent),
  }
}

async function freshPlan({ replan, emit }: LockedInput): Promise<Plan> {
  const plan = await replan()
  refuseProblems(plan)
  emit({ type: 'replanned', plan })
  return plan
}

/** Before the lock, which needs a namespace to be in. A namespace is no member of the set: it is never pruned (D10). */
async function createMissing(cluster: Cluster, { createNamespaces }: Plan): Promise<void> {
  await Promise.all(
    createNamespaces.map(name =>
      cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    ),
  )
}

/** An interruption before the first endpoint leaves all of them as they were. */
async function carryOut(run: Run): Promise<EndpointResult[]> {
  try {
    return await applyEndpoints(run)
  } catch (error) {
    if (!run.signal.aborted) throw error
    return run.plan.endpoints.map(({ name }) => ({ name, outcome: 'skipped', problems: [] }))
  }
}

/** Endpoints side by side; what frees GPUs for the others before them. */
async function applyEndpoints(run: Run): Promise<EndpointResult[]> {
  await recordBegun(run)
  const first = await removeFirst(run)
  const stopped = new Set(first.map(result => result.name))
  const rest = run.plan.endpoints.filter(endpoint => !stopped.has(endpoint.name))
  return [...first, ...(await Promise.all(startAll(run, rest).values()))]
}

/** All at once; one that was renamed waits for its successor's result before it goes. */
function startAll(run: Run, endpoints: readonly PlannedEndpoint[]) {
  const running = new Map<string, Promise<EndpointResult>>()
  const resultOf = (name: string) => running.get(name)
  for (const endpoint of endpoints.toSorted((a, b) => Number(isRenamed(a)) - Number(isRenamed(b))))
    running.set(endpoint.name, applyEndpoint(run, endpoint, resultOf))
  return running
}

function isRenamed({ actions }: PlannedEndpoint): boolean {
  return actions.some(({ successor }) => successor !== undefined)
}
