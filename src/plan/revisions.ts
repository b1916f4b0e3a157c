import type { KubeObject } from '../object/index.ts'
import type { Plan, PlanCounts } from './plan.ts'

/** Which commit is applied, and by whom. */
export interface RevisionInfo {
  /** Full hash; absent outside git. */
  commit?: string
  subject?: string
  author?: string
  /** Where clones of it come from, such as `github.com/org/models`; absent without one. */
  repository?: string
  /** Uncommitted changes were applied, too. */
  dirty: boolean
  /** Which files those are, the first of them. */
  uncommitted?: string[]
  /** Who runs it and where: `alice@laptop`, the CI run's URL. */
  actor: string
}

/** One entry of the record kept with the set's parent: what was applied, and how it went. */
export interface Revision extends RevisionInfo {
  time: string
  counts: PlanCounts
  result: Result
  durationSeconds: number
  /** Endpoint names, when the apply was limited to some. */
  only?: string[]
}

export type Result = 'succeeded' | 'failed' | 'interrupted'

export const REVISIONS_KEY = 'revisions.json'

/** The recorded revisions, newest first; a record that cannot be read counts as none. */
export function revisionsOf(parent: KubeObject | undefined): Revision[] {
  const data = parent?.['data'] as Record<string, string> | undefined
  try {
    const revisions: unknown = JSON.parse(data?.[REVISIONS_KEY] ?? '[]')
    return Array.isArray(revisions) ? (revisions as Revision[]) : []
  } catch {
    return []
  }
}

/** What a plan knows of the record. */
export function lastOf(
  revisions: readonly Revision[],
): Pick<Plan, 'lastRevision' | 'lastCommitted' | 'lastRepository'> {
  const [lastRevision] = revisions
  const lastCommitted = revisions.find(({ commit }) => commit !== undefined)
  const lastRepository = revisions.find(each => each.repository !== undefined)?.repository
  return {
    ...(lastRevision && { lastRevision }),
    ...(lastCommitted && { lastCommitted }),
    ...(lastRepository !== undefined && { lastRepository }),
  }
}
