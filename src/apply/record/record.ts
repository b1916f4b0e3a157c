import { asProblem, ClusterError, failureType, type Cluster } from '../../cluster/index.ts'
import { equalValues } from '../../object/index.ts'
import {
  actionsOf,
  countActions,
  type Inventory,
  type Plan,
  type Revision,
} from '../../plan/index.ts'
import { SlipwayError, type Problem } from '../../problem/index.ts'
import type { ApplyOutcome, EndpointOutcome } from '../events.ts'
import { writeParent } from './parent.ts'
import type { Run } from '../run.ts'

/**
 * Before the first write, so that a crash loses track of nothing: a superset of kinds and namespaces, and what is being applied, which
 * the guards of others go by from now on. One write for both, and none where nothing will be written.
 */
export async function recordBegun(run: Run): Promise<void> {
  const { cluster, plan, revisions } = run
  if (actionsOf(plan).length === 0) return
  const counts = countActions(plan)
  const begun = revisionOf(run, { counts, result: 'begun', durationSeconds: 0 })
  const earlier = revisions.slice(isSameBegun(begun, revisions[0]) ? 1 : 0)
  const inventory = plan.inventory.before
  try {
    await writeParent({ cluster, plan, inventory, revisions: [begun, ...earlier] })
  } catch (error) {
    if (run.signal.aborted) throw error
    const problem = notRecorded(error, plan.parent)
    throw new SlipwayError([{ cause: NOTHING_DONE, ...problem }], { cause: error })
  }
}

const NOTHING_DONE = 'It is recorded before the first write, so nothing was changed.'

/** An apply that is killed again and again takes one place among those that are kept. */
function isSameBegun(begun: Revision, last: Revision | undefined): boolean {
  return (
    last?.result === 'begun' &&
    last.action === begun.action &&
    last.commit === begun.commit &&
    last.repository === begun.repository &&
    equalValues(last.only, begun.only)
  )
}

interface Course extends Pick<Revision, 'counts' | 'result' | 'durationSeconds'> {
  endpoints?: ApplyOutcome['endpoints']
  problems?: ApplyOutcome['problems']
}

function revisionOf(run: Run, course: Course): Revision {
  const { plan, cluster } = run
  const { counts, result, durationSeconds } = course
  const limited = plan.only === undefined ? {} : { only: plan.only }
  // By the clock that others see, too: ours may be wrong.
  const time = cluster.serverTime().toISOString()
  const asked = plan.deletion === undefined ? {} : { action: 'delete' as const }
  const told = { ...limited, ...proofOf(run, course) }
  return { ...asked, ...plan.revision, time, counts, result, durationSeconds, ...told }
}

/** As many as a person looks at: a record that names all of a fleet in each entry keeps fewer entries. */
const MOST_UNREADY = 50

/** What a promotion goes by. A deletion and an apply that has only begun prove nothing. */
function proofOf(
  { plan, options }: Pick<Run, 'plan' | 'options'>,
  { result, endpoints, problems = [] }: Course,
): Pick<Revision, 'smoked' | 'unready'> {
  if (endpoints === undefined || plan.deletion !== undefined) return {}
  const unready = Object.keys(endpoints).filter(name => isUnready(endpoints[name]))
  const isNamed = result !== 'succeeded' && unready.length <= MOST_UNREADY
  return {
    ...(options.smoke !== undefined &&
      options.wait &&
      !problems.some(isUnasked) && { smoked: true }),
    ...(isNamed && { unready }),
  }
}

/** It had no pod to ask; what failed its smoke test is an error, and among the unready. */
const isUnasked = ({ code, severity }: Problem) => code === 'smoke-failed' && severity === 'warning'

function isUnready(outcome: EndpointOutcome | undefined): boolean {
  return outcome === 'failed' || outcome === 'unfinished' || outcome === 'skipped'
}

/** An apply that was interrupted has two seconds to end. */
const HURRIED_MS = 1200
const PATIENT_MS = 30_000

/** Records what happened, also after an interruption; what prevents it is a problem, not the end: the objects are written. */
export async function recordSafely(run: Run, outcome: ApplyOutcome): Promise<Problem[]> {
  const limit = AbortSignal.timeout(run.signal.aborted ? HURRIED_MS : PATIENT_MS)
  const closing = { ...run, cluster: run.cluster.withSignal(limit) }
  try {
    await recordOutcome(closing, revisionOf(run, outcome))
    return []
  } catch (error) {
    return [notRecorded(error, run.plan.parent)]
  }
}

function notRecorded(error: unknown, { namespace, name }: Plan['parent']): Problem {
  const problem = asProblem(error, { object: `ConfigMap/${namespace}/${name}` })
  const message = `the revision could not be recorded: ${problem.message}`
  if (failureType(error) !== 'invalid') return { ...problem, message }
  // Of what slipway writes into it nothing is invalid: others have filled it.
  const remedy = `Look at what else is in it (kubectl -n ${namespace} describe configmap ${name}) and make room, then apply again: only revisions.json is slipway's.`
  return { ...problem, message, remedy }
}

/** After the last: narrowed where everything that had to go is gone, with the revision on top. A set that is empty leaves nothing. */
async function recordOutcome(run: Run, revision: Revision): Promise<void> {
  const { cluster, plan, options, revisions } = run
  const isComplete = revision.result === 'succeeded' && (options.wait || !hasRemovals(plan))
  if (isComplete && plan.only === undefined && plan.inventory.after.groupKinds.length === 0)
    return removeParent(cluster, plan)
  const inventory: Inventory = isComplete ? plan.inventory.after : plan.inventory.before
  const parent = await writeParent({
    cluster,
    plan,
    inventory,
    revisions: [revision, ...revisions],
  })
  await writeEvent(run, parent.metadata.uid, revision)
}

function hasRemovals(plan: Plan): boolean {
  return actionsOf(plan).some(({ type }) => type === 'prune' || type === 'switch')
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
    reason: eventReason(revision),
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

function eventReason({ action, result }: Revision): string {
  const isDone = result === 'succeeded'
  if (action === 'delete') return isDone ? 'Deleted' : 'DeleteFailed'
  return isDone ? 'Applied' : 'ApplyFailed'
}

function eventMessage({ commit, actor, result }: Revision, plan: Plan): string {
  const counts = Object.entries(countActions(plan)).filter(([, count]) => count > 0)
  const done = counts.map(([action, count]) => `${count} ${action}`).join(', ')
  return `${commit?.slice(0, 12) ?? 'without git'} by ${actor}: ${result} (${done})`
}
