import type { Cluster } from '../cluster/index.ts'
import type { Plan } from '../plan/index.ts'
import { failure, SlipwayError } from '../problem/index.ts'
import type { ApplyEvent } from './events.ts'
import type { ApplyOptions } from './run.ts'

export interface ApplyInput {
  plan: Plan
  cluster: Cluster
  options?: Partial<ApplyOptions>
  onEvent: (event: ApplyEvent) => void
  /** Interrupts: nothing more is written, the lock is released, what was done is recorded and reported. */
  signal: AbortSignal
  /** Makes the plan anew when somebody else has applied since it was made. Throws when the new one may not be applied (it is not what was reviewed). */
  replan: () => Promise<Plan>
}

/** Nothing of a plan is carried out that has an error anywhere, or that was made to be looked at. */
export function refuseProblems({ problems, isPreview }: Plan): void {
  if (isPreview)
    throw failure('usage', 'this plan is a preview, which is never applied', {
      remedy: 'Make it without isPreview.',
    })
  const errors = problems.filter(problem => problem.severity === 'error')
  if (errors.length > 0) throw new SlipwayError(errors)
}
