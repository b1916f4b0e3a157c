import { endedAgain } from './causes/ended-again.ts'
import { isActive } from './containers.ts'
import { explain, explainPod } from './explain.ts'
import type { Inquiry } from './inquiry.ts'
import type { Pod, Workload } from './shapes.ts'
import { newestPods, podMakers } from './tree.ts'
import type { Diagnosis } from './verdict.ts'
import { plural } from '../words/index.ts'

/**
 * Why waiting is pointless: every pod of the newest revision is in a state that cannot get better by itself, or none
 * can be created. Never by pods of an earlier revision, and never while one of the new ones may still succeed.
 */
export function doomed(inquiry: Inquiry): Diagnosis | undefined {
  const again = endedAgain(inquiry)
  if (again !== undefined) return again
  const pods = newestPods(inquiry.object, inquiry.related).filter(isActive)
  if (pods.length === 0) return overdue(inquiry) ?? explain(inquiry).find(isHopeless)
  if (pods.length < madePods(inquiry)) return undefined
  return allHopeless(pods, inquiry) ?? overdue(inquiry)
}

function allHopeless(pods: Pod[], inquiry: Inquiry): Diagnosis | undefined {
  const found = pods.map(pod => explainPod(pod, inquiry).find(isHopeless))
  const [first] = found
  if (first === undefined || found.includes(undefined)) return undefined
  if (pods.length === 1) return first
  return { ...first, evidence: [...first.evidence, `all ${plural(pods.length, 'new pod')} fail`] }
}

/** As the controllers counted them: pods may be missing from the view for a moment. */
function madePods({ object, related }: Inquiry): number {
  const counts = podMakers(object, related).map(({ status }: Workload) => status?.replicas ?? 0)
  return counts.reduce((sum, count) => sum + count, 0)
}

function isHopeless({ outlook }: Diagnosis): boolean {
  return outlook === 'hopeless'
}

/** A passed deadline fails, but what was found beside it says more. */
function overdue(inquiry: Inquiry): Diagnosis | undefined {
  const found = explain(inquiry)
  const [first] = found
  const deadline = found.find(each => each.cause === 'progress-deadline' && isHopeless(each))
  if (first === undefined || deadline === undefined || first === deadline) return deadline
  return { ...first, evidence: [...first.evidence, ...deadline.evidence], outlook: 'hopeless' }
}
