import { readRevisions } from '../plan/index.ts'
import { SlipwayError, type Problem } from '../problem/index.ts'
import type { ProjectChoice, Proven } from '../project/index.ts'
import type { Delivery } from './delivery.ts'
import { projectDelivery, type ProjectDelivery } from './project-delivery.ts'

/** What a way back comes to, one step after the other. */
export type WayBack =
  /** No revision that was good differs in what failed. */
  | { type: 'nothing' }
  | { type: 'begun'; commit: string; warnings: readonly Problem[] }
  /** The commit cannot be had; why is refused next. */
  | { type: 'lost'; commit: string }
  /** Git has it still: somebody has to revert it. */
  | { type: 'left'; commit: string }
  | { type: 'refused'; problems: readonly Problem[] }

export interface FailedApply extends Proven {
  choice: ProjectChoice
  /** The endpoints that failed; the others stay as they are. */
  failed: readonly string[]
  /** How they were applied. */
  how: ProjectDelivery
  /** Carries out the plan of the way back. */
  carryOut: (delivery: Pick<Delivery, 'cluster' | 'makePlan' | 'options'>) => Promise<unknown>
  onStep: (step: WayBack) => void
}

/**
 * Returns the failed endpoints to the last commit that the record calls good (R6). Git still says what failed, so somebody must revert it:
 * which commit is said. What prevents the way back is said, too, and not thrown.
 */
export async function applyLastGood(input: FailedApply): Promise<void> {
  const { project, provenance, choice, failed, how, carryOut, onStep } = input
  const { loadLastGood } = await import('../revisions/index.ts')
  try {
    const good = await loadLastGood({
      revisions: await readRevisions(how.cluster, project.set),
      project,
      provenance,
      choice,
      endpoints: failed,
      onLost: commit => onStep({ type: 'lost', commit }),
    })
    if (good === undefined) return onStep({ type: 'nothing' })
    onStep({ type: 'begun', commit: good.commit, warnings: good.warnings })
    const planOptions = { ...how.planOptions, allowOlder: true }
    await carryOut(projectDelivery(good, { ...how, only: failed, planOptions }))
    const { commit } = provenance.info
    if (commit !== undefined) onStep({ type: 'left', commit })
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error
    onStep({ type: 'refused', problems: error.problems })
  }
}
