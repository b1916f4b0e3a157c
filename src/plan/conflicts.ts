import { FIELD_MANAGER, HANDOVER_MANAGER } from '../object/index.ts'
import type { FieldConflict } from '../cluster/index.ts'

/**
 * Managers whose fields are ours to take over: kubectl's client-side apply, what was there before the first server-side
 * apply, and our own older Update entries. kubectl-edit, -patch, -scale and -set are somebody's hand: never silently.
 */
const MIGRATED = ['kubectl-client-side-apply', 'before-first-apply', FIELD_MANAGER]

/** Conflicts that are not ours to settle. `ownsReplicas`: the autoscaler that held the replicas goes with this plan. */
export function disputed(
  conflicts: readonly FieldConflict[],
  { ownsReplicas = false } = {},
): FieldConflict[] {
  return conflicts.filter(({ manager, field }) => {
    if (isMigratable(manager) || manager === HANDOVER_MANAGER) return false
    return !(ownsReplicas && field === '.spec.replicas' && AUTOSCALERS.test(manager))
  })
}

/** The HPA controller writes through the scale subresource, as a part of the controller manager. */
const AUTOSCALERS = /^kube-controller-manager$|horizontal-pod-autoscaler|keda/i

export function isMigratable(manager: string): boolean {
  return MIGRATED.includes(manager)
}

/** What to do about a field that another manager holds, by who it is. */
export function conflictAdvice({ manager, field }: FieldConflict): string {
  if (field === '.spec.replicas' && AUTOSCALERS.test(manager)) return AUTOSCALED
  const known = ADVICE.find(({ managers }) => managers.test(manager))
  return (
    known?.advice ??
    `Commit the live value of ${field} to git, or take git's with --force-conflicts.`
  )
}

const AUTOSCALED = 'An autoscaler sets it: use scaling instead of replicas in the endpoint.'

const ADVICE = [
  { managers: /horizontal-pod-autoscaler|keda/i, advice: AUTOSCALED },
  {
    managers: /vpa|vertical-pod-autoscaler/i,
    advice:
      'A vertical pod autoscaler sets it: leave the resources out of the endpoint, or remove the autoscaler.',
  },
  {
    managers: /^kubectl-(edit|patch|scale|set|rollout|label|annotate)/,
    advice:
      "Somebody changed it by hand, perhaps during an incident: commit the live value to git, or take git's with --force-conflicts.",
  },
  {
    managers: /^manager$|kserve/,
    advice: 'The KServe controller sets it: leave it out of the endpoint. It is never forced.',
  },
]
