import { FIELD_MANAGER, HANDOVER_MANAGER } from '../../object/index.ts'
import type { FieldConflict } from '../../cluster/index.ts'
import { holderOf, isAutoscaledReplicas } from './holders.ts'

/**
 * Managers whose fields are ours to take over: kubectl's client-side apply, what was there before the first server-side
 * apply, and our own older Update entries. kubectl-edit, -patch, -scale and -set are somebody's hand: never silently.
 */
const MIGRATED = ['kubectl-client-side-apply', 'before-first-apply', FIELD_MANAGER]

export interface ConflictRules {
  kind: string
  /** --force-conflicts */
  forced?: boolean
  /** The autoscaler that held the replicas goes with this plan. */
  ownsReplicas?: boolean
}

/** Conflicts that are not ours to settle. */
export function disputed(
  conflicts: readonly FieldConflict[],
  { kind, forced = false, ownsReplicas = false }: ConflictRules,
): FieldConflict[] {
  return conflicts.filter(conflict => {
    const { manager } = conflict
    if (isMigratable(manager) || manager === HANDOVER_MANAGER) return false
    if (ownsReplicas && isAutoscaledReplicas(conflict)) return false
    return !forced || holderOf(conflict, kind)?.isNeverForced === true
  })
}

export function isMigratable(manager: string): boolean {
  return MIGRATED.includes(manager)
}

/** What to do about a field that another manager holds, by the field and by who it is. */
export function conflictAdvice(conflict: FieldConflict, kind: string): string {
  return (
    holderOf(conflict, kind)?.advice ??
    `Commit the live value of ${conflict.field} to git, or take git's with --force-conflicts.`
  )
}
