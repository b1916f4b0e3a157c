import { formatRef, refOf, waveOf } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import { endpointOf, orphans, pruneVerdict } from './prune.ts'
import { isWorkload } from './restarts.ts'
import type { LiveSet } from './live.ts'
import type { Action } from './plan.ts'

export interface RemovalsInput {
  live: LiveSet
  /** Keys of everything desired in the whole set, whatever the plan is limited to. */
  desiredKeys: ReadonlySet<string>
  /** Endpoints that go on, with a workload of their own. */
  continuing: ReadonlySet<string>
  isInScope: (endpoint: string) => boolean
}

/** Everything of the set that is live and no longer desired: what goes, and what stays with a warning. */
export function removals({ live, desiredKeys, continuing, isInScope }: RemovalsInput) {
  const actions: Action[] = []
  const problems: Problem[] = []
  for (const object of orphans(live, desiredKeys)) {
    if (!isInScope(endpointOf(object))) continue
    const verdict = pruneVerdict(object)
    if (verdict.prune) actions.push(removal(object, continuing))
    else if (verdict.report) problems.push(kept(object, verdict.reason))
  }
  return { actions, problems }
}

/** The workload of an endpoint that goes on is switched: it must be gone before the other runtime's is created (K8). */
function removal(object: KubeObject, continuing: ReadonlySet<string>): Action {
  const endpoint = endpointOf(object)
  const isSwitch = isWorkload(object.kind) && continuing.has(endpoint)
  return {
    type: isSwitch ? 'switch' : 'prune',
    ref: refOf(object),
    endpoint,
    wave: waveOf(object.kind),
    changes: [],
    reason: isSwitch ? 'the endpoint changes its runtime' : 'no longer rendered',
    restartsPods: isWorkload(object.kind),
    ...(object.metadata.uid === undefined ? {} : { uid: object.metadata.uid }),
  }
}

function kept(object: KubeObject, reason: string): Problem {
  return {
    code: 'guard',
    severity: 'warning',
    message: `${formatRef(refOf(object))} is no longer rendered but is kept: ${reason}`,
    object: formatRef(refOf(object)),
    endpoint: endpointOf(object),
  }
}
