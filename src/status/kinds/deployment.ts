import { unobserved } from '../observed.ts'
import { lacking, progressing, ready, unfinished } from '../rollout.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Workload } from '../shapes.ts'
import { newestReplicaSet } from '../tree.ts'
import type { Rule } from './rule.ts'
import { plural } from '../../words/index.ts'

/**
 * Ready when the newest ReplicaSet serves alone: all pods new, all available, none of the old ones counted. The
 * wanted number is the live one, which an autoscaler may have set.
 */
export const assessDeployment: Rule = inquiry => {
  const { spec } = inquiry.object as Workload
  const waiting = unobserved(inquiry)
  if (waiting !== undefined) return waiting
  if (spec?.paused === true)
    return progressing('paused: the rollout goes on when spec.paused is taken away')
  const missing = missingPods(inquiry)
  return missing === undefined ? ready(spec?.replicas ?? 1) : unfinished(inquiry, missing)
}

function missingPods(inquiry: Inquiry): string | undefined {
  const { spec, status = {} } = inquiry.object as Workload
  const wanted = spec?.replicas ?? 1
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status
  const old = replicas - updatedReplicas
  return (
    lacking(updatedReplicas, wanted, 'new pods created') ??
    lacking(newAvailable(inquiry, old), wanted, 'new pods available') ??
    (old > 0 ? oldPods(old) : undefined) ??
    (replicas > wanted ? `${plural(replicas - wanted, 'surplus pod')} to go` : undefined) ??
    lacking(availableReplicas, wanted, 'pods available')
  )
}

/** availableReplicas counts old pods too; the newest ReplicaSet knows its own. */
function newAvailable({ object, related }: Inquiry, old: number): number {
  const { availableReplicas = 0 } = (object as Workload).status ?? {}
  if (old <= 0) return availableReplicas
  const newest = newestReplicaSet(object, related)
  // A ReplicaSet leaves a zero out.
  return newest === undefined ? availableReplicas : (newest.status?.availableReplicas ?? 0)
}

function oldPods(count: number): string {
  return `${plural(count, 'old pod')} ${count === 1 ? 'is' : 'are'} terminating`
}
