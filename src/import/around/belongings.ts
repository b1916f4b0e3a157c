import {
  DEPLOYMENT,
  HORIZONTAL_POD_AUTOSCALER,
  HTTP_ROUTE,
  INGRESS,
  isOf,
  kindOf,
  matches,
  NETWORK_POLICY,
  POD_DISRUPTION_BUDGET,
  podLabelsOf,
  SCALED_OBJECT,
  selectorOf,
  SERVICE,
} from '../../kinds/index.ts'
import { at, entries, isTracked, type KubeObject } from '../../object/index.ts'
import type { LiveEndpoint } from '../live.ts'
import { isMade } from '../namespace/candidates.ts'
import { isSayable } from '../scaling/queue.ts'
import { isScaling } from '../scaling/scaled.ts'

/**
 * With what belongs to the workload alone, whatever its name: one of each kind that the spec has a section for. What several workloads share,
 * what another controller keeps, and the second of a kind stay outside.
 */
export function withBelongings<Found extends LiveEndpoint>(found: Found): Found {
  const { related, others = [] } = found
  const services = one({ found, kind: SERVICE.kind }, bestService)
  const known = [...related, ...services]
  const routed = known.find(({ kind }) => kind === SERVICE.kind)
  const belongings = [
    ...services,
    ...(found.workload.kind === DEPLOYMENT.kind ? oneScaler(found) : []),
    ...one({ found, kind: POD_DISRUPTION_BUDGET.kind }),
    ...one({ found, kind: NETWORK_POLICY.kind }),
    ...one({ found, kind: INGRESS.kind, service: routed?.metadata.name }),
    ...one({ found, kind: HTTP_ROUTE.kind, service: routed?.metadata.name }),
  ]
  return {
    ...found,
    related: [...related, ...belongings],
    others: others.filter(other => !belongings.includes(other)),
  }
}

/** Two that scale one workload stand in each other's way, and are left to whoever made them. */
function oneScaler(found: LiveEndpoint): KubeObject[] {
  const [scaler, ...more] = [HORIZONTAL_POD_AUTOSCALER, SCALED_OBJECT].flatMap(({ kind }) =>
    one({ found, kind }),
  )
  return scaler === undefined || more.length > 0 ? [] : [scaler]
}

interface Asked {
  found: LiveEndpoint
  kind: string
  /** That an Ingress or a route has to lead to, and to no other. */
  service?: string | undefined
}

type Choice = (found: LiveEndpoint, candidates: readonly KubeObject[]) => KubeObject | undefined

/** Where slipway's own name for it is taken, that is the one. */
function one(
  asked: Asked,
  choose: Choice = (_found, [only, ...more]) => (more.length === 0 ? only : undefined),
) {
  const { found, kind } = asked
  if (found.related.some(object => object.kind === kind)) return []
  const candidates = (found.others ?? []).filter(
    other =>
      other.kind === kind &&
      other.metadata.namespace === found.workload.metadata.namespace &&
      !isKept(other) &&
      isItsAlone(other, asked),
  )
  const chosen = choose(found, candidates)
  return chosen === undefined ? [] : [chosen]
}

/** By another controller. */
function isKept({ metadata }: KubeObject): boolean {
  return (metadata.ownerReferences ?? []).length > 0
}

function isItsAlone(object: KubeObject, { found, service }: Asked): boolean {
  const { scales, route } = kindOf(object)
  const { workload, others = [] } = found
  if (scales !== undefined) return isScaling(object, workload) && isSayable(object)
  if (route !== undefined) return leadsOnlyTo(object, service)
  // Beside an InferenceService its own revisions may be among them.
  return takes(object, workload) && !others.some(other => !isMade(other) && takes(object, other))
}

function leadsOnlyTo(object: KubeObject, service: string | undefined): boolean {
  const backends = kindOf(object).route?.backends(object) ?? []
  return isOfHost(object) && backends.length > 0 && backends.every(({ name }) => name === service)
}

/** Not one for any host, which the spec has no form for; other kinds than traffic's have none. */
function isOfHost(object: KubeObject): boolean {
  const { route } = kindOf(object)
  if (route === undefined) return true
  const [host = ''] = route.hosts(object)
  return host !== ''
}

function takes(object: KubeObject, workload: KubeObject): boolean {
  const [selector, labels] = [selectorOf(object), podLabelsOf(workload)]
  if (selector === undefined || labels === undefined) return false
  const size = Object.keys(selector.matchLabels).length + selector.matchExpressions.length
  return size > 0 && matches(selector, labels)
}

/** That clients use: one with an address of its own, which leads to the pods' ports, under the workload's name. */
const bestService: Choice = ({ workload }, candidates) => {
  const ranked = candidates.map(object => ({ object, rank: rankOf(object, workload) }))
  return ranked.toSorted((a, b) => b.rank - a.rank)[0]?.object
}

function rankOf(service: KubeObject, workload: KubeObject): number {
  const isHeadless = at(service, 'spec', 'clusterIP') === 'None'
  const hasPorts = entries(at(service, 'spec', 'ports')).length > 0
  const isNamesake = service.metadata.name === workload.metadata.name
  return (isHeadless ? 0 : 4) + (hasPorts ? 2 : 0) + (isNamesake ? 1 : 0)
}

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
