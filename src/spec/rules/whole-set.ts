import type { Place, Problem } from '../../problem/index.ts'
import { closest } from '../../problem/index.ts'
import { isMatch } from '../layers/overlay.ts'
import type { Overlay } from '../layers/overlay.ts'
import type { Endpoint } from '../set.ts'
import { problemAt } from './rule.ts'

/** Commands and the label slipway.dev/endpoint address endpoints by name alone; the later file gets the problem, both places are named. */
export function duplicateEndpoints(endpoints: readonly Endpoint[]): Problem[] {
  const first = new Map<string, Endpoint>()
  return endpoints.flatMap(endpoint => {
    const other = first.get(endpoint.name)
    if (other === undefined) {
      first.set(endpoint.name, endpoint)
      return []
    }
    const message = `there are two endpoints "${endpoint.name}"; the other one is at ${placeText(other.placeOf('metadata.name'))}`
    const remedy = 'Rename one of them: names are unique in a project, whatever the namespaces.'
    return [
      problemAt(endpoint, { code: 'duplicate-endpoint', path: 'metadata.name', message, remedy }),
    ]
  })
}

function placeText(place: Place | undefined): string {
  return place === undefined ? 'an unknown place' : `${place.file}:${place.line}:${place.column}`
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
    const message = `the name "${endpoint.name}" is what KServe calls its Deployment of "${owner}"`
    return [
      problemAt(endpoint, {
        code: 'name-clash',
        path: 'metadata.name',
        message,
        remedy: 'Rename it.',
      }),
    ]
  })
}

/** An overlay entry that is for no endpoint is most likely misspelt. */
export function idleOverlays(
  overlays: readonly Overlay[],
  endpoints: readonly Endpoint[],
): Problem[] {
  if (endpoints.length === 0) return []
  const subjects = endpoints.map(({ name, labels, spec }) => ({
    name,
    labels,
    serves: spec.serves,
  }))
  return overlays
    .filter(overlay => !subjects.some(subject => isMatch(overlay, subject)))
    .map(overlay => idle(overlay, subjects))
}

function idle(
  { match, source }: Overlay,
  endpoints: readonly { name: string; serves: string }[],
): Problem {
  const place = source.placeOf(['match'])
  const near =
    nearest(
      match.name,
      endpoints.map(({ name }) => name),
    ) ??
    nearest(
      match.serves,
      endpoints.map(({ serves }) => serves),
    )
  return {
    code: 'unknown-endpoint',
    severity: 'warning',
    ...(place === undefined ? {} : { place }),
    message: 'this overlay entry matches no endpoint',
    ...(near === undefined ? {} : { remedy: `Did you mean "${near}"?` }),
  }
}

function nearest(
  words: readonly string[] | undefined,
  candidates: readonly string[],
): string | undefined {
  const unknown = words?.find(word => !candidates.includes(word))
  return unknown === undefined ? undefined : closest(unknown, [...new Set(candidates)])
}
