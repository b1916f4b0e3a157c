import { DEPLOYMENT, isOf } from '../../kinds/index.ts'
import { isTracked } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { isSayable } from '../scaling/queue.ts'
import { isOfHost } from './belongings.ts'
import type { LiveEndpoint } from '../live.ts'

/**
 * Leaves among the related what is the endpoint's by its name alone. A candidate's is nobody's until a route says so, and an autoscaler that
 * the spec cannot say, and an Ingress for any host, stay where they are.
 */
export function namedFor<Found extends LiveEndpoint>(found: Found): Found {
  const related = found.related.filter(object => isByName(object))
  const strangers = found.related.filter(object => !related.includes(object))
  return { ...found, related, others: [...(found.others ?? []), ...strangers] }
}

function isByName(object: KubeObject): boolean {
  return !isTracked(object) && !isOf(object, DEPLOYMENT) && isSayable(object) && isOfHost(object)
}
