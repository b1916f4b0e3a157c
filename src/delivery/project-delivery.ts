import type { ApplyOptions } from '../apply/index.ts'
import type { Cluster } from '../cluster/index.ts'
import { planSet, type PlanOptions, type PlanRequest } from '../plan/index.ts'
import type { Proven } from '../project/index.ts'
import type { Delivery } from './delivery.ts'

/** How a project is brought into a cluster. */
export interface ProjectDelivery {
  cluster: Cluster
  /** Only these endpoints; all where there are none. */
  only?: readonly string[]
  /** Instead of applying: the endpoints that go, whatever git says. */
  remove?: PlanRequest['remove']
  planOptions?: Partial<PlanOptions>
  applyOptions?: Partial<ApplyOptions>
  /** Run the smoke tests of endpoints that are ready; a wrong answer fails them. */
  smoke?: boolean
}

/** How the plan of a project is made, and carried out. */
export function projectDelivery(
  { project, provenance }: Proven,
  how: ProjectDelivery,
): Pick<Delivery, 'cluster' | 'makePlan' | 'options'> {
  const { cluster, only = [], remove, planOptions = {}, applyOptions = {}, smoke = false } = how
  const request = { ...project, provenance, cluster, options: planOptions }
  if (remove !== undefined)
    return {
      cluster,
      options: applyOptions,
      makePlan: async earlier => planSet({ ...request, remove, earlier }),
    }
  const { endpoints } = project.set
  return {
    cluster,
    options: { ...applyOptions, endpoints, ...(smoke && { smoke: endpoints }) },
    makePlan: async () => planSet({ ...request, ...(only.length > 0 && { only }) }),
  }
}
