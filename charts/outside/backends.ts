import type { Endpoint } from '../../src/spec/index.ts'
import { servicePortOf } from '../external.ts'
import { namesOf } from '../names.ts'

type Canary = NonNullable<Endpoint['spec']['canary']>

/** To whom requests go, with the whole of them as 1, or in percent beside a canary. */
export function backendsOf(endpoint: Endpoint) {
  const { service, canaryService } = namesOf(endpoint)
  const canary = canaryOf(endpoint)
  if (canary === undefined) return [backend(endpoint, service, 1)]
  return [
    backend(endpoint, service, 100 - canary.weight),
    backend(endpoint, canaryService, canary.weight),
  ]
}

/** For requests that are the candidate's whatever its weight; undefined where there are none. */
export function matchedOf(endpoint: Endpoint) {
  const { headers } = canaryOf(endpoint)?.match ?? {}
  if (headers === undefined) return undefined
  return {
    headers: Object.entries(headers).map(([name, value]) => ({ type: 'Exact', name, value })),
    backendRefs: [backend(endpoint, namesOf(endpoint).canaryService, 1)],
  }
}

function canaryOf({ spec, candidate }: Endpoint): Canary | undefined {
  return candidate === undefined || spec.runtime !== 'deployment' ? undefined : spec.canary
}

function backend(endpoint: Endpoint, name: string, weight: number) {
  return { group: '', kind: 'Service', name, port: servicePortOf(endpoint), weight }
}
