import type { InCluster } from '../cluster/index.ts'
import type { Problem } from '../problem/index.ts'
import type { RenderedEnvironment } from '../project/index.ts'
import { tryLimits } from './try-limits.ts'
import { tryObjects } from './try-objects.ts'

export interface EnvironmentsTrial {
  rendered: readonly RenderedEnvironment[]
  inCluster: InCluster
  /** What is needed for the trial may be created, as the cluster goes with it. */
  isThrowAway: boolean
}

/** Whether the API server of each environment accepts every object that is rendered for it. */
export async function tryEnvironments(trial: EnvironmentsTrial): Promise<Problem[]> {
  const { rendered, inCluster, isThrowAway } = trial
  const problems: Problem[] = []
  for (const { set, objects } of rendered) {
    const found = await inCluster(set.environment, cluster =>
      Promise.all([tryObjects({ cluster, objects, isThrowAway }), tryLimits(cluster, objects)]),
    )
    problems.push(...found.flat())
  }
  return problems
}
