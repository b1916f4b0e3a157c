import { ClusterError } from '../cluster/index.ts'
import type { Cluster } from '../cluster/index.ts'
import { countActions } from '../plan/index.ts'
import type { Inventory, Plan, Revision } from '../plan/index.ts'
import { writeParent } from './parent.ts'
import type { Run } from './run.ts'

/** Before the first write: a superset of kinds and namespaces, so that a crash loses track of nothing. */
export async function writeInventory({ cluster, plan, revisions }: Run): Promise<void> {
  const { recorded, before } = plan.inventory
  if (JSON.stringify(recorded) === JSON.stringify(before)) return
  await writeParent({ cluster, plan, inventory: before, revisions })
}

/** After the last: narrowed where everything that had to go is gone, with the revision on top. A set that is empty leaves nothing. */
export async function recordOutcome(run: Run, revision: Revision): Promise<void> {
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
    metadata: { name: `${name}.${Date.now().toString(16)}`, namespace },
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
