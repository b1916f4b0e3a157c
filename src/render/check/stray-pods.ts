import type { Selector } from '../../kinds/index.ts'
import type { Rendering } from '../rendered.ts'
import type { Pods } from './pods.ts'
import { nameOf } from './rule.ts'

/** What is wrong with the pods that an endpoint's object selects, as a clause; undefined when they are exactly its own. */
export function strayPods(
  { endpoint }: Rendering,
  selector: Selector,
  taken: readonly Pods[],
): string | undefined {
  const own = new Set(
    taken.flatMap(({ workload }) => (workload.endpoint === endpoint ? nameOf(workload) : [])),
  )
  // Two workloads of one name are told by name-clash.
  const foreign = taken.find(
    ({ workload }) => workload.endpoint !== endpoint && !own.has(nameOf(workload)),
  )
  if (foreign !== undefined) return `selects pods of ${nameOf(foreign.workload)} too`
  return taken.length === 0 ? `selects no pods (${formatSelector(selector) || 'empty'})` : undefined
}

function formatSelector({ matchLabels }: Selector): string {
  return Object.entries(matchLabels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',')
}
