import { conditionOf } from '../conditions.ts'
import { isReady } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Workload } from '../shapes.ts'
import { latest } from '../times.ts'
import { deploymentsOf, groupedPods } from '../tree.ts'

/** Since when all that a controller made of an object serves, its Deployments and groups of pods; undefined where something does not, or says no time. */
export function servesSince({ object, related }: Inquiry): string | undefined {
  const deployments = deploymentsOf(object, related)
  const pods = groupedPods(object, related)
  if (!deployments.every(serves) || !pods.every(isReady)) return undefined
  const times = [
    ...deployments.map(each => conditionOf(each, 'Available')?.lastTransitionTime),
    ...pods.map(each => conditionOf(each, 'Ready')?.lastTransitionTime),
  ]
  return times.includes(undefined) ? undefined : times.reduce(latest, undefined)
}

function serves({ metadata, spec, status = {} }: Workload): boolean {
  const { observedGeneration = 0, replicas = 0, updatedReplicas = 0 } = status
  const wanted = spec?.replicas ?? 1
  return (
    observedGeneration >= (metadata.generation ?? 0) &&
    replicas === updatedReplicas &&
    (status.availableReplicas ?? 0) >= wanted
  )
}
