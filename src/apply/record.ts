import { asProblem, ClusterError } from '../cluster/index.ts'
import type { Cluster } from '../cluster/index.ts'
import { countActions, equalValues } from '../plan/index.ts'
import type { Inventory, Plan, Revision, RevisionInfo } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import type { ApplyOutcome } from './events.ts'
import { writeParent } from './parent.ts'
import type { Run } from './run.ts'

/** Before the first write: a superset of kinds and namespaces, so that a crash loses track of nothing. */
export async function writeInventory({ cluster, plan, revisions }: Run): Promise<void> {
  const { recorded, before } = plan.inventory
  if (equalValues(recorded, before)) return
  await writeParent({ cluster, plan, inventory: before, revisions })
}

/** An apply that was interrupted has two seconds to end. */
const HURRIED_MS = 1200
const PATIENT_MS = 30_000

/** Records what happened, also after an interruption; what prevents it is a problem, not the end: the objects are written. */
export async function recordSafely(
  run: Run,
  info: RevisionInfo,
  { counts, result, durationSeconds }: ApplyOutcome,
): Promise<Problem[]> {
  const { only } = run.plan
  // By the clock that others see, too: ours may be wrong.
  const time = run.cluster.serverTime().toISOString()
  const limited = only === undefined ? {} : { only }
  const limit = AbortSignal.timeout(run.signal.aborted ? HURRIED_MS : PATIENT_MS)
  const closing = { ...run, cluster: run.cluster.withSignal(limit) }
  try {
    await recordOutcome(closing, { ...info, time, counts, result, durationSeconds, ...limited })
    return []
  } catch (error) {
    return [notRecorded(error, run.plan.parent)]
  }
}

function notRecorded(error: unknown, { namespace, name }: Plan['parent']): Problem {
  const problem = asProblem(error, { object: `ConfigMap/${namespace}/${name}` })
  const message = `the revision could not be recorded: ${problem.message}`
  if (!(error instanceof ClusterError) || error.failure.type !== 'invalid')
    return { ...problem, message }
  // Of what slipway writes into it nothing is invalid: others have filled it.
  const remedy = `Look at what else is in it (kubectl -n ${namespace} describe configmap ${name}) and make room, then apply again: only revisions.json is slipway's.`
  return { ...problem, message, remedy }
}

/** After the last: narrowed where everything that had to go is gone, with the revision on top. A set that is empty leaves nothing. */
async function recordOutcome(run: Run, revision: Revision): Promise<void> {
  const { cluster, plan, options, revisions } = run
  const isComplete = revision.result === 'succeeded' && (options.wait || !hasRemovals(plan))
  if (isComplete && isEmpty(plan)) return removeParent(cluster, plan)
  const inventory: Inventory = isComplete ? plan.inventory.after : plan.inventory.before
  const parent = await writeParent({
    cluster,
    plan,
    inventory,
    revisions: [revision, ...revisions],
  })
  await writeEvent(run, parent.metadata.uid, revision)
}

function hasRemovals({ actions }: Plan): boolean {
  return actions.some(({ type }) => type === 'prune' || type === 'switch')
}

function isEmpty({ inventory, only }: Plan): boolean {
  return only === undefined && inventory.after.groupKinds.length === 0
}

async function removeParent(cluster: Cluster, { parent }: Plan): Promise<void> {
  await cluster.delete(
    { apiVersion: 'v1', kind: 'ConfigMap', ...parent },
    { propagation: 'Background' },
  )
}

/** For people who look with kubectl; without the right to write events there is none. */
async function writeEvent(
  { cluster, plan }: Run,
  uid: string | undefined,
  revision: Revision,
): Promise<void> {
  const { name, namespace } = plan.parent
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${Date.parse(revision.time).toString(16)}`, namespace },
    involvedObject: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name,
      namespace,
      ...(uid === undefined ? {} : { uid }),
    },
    type: revision.result === 'succeeded' ? 'Normal' : 'Warning',
    reason: revision.result === 'succeeded' ? 'Applied' : 'ApplyFailed',
    message: eventMessage(revision, plan),
    source: { component: 'slipway' },
    firstTimestamp: revision.time,
    lastTimestamp: revision.time,
    count: 1,
  }
  try {
    await cluster.create(event)
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
  }
}

function eventMessage({ commit, actor, result }: Revision, plan: Plan): string {
  const counts = Object.entries(countActions(plan)).filter(([, count]) => count > 0)
  const done = counts.map(([action, count]) => `${count} ${action}`).join(', ')
  return `${commit?.slice(0, 12) ?? 'without git'} by ${actor}: ${result} (${done})`
}
