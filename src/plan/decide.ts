import { formatRef, refOf, waveOf } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import { ClusterError } from '../cluster/index.ts'
import type { Cluster, FieldConflict } from '../cluster/index.ts'
import type { Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { conflictAdvice, disputed, migratableManagers } from './conflicts.ts'
import { equalValues, isCertainlyUnchanged, ownEntry } from './managed.ts'
import { immutableFields, isImmutableChange } from './immutable.ts'
import type { Action } from './plan.ts'
import { rejection } from './rejection.ts'
import { restartsPods } from './restarts.ts'
import { visibleChanges } from './visible.ts'

/** What is to be done about one desired object: nothing, an action, or problems (with an action where one can be shown). */
export interface Decision {
  action?: Action
  problems: Problem[]
}

export interface DecideInput {
  cluster: Cluster
  rendered: RenderedObject
  /** The live object, of the set or not; undefined when there is none. */
  live: KubeObject | undefined
  setId: string
  forceConflicts: boolean
  /** Whether a creation is tried by a dry-run; false when its namespace does not exist yet. */
  tryCreations: boolean
}

export async function decide(input: DecideInput): Promise<Decision> {
  const { live, rendered } = input
  if (live === undefined) return decideCreation(input)
  if (live.metadata.deletionTimestamp !== undefined) return recreation(input, live)
  if (isCertainlyUnchanged(rendered.object, live)) return { problems: [] }
  return decideChange(input, live)
}

async function decideCreation(input: DecideInput): Promise<Decision> {
  const action = actionFor(input, { type: 'create', reason: 'not in the cluster' })
  if (!input.tryCreations) return { action, problems: [] }
  try {
    await input.cluster.apply(input.rendered.object, { dryRun: true })
    return { action, problems: [] }
  } catch (error) {
    return { action, problems: [rejection(error, input.rendered)] }
  }
}

/** It is being deleted already: nothing can be applied to it; wait until it is gone, then create. */
function recreation(input: DecideInput, live: KubeObject): Decision {
  const reason = `is being deleted since ${live.metadata.deletionTimestamp}`
  const action = actionFor(input, { type: 'replace', reason, live, terminating: true })
  return { action, problems: [] }
}

async function decideChange(input: DecideInput, live: KubeObject): Promise<Decision> {
  try {
    const result = await input.cluster.apply(input.rendered.object, { dryRun: true })
    return changeDecision(input, live, result)
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    const { failure } = error
    if (failure.type === 'field-conflict') return decideConflict(input, live, failure.conflicts)
    if (isImmutableChange(failure))
      return decideReplacement(input, live, immutableFields(failure.causes))
    return { problems: [rejection(error, input.rendered)] }
  }
}

function changeDecision(
  input: DecideInput,
  live: KubeObject,
  result: KubeObject,
  force = false,
): Decision {
  const changes = visibleChanges(live, result, input.setId)
  const adopts = ownEntry(live) === undefined
  if (changes.length === 0 && !adopts && sameOwnership(live, result)) return { problems: [] }
  const action = actionFor(input, {
    type: adopts ? 'adopt' : 'update',
    reason: changeReason(adopts, changes.length),
    live,
    changes,
    ...(force ? { force } : {}),
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
  const { cluster, rendered, forceConflicts } = input
  const result = await cluster.apply(rendered.object, { dryRun: true, force: true })
  const decision = changeDecision(input, live, result, true)
  const managers = migratableManagers(conflicts)
  if (decision.action !== undefined && managers.length > 0) decision.action.migrate = managers
  const refused = forceConflicts ? [] : disputed(conflicts)
  const problems = refused.map(conflict => conflictProblem(conflict, decision.action, rendered))
  return { ...decision, problems }
}

function conflictProblem(
  conflict: FieldConflict,
  action: Action | undefined,
  { object, endpoint }: RenderedObject,
): Problem {
  const path = conflict.field.replace(/^\./, '')
  const change = action?.changes.find(candidate => candidate.path === path)
  const values =
    change === undefined
      ? ''
      : `: live ${JSON.stringify(change.before)}, in git ${JSON.stringify(change.after)}`
  const place = endpoint.placeOf('spec')
  return {
    code: 'field-conflict',
    severity: 'error',
    message: `${formatRef(refOf(object))}: ${path} is held by the field manager "${conflict.manager}"${values}`,
    object: formatRef(refOf(object)),
    endpoint: endpoint.name,
    ...(place === undefined ? {} : { place }),
    remedy: conflictAdvice(conflict),
  }
}

/** A field that cannot change: delete and create. A dry-run creation under another name proves that the new object itself is acceptable. */
async function decideReplacement(
  input: DecideInput,
  live: KubeObject,
  fields: string,
): Promise<Decision> {
  const { cluster, rendered } = input
  try {
    const created = await cluster.create(underTrialName(rendered.object), { dryRun: true })
    const result = { ...created, metadata: { ...created.metadata, name: live.metadata.name } }
    const reason = `${fields} cannot be changed in place`
    const changes = visibleChanges(live, result, input.setId)
    return { action: actionFor(input, { type: 'replace', reason, live, changes }), problems: [] }
  } catch (error) {
    return { problems: [rejection(error, rendered)] }
  }
}

function underTrialName(object: KubeObject): KubeObject {
  const name = `${object.metadata.name.slice(0, 48)}-slipway-trial`
  return { ...object, metadata: { ...object.metadata, name } }
}

interface ActionInput {
  type: Action['type']
  reason: string
  live?: KubeObject
  changes?: Action['changes']
  force?: boolean
  terminating?: boolean
}

function actionFor({ rendered }: DecideInput, input: ActionInput): Action {
  const { live, changes = [], ...rest } = input
  const ref = refOf(rendered.object)
  const replaces = input.type === 'replace' && restartsPods(ref, [{ path: 'spec.template' }])
  return {
    ...rest,
    ref,
    endpoint: rendered.endpoint.name,
    wave: waveOf(ref.kind),
    desired: rendered.object,
    changes,
    restartsPods: replaces || restartsPods(ref, changes),
    ...(live?.metadata.uid === undefined ? {} : { uid: live.metadata.uid }),
  }
}
