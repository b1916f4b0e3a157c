import { isRuntime, isWorkload } from '../../kinds/index.ts'
import { formatRef, isTracked, refOf, type KubeObject } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { removalOf, type Action } from '../action.ts'
import type { LiveSet } from '../observe/live.ts'
import { endpointOf, orphans, pruneVerdict } from './prune.ts'
import { hasTwin, type Continuing } from './slots.ts'

export interface RemovalsInput {
  live: LiveSet
  /** Keys of everything desired in the whole set, whatever the plan is limited to. */
  desiredKeys: ReadonlySet<string>
  /** Endpoints that go on. */
  continuing: Continuing
  isInScope: (endpoint: string) => boolean
  /** Asked for by name, or with --all: what stays is no success. */
  isExplicit?: boolean
}

/** Everything of the set that is live and no longer desired: what goes, and what stays with a warning. */
export function removals({
  live,
  desiredKeys,
  continuing,
  isInScope,
  isExplicit = false,
}: RemovalsInput) {
  const actions: Action[] = []
  const problems: Problem[] = []
  for (const object of orphans(live, desiredKeys)) {
    if (!isInScope(endpointOf(object))) continue
    const verdict = pruneVerdict(object)
    if (verdict.prune) actions.push(removal(object, { continuing, isExplicit }))
    else if (verdict.report) problems.push(kept(object, { ...verdict, isExplicit }))
  }
  return { actions, problems }
}

/** The workload of an endpoint that goes on is switched: it must be gone before the other runtime's is created (K8). */
function removal(
  object: KubeObject,
  { continuing, isExplicit }: { continuing: Continuing; isExplicit: boolean },
): Action {
  const endpoint = endpointOf(object)
  const isTwin = isRuntime(object) && hasTwin(object, endpoint, continuing)
  const isSwitch = isWorkload(object) && continuing.has(endpoint) && !isTwin
  return removalOf({
    ...(isSwitch && { type: 'switch' }),
    ref: refOf(object),
    endpoint,
    reason: reasonFor(object, { isSwitch, isTwin, isExplicit }),
    uid: object.metadata.uid,
  })
}

interface Leaving {
  isSwitch: boolean
  isTwin: boolean
  isExplicit: boolean
}

function reasonFor(object: KubeObject, { isSwitch, isTwin, isExplicit }: Leaving): string {
  if (isSwitch) return 'the endpoint changes its runtime'
  if (!isTwin) return isExplicit ? 'as requested' : 'no longer rendered'
  return isTracked(object) ? 'the candidate goes' : 'other pods serve in its place'
}

interface Keeping {
  reason: string
  isExplicit: boolean
}

function kept(object: KubeObject, { reason, isExplicit }: Keeping): Problem {
  const ref = refOf(object)
  const base = {
    severity: 'warning',
    object: formatRef(ref),
    endpoint: endpointOf(object),
  } as const
  if (!isExplicit) {
    const message = `${formatRef(ref)} is no longer rendered but is kept: ${reason}`
    return { code: 'guard', ...base, message }
  }
  return {
    code: 'not-deleted',
    ...base,
    message: `${formatRef(ref)} is kept: ${reason}`,
    remedy: `To delete it as well: kubectl delete ${ref.kind} ${ref.name}${ref.namespace === undefined ? '' : ` -n ${ref.namespace}`}.`,
  }
}
