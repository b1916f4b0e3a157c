import { ClusterError } from '../cluster/index.ts'
import type { FieldConflict } from '../cluster/index.ts'
import type { KubeObject } from '../object/index.ts'
import { conflictProblem } from './conflict-problem.ts'
import { disputed } from './conflicts.ts'
import { actionFor } from './decision.ts'
import type { DecideInput, Decision } from './decision.ts'
import { immutableFields, isImmutableChange } from './immutable.ts'
import { isCertainlyUnchanged, ownEntry } from './managed.ts'
import { predict } from './predict.ts'
import { rejection } from './rejection.ts'
import { decideReplacement, recreation, underTrialName } from './replacement.ts'
import { replicasToHandOver, withReplicas } from './scaling.ts'
import { earlierManagers, laidOver, withoutEarlier } from './takeover.ts'
import { equalValues } from './values.ts'
import { visibleChanges } from './visible.ts'

/** Decides about one desired object: reads only, apart from dry-runs. */
export async function decide(input: DecideInput): Promise<Decision> {
  const { live, rendered } = input
  if (live === undefined) return decideCreation(input)
  if (live.metadata.deletionTimestamp !== undefined) return recreation(input, live)
  const isOursAlone = earlierManagers(live).length === 0
  if (isOursAlone && isCertainlyUnchanged(rendered.object, live)) return { problems: [] }
  return decideChange(input, live)
}

async function decideCreation(input: DecideInput): Promise<Decision> {
  const action = actionFor(input, { type: 'create', reason: 'not in the cluster' })
  if (!input.tryCreations) return { action, problems: [] }
  try {
    await input.cluster.apply(input.rendered.object, { dryRun: true })
    return { action, problems: [] }
  } catch (error) {
    if (mayOnlyRead(error, input)) return { action, problems: [], untried: true }
    return { action, problems: [rejection(error, input.rendered)] }
  }
}

function mayOnlyRead(error: unknown, { mayPredict }: DecideInput): boolean {
  return mayPredict && error instanceof ClusterError && error.failure.type === 'forbidden'
}

async function decideChange(input: DecideInput, live: KubeObject): Promise<Decision> {
  try {
    return await tryChange(input, live)
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    if (mayOnlyRead(error, input))
      return { ...changeDecision(input, live, predict(input.rendered.object, live)), untried: true }
    const { failure } = error
    if (isImmutableChange(failure))
      return decideReplacement(input, live, immutableFields(failure.causes))
    if (error.failure.type === 'invalid' && earlierManagers(live).length > 0)
      return decideTakeover(input, live, error)
    return { problems: [rejection(error, input.rendered)] }
  }
}

async function tryChange(input: DecideInput, live: KubeObject): Promise<Decision> {
  try {
    const result = await input.cluster.apply(input.rendered.object, { dryRun: true })
    return changeDecision(input, live, withoutEarlier(result))
  } catch (error) {
    if (!(error instanceof ClusterError) || error.failure.type !== 'field-conflict') throw error
    return decideConflict(input, live, error.failure.conflicts)
  }
}

/** Beside what an earlier manager left it is invalid (a second port, and neither has a name): that goes, and what git says is tried by itself. */
async function decideTakeover(
  input: DecideInput,
  live: KubeObject,
  error: ClusterError,
): Promise<Decision> {
  const { object } = input.rendered
  try {
    const created = await input.cluster.create(underTrialName(object), { dryRun: true })
    const { metadata: _metadata, ...content } = object
    const left = laidOver(withoutEarlier(live), content, created) as KubeObject
    const labels = { ...withoutEarlier(live).metadata.labels, ...object.metadata.labels }
    return changeDecision(input, live, { ...left, metadata: { ...left.metadata, labels } })
  } catch {
    return { problems: [rejection(error, input.rendered)] }
  }
}

function changeDecision(
  input: DecideInput,
  live: KubeObject,
  result: KubeObject,
  force = false,
): Decision {
  const replicas = replicasToHandOver(input.rendered.object, live)
  const changes = visibleChanges(live, withReplicas(result, replicas), input.setId)
  const adopts = ownEntry(live) === undefined
  const migrate = earlierManagers(live)
  const isSame = changes.length === 0 && migrate.length === 0 && sameOwnership(live, result)
  if (isSame && !adopts) return { problems: [] }
  const action = actionFor(input, {
    type: adopts ? 'adopt' : 'update',
    reason: changeReason(adopts, changes.length),
    live,
    changes,
    ...(force ? { force } : {}),
    ...(migrate.length === 0 ? {} : { migrate }),
    ...(replicas === undefined ? {} : { replicas }),
  })
  return { action, problems: [] }
}

function changeReason(adopts: boolean, changes: number): string {
  if (adopts) return 'exists, and is taken into the set'
  return changes === 0 ? "fields are taken into slipway's ownership" : 'differs from git'
}

function sameOwnership(live: KubeObject, result: KubeObject): boolean {
  return equalValues(ownEntry(live)?.fieldsV1, ownEntry(result)?.fieldsV1)
}

/** The plan shows what git's values would change, forced; whether it may be forced is the conflict's matter. */
async function decideConflict(
  input: DecideInput,
  live: KubeObject,
  conflicts: FieldConflict[],
): Promise<Decision> {
  const { cluster, rendered, setId, forceConflicts: forced, losesAutoscaler: ownsReplicas } = input
  const result = await cluster.apply(rendered.object, { dryRun: true, force: true })
  const decision = changeDecision(input, live, withoutEarlier(result), true)
  const { kind } = rendered.object
  const refused = disputed(conflicts, { kind, forced, ownsReplicas })
  const problems = refused.map(conflict => conflictProblem(conflict, { live, rendered, setId }))
  return { ...decision, problems }
}
