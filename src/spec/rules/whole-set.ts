import { closest, placeText, problemWith, type Problem } from '../../problem/index.ts'
import { isMatch, type Overlay } from '../layers/overlay.ts'
import type { Endpoint } from '../set.ts'
import { problemsAt } from './rule.ts'

/** Commands and the label slipway.dev/endpoint address endpoints by name alone; the later file gets the problem, both places are named. */
export function duplicateEndpoints(endpoints: readonly Endpoint[]): Problem[] {
  const first = new Map<string, Endpoint>()
  return endpoints.flatMap(endpoint => {
    const other = first.get(endpoint.name)
    if (other === undefined) {
      first.set(endpoint.name, endpoint)
      return []
    }
    const place = other.placeOf('metadata.name')
    return problemsAt(endpoint, {
      code: 'duplicate-endpoint',
      path: 'metadata.name',
      message: `there are two endpoints "${endpoint.name}"; the other one is at ${place ? placeText(place) : 'an unknown place'}`,
      remedy: 'Rename one of them: names are unique in a project, whatever the namespaces.',
    })
  })
}

/** K10: KServe makes a Deployment `<name>-predictor`, and takes over what has that name. */
export function predictorClashes(endpoints: readonly Endpoint[]): Problem[] {
  const predictors = new Map(
    endpoints
      .filter(({ spec }) => spec.runtime === 'kserve')
      .map(({ name, namespace }) => [`${namespace}/${name}-predictor`, name]),
  )
  return endpoints.flatMap(endpoint => {
    const owner = predictors.get(`${endpoint.namespace}/${endpoint.name}`)
    if (owner === undefined || endpoint.spec.runtime !== 'deployment') return []
    return problemsAt(endpoint, {
      code: 'name-clash',
      path: 'metadata.name',
      message: `the name "${endpoint.name}" is what KServe calls its Deployment of "${owner}"`,
      remedy: 'Rename it.',
    })
  })
}

/** An overlay entry that is for no endpoint is most likely misspelt. */
export function idleOverlays(
  overlays: readonly Overlay[],
  endpoints: readonly Endpoint[],
): Problem[] {
  if (endpoints.length === 0) return []
  const subjects = endpoints.map(({ name, labels, spec: { serves } }) => ({ name, labels, serves }))
  return overlays
    .filter(overlay => !subjects.some(subject => isMatch(overlay, subject)))
    .map(overlay => idle(overlay, subjects))
}

function idle(
  { match, source }: Overlay,
  endpoints: readonly { name: string; serves: string }[],
): Problem {
  const [names, targets] = [
    endpoints.map(({ name }) => name),
    endpoints.map(({ serves }) => serves),
  ]
  const near = nearest(match.name, names) ?? nearest(match.serves, targets)
  return problemWith({
    code: 'unknown-endpoint',
    severity: 'warning',
    place: source.placeOf(['match']),
    message: 'this overlay entry matches no endpoint',
    remedy: near && `Did you mean "${near}"?`,
  })
}

function nearest(
  words: readonly string[] | undefined,
  candidates: readonly string[],
): string | undefined {
  const unknown = words?.find(word => !candidates.includes(word))
  return unknown === undefined ? undefined : closest(unknown, [...new Set(candidates)])
}
