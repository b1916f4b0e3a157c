import type { OUTCOME_VIEWS } from '../report/index.ts'
import type { ApplyOptions } from '../apply/index.ts'
import type { Cluster } from '../cluster/index.ts'
import type { Plan } from '../plan/index.ts'
import type { ApplyingArgs } from './applying.ts'
import type { Terminal } from './terminal.ts'

/** One plan on its way into the cluster. */
export interface CarryOut {
  args: ApplyingArgs & { output: keyof typeof OUTCOME_VIEWS }
  cluster: Cluster
  /** Of the project. */
  directory: string
  /** Anew, with the one that was approved, when another apply came first. */
  makePlan: (earlier?: Plan) => Promise<Plan>
  options: Partial<ApplyOptions>
  /** Refuses by throwing; false when somebody said no. */
  approve: (plan: Plan) => Promise<boolean>
  terminal: Terminal
}
