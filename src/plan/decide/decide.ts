import { ClusterError, failureType, type FieldConflict } from '../../cluster/index.ts'
import { equalValues, type KubeObject } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { notStoredOf, rejection } from '../../trial/index.ts'
import { conflictProblem } from './conflict-problem.ts'
import { disputed } from '../fields/conflicts.ts'
import { actionFor, type DecideInput, type Decision } from './decision.ts'
import { engineOf } from '../observe/engine.ts'
import { asFirstApplied } from './first-apply.ts'
import { immutableFields, isImmutableChange } from './immutable.ts'
import { leftoverOf } from './leftovers.ts'
import { ownEntry } from '../fields/entries.ts'
import { withoutFields, type FieldSet } from '../fields/field-set.ts'
import { isCertainlyUnchanged } from '../fields/managed.ts'
import { predict } from './predict.ts'
import { decideReplacement, recreation } from './replacement.ts'
import { isToWake, replicasToBegin, replicasToHandOver, withReplicas } from './scaling.ts'
import { settled, tryContent } from './settled.ts'
import { earlierManagers } from './takeover.ts'
import { visibleChanges } from '../fields/visible.ts'

/** Decides about one desired object: reads only, apart from dry-runs. */
export async function decide(input: DecideInput): Promise<Decision> {
  const { live } = input
  if (live === undefined) return decideCreation(input)
  if (live.metadata.deletionTimestamp !== undefined) return recreation(input, live)
  const isOursAlone = earlierManagers(live).length === 0
  if (isOursAlone && !isToWake(input, live) && isCertainlyUnchanged(asWritten(input, live), live)) {
    const leftover = leftoverIn(input, live)
    // The marks of an engine are no leftover: it put them on later, and they go when its fields are taken.
    const isBeside = leftover !== undefined || engineOf(live) !== undefined
    if (!isBeside || !input.takeFields) return { problems: [], ...leftover }
  }
  return decideChange(input, live)
}

/** With the replicas that it was created with, as long as nobody has scaled it. */
function asWritten({ rendered: { object } }: DecideInput, live: KubeObject): KubeObject {
  return withReplicas(object, replicasToHandOver(object, live))
}

function leftoverIn({ rendered, setId }: DecideInput, object: KubeObject) {
  const leftover = leftoverOf({ desired: rendered.object, object, setId })
  return leftover && { leftover }
}

async function decideCreation(input: DecideInput): Promise<Decision> {
  const replicas = replicasToBegin(input.rendered.object, input.begins)
  const action = actionFor(input, {
    type: 'create',
    reason: 'not in the cluster',
    replicas,
  })
  if (!input.tryCreations) return { action, problems: [] }
  try {
    const object = withReplicas(input.rendered.object, replicas)
    const stored = await input.cluster.apply(object, { dryRun: true })
    return { action, problems: [], notStored: notStoredOf(input.rendered, stored) }
  } catch (error) {
    if (mayOnlyRead(error, input)) return { action, problems: [], untried: true }
    return { action, problems: [rejection(error, input.rendered)] }
  }
}

function mayOnlyRead(error: unknown, { mayPredict }: DecideInput): boolean {
  return mayPredict && failureType(error) === 'forbidden'
}

async function decideChange(input: DecideInput, found: KubeObject): Promise<Decision> {
  try {
    const live = await asFirstApplied(input.cluster, found)
    return await tryChange(input, { live, force: false })
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    if (mayOnlyRead(error, input)) return predictedChange(input, found)
    return { problems: [refusal(error, input, found)] }
  }
}

/** What others hold may be what git does not go with. */
function refusal(error: ClusterError, input: DecideInput, live: KubeObject): Problem {
  const problem = rejection(error, input.rendered)
  const leftover = input.takeFields ? undefined : leftoverIn(input, live)
  if (leftover === undefined || problem.code === 'forbidden') return problem
  const managers = leftover.leftover.managers.join(', ')
  const remedy = `If fields that only ${managers} holds do not fit git, remove them with --take-fields.`
  return { ...problem, remedy: [problem.remedy, remedy].filter(Boolean).join(' ') }
}

function predictedChange(input: DecideInput, live: KubeObject): Decision {
  const result = predict(input.rendered.object, live, input.takeFields)
  return { ...changeDecision(input, { live, result }), untried: true }
}

