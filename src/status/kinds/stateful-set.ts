import { unobserved } from '../observed.ts'
import { lacking, ready, unfinished } from '../rollout.ts'
import type { Workload } from '../shapes.ts'
import type { Rule } from './rule.ts'

/** Ready when all pods are available, and those above the partition are of the update revision. */
export const assessStatefulSet: Rule = inquiry => {
  const missing = unobserved(inquiry)
  if (missing !== undefined) return missing
  const set = inquiry.object as Workload
  const wanted = set.spec?.replicas ?? 1
  const message = missingPods(set, wanted)
  return message === undefined ? ready(wanted) : unfinished(inquiry, message)
}

function missingPods({ spec, status = {} }: Workload, wanted: number): string | undefined {
  const { replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas } = status
  const { type, rollingUpdate } = spec?.updateStrategy ?? {}
  const updated = Math.max(0, wanted - (rollingUpdate?.partition ?? 0))
  return (
    lacking(replicas, wanted, 'pods created') ??
    (type === 'OnDelete' ? undefined : lacking(updatedReplicas, updated, 'pods updated')) ??
    lacking(availableReplicas ?? readyReplicas, wanted, 'pods available') ??
    (replicas > wanted ? `${replicas - wanted} surplus pods to go` : undefined)
  )
}
