import type { ApplyEvent, ApplyOptions } from '../apply/index.ts'
import type { Cluster } from '../cluster/index.ts'
import type { Plan } from '../plan/index.ts'

/** One plan on its way into the cluster. */
export interface Delivery {
  cluster: Cluster
  /** Anew, with the one that was approved, when another apply came first. */
  makePlan: (earlier?: Plan) => Promise<Plan>
  options: Partial<ApplyOptions>
  /** Of the only plan that may be carried out: the one that was reviewed. */
  planHash?: string | undefined
  /** Each plan, before anybody is asked for it. */
  onPlan?: (plan: Plan) => void | Promise<void>
  /** The plan is what is wanted, and nothing is carried out. */
  isDryRun?: boolean
  /** Refuses by throwing; false when somebody said no. */
  approve: (plan: Plan) => Promise<boolean>
  /** Surrounds the time in which things happen, such as with a view of them; without, nobody watches. */
  during?: <Result>(plan: Plan, work: (course: Course) => Promise<Result>) => Promise<Result>
  /** Gather what is known of every endpoint that fails; otherwise of the first ones. */
  isGatheringAll?: boolean
  signal: AbortSignal
}

/** What an apply needs of whoever watches it. */
export interface Course {
  onEvent: (event: ApplyEvent) => void
  /** Leaves the screen to somebody who asks. */
  paused: <Result>(work: () => Promise<Result>) => Promise<Result>
}