interface Try {
  live: KubeObject
  force: boolean
}

async function tryChange(input: DecideInput, { live, force }: Try): Promise<Decision> {
  const { cluster, rendered } = input
  try {
    const applied = await cluster.apply(rendered.object, { dryRun: true, force })
    return changeDecision(input, { live, result: await settled(input, live, applied), force })
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    const { failure } = error
    if (failure.type === 'field-conflict') return decideConflict(input, live, failure.conflicts)
    if (isImmutableChange(failure))
      return decideReplacement(input, live, immutableFields(failure.causes))
    const isBeside = earlierManagers(live, input.takeFields).length > 0
    if (failure.type === 'forbidden' || !isBeside) throw error
    return decideTakeover(input, { live, force })
  }
}

/** Beside what an earlier manager left it is refused (a second port, and neither has a name): that goes first. */
async function decideTakeover(input: DecideInput, { live, force }: Try): Promise<Decision> {
  const { cluster, rendered } = input
  try {
    const result = await tryContent(cluster, live, predict(rendered.object, live, input.takeFields))
    return changeDecision(input, { live, result, force })
  } catch (error) {
    if (!(error instanceof ClusterError) || !isImmutableChange(error.failure)) throw error
    return decideReplacement(input, live, immutableFields(error.failure.causes))
  }
}

interface Change {
  live: KubeObject
  /** The live object as the apply leaves it. */
  result: KubeObject
  force?: boolean
}

function changeDecision(input: DecideInput, { live, result, force = false }: Change): Decision {
  const { takeFields } = input
  const replicas = isToWake(input, live)
    ? input.least
    : most(replicasToHandOver(input.rendered.object, live, takeFields), input.takingOver)
  const changes = visibleChanges(live, withReplicas(result, replicas), input.setId)
  const adopts = ownEntry(live) === undefined
  const migrate = earlierManagers(live, takeFields)
  const isKnown = !takeFields && ownEntry(result) !== undefined
  const leftover = isKnown ? leftoverIn(input, result) : {}
  const isSame =
    changes.length === 0 && migrate.length === 0 && sameOwnership(ownAfter(live, replicas), result)
  const beside = { ...leftover, notStored: notStoredOf(input.rendered, result) }
  if (isSame && !adopts) return { problems: [], ...beside }
  const action = actionFor(input, {
    type: adopts ? 'adopt' : 'update',
    reason: changeReason(adopts, changes.length),
    live,
    changes,
    ...(force && { force }),
    ...(migrate.length > 0 && { migrate }),
    replicas,
  })
  return { action, problems: [], outcome: { live, result }, ...beside }
}

/** As many as there were, or as many as served in its place. */
function most(own: number | undefined, served: number | undefined): number | undefined {
  return own === undefined ? undefined : Math.max(own, served ?? 0)
}

function changeReason(adopts: boolean, changes: number): string {
  if (adopts) return 'exists, and is added to the set'
  return changes === 0 ? 'slipway takes ownership of fields' : 'differs from git'
}

/** Replicas alone are no reason to write: they are ours until somebody scales, or something else is to be written. */
function ownAfter(live: KubeObject, replicas: number | undefined): FieldSet | undefined {
  const own = ownEntry(live)?.fieldsV1
  return own === undefined || replicas === undefined
    ? own
    : withoutFields(own, 'spec', ['replicas'])
}

function sameOwnership(own: FieldSet | undefined, result: KubeObject): boolean {
  return equalValues(own, ownEntry(result)?.fieldsV1)
}

/** The plan shows what git's values would change, forced; whether it may be forced is the conflict's matter. */
async function decideConflict(
  input: DecideInput,
  live: KubeObject,
  conflicts: FieldConflict[],
): Promise<Decision> {
  const { rendered, setId, forceConflicts: forced, losesAutoscaler: ownsReplicas } = input
  const decision = await tryChange(input, { live, force: true })
  const { kind } = rendered.object
  const refused = disputed(conflicts, { kind, forced, ownsReplicas })
  const problems = refused.map(conflict => conflictProblem(conflict, { live, rendered, setId }))
  return { ...decision, problems: [...decision.problems, ...problems] }
}
