import { DEPLOYMENT, HTTP_ROUTE, isOf, kindOf } from '../../kinds/index.ts'
import { at, entries, isTracked, text, type JsonMap, type KubeObject } from '../../object/index.ts'
import { servicesOf } from '../around/services.ts'
import type { LiveCandidate, LiveEndpoint } from '../live.ts'

/** The candidate to whom the endpoint's route gives a share. */
export function candidateOf({
  workload,
  related,
  others = [],
}: LiveEndpoint): LiveCandidate | undefined {
  const route = related.find(object => isOf(object, HTTP_ROUTE))
  const tracked = others.find(object => isOf(object, DEPLOYMENT) && isTracked(object))
  if (route === undefined || tracked === undefined || isTracked(workload)) return undefined
  const services = servicesOf(tracked, others).filter(isTracked)
  const shares = kindOf(route).route?.shares?.(route) ?? []
  for (const service of services) {
    const weight = shares.find(({ name }) => name === service.metadata.name)?.percent
    if (weight !== undefined)
      return { workload: tracked, service, weight, ...matchOf(route, service) }
  }
  return undefined
}

/** The rule that is the candidate's alone. */
function matchOf(route: KubeObject, service: KubeObject): Pick<LiveCandidate, 'headers'> {
  const rule = entries(at(route, 'spec', 'rules')).find(({ backendRefs }) =>
    entries(backendRefs).every(({ name }) => name === service.metadata.name),
  )
  const headers = entries(at(rule, 'matches', 0, 'headers')).map(({ name, value }) => [
    text(name) ?? '',
    value,
  ])
  return headers.length === 0 ? {} : { headers: Object.fromEntries(headers) as JsonMap }
}

/** Those of a workload and of its candidate, whatever may lead there. */
export function liveOf({ workload, related, candidate }: LiveEndpoint): KubeObject[] {
  const its = candidate === undefined ? [] : [candidate.workload, candidate.service]
  return [workload, ...related, ...its]
}
