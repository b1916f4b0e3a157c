import { closest, problemWith, type Problem } from '../../problem/index.ts'
import { formatRef, refOf, OBJECTS } from '../../object/index.ts'
import { stepsOf } from '../layers/origin.ts'
import type { Endpoint, EndpointSet } from '../set.ts'
import { ENVIRONMENTS_ANNOTATION, type OwnObject } from './own-object.ts'
import type { ReadObject } from './read.ts'

export interface Belonging {
  reads: readonly ReadObject[]
  endpoints: readonly Endpoint[]
  environment: EndpointSet['environment']
  /** Of the project. */
  environments: readonly string[]
  /** Of the project's objects: an endpoint that only they belong to. */
  shared: () => Endpoint
}

/** Gives each endpoint its objects, and the project those of its own, for the environment. */
export function belong(given: Belonging): {
  endpoints: Endpoint[]
  shared?: Endpoint
  problems: Problem[]
} {
  const { reads, endpoints, environment } = given
  const problems = reads.flatMap(read => [
    ...unknownEndpoint(read, given),
    ...unknownEnvironments(read, given),
  ])
  const wanted = reads.filter(read => environmentsOf(read)?.includes(environment.name) ?? true)
  const byEndpoint = Map.groupBy(wanted, ({ endpoint }) => endpoint)
  const own = (endpoint: Endpoint, name: string | undefined): Endpoint => {
    const objects = (byEndpoint.get(name) ?? []).map(read => objectOf(read, endpoint.namespace))
    return objects.length === 0 ? endpoint : { ...endpoint, objects }
  }
  const isShared = byEndpoint.has(undefined)
  const shared = isShared ? own(given.shared(), undefined) : undefined
  return {
    endpoints: endpoints.map(endpoint => own(endpoint, endpoint.name)),
    ...(shared && { shared }),
    problems: [...problems, ...(isShared ? takenName(endpoints) : [])],
  }
}

function objectOf({ manifest, placeOf }: ReadObject, namespace: string): OwnObject {
  const { [ENVIRONMENTS_ANNOTATION]: _environments, ...annotations } =
    manifest.metadata.annotations ?? {}
  const { annotations: _all, ...metadata } = manifest.metadata
  return {
    object: {
      ...manifest,
      metadata: {
        namespace,
        ...metadata,
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
    },
    placeOf: path => placeOf(stepsOf(path)),
  }
}

function environmentsOf({ manifest }: ReadObject): string[] | undefined {
  const text = manifest.metadata.annotations?.[ENVIRONMENTS_ANNOTATION]
  return text?.split(',').map(name => name.trim())
}

function unknownEnvironments(read: ReadObject, { environments }: Belonging): Problem[] {
  return (environmentsOf(read) ?? [])
    .filter(name => !environments.includes(name))
    .map(name =>
      problemWith({
        code: 'bad-value',
        place: read.placeOf(['metadata', 'annotations', ENVIRONMENTS_ANNOTATION]),
        message: `${shown(read)} is for the environment "${name}", which slipway.yaml does not have`,
        remedy: remedyFor(name, environments),
      }),
    )
}

function unknownEndpoint(read: ReadObject, { endpoints }: Belonging): Problem[] {
  const { endpoint, placeOf } = read
  const names = endpoints.map(({ name }) => name)
  if (endpoint === undefined || names.includes(endpoint)) return []
  return [
    problemWith({
      code: 'unknown-endpoint',
      place: placeOf([]),
      message: `${shown(read)} is in ${endpoint}.objects/, and there is no endpoint "${endpoint}"`,
      remedy: remedyFor(endpoint, names),
    }),
  ]
}

/** Commands and the label slipway.dev/endpoint address both by name. */
function takenName(endpoints: readonly Endpoint[]): Problem[] {
  return endpoints
    .filter(({ name }) => name === OBJECTS)
    .map(({ name, placeOf }) =>
      problemWith({
        code: 'duplicate-endpoint',
        endpoint: name,
        place: placeOf('metadata.name'),
        message: `"${name}" is the name of the project's own objects, in ${OBJECTS}/`,
        remedy: 'Rename the endpoint.',
      }),
    )
}

function remedyFor(name: string, names: readonly string[]): string {
  const near = closest(name, names)
  if (near !== undefined) return `Did you mean "${near}"?`
  return names.length === 0 ? 'There are none.' : `There are: ${names.join(', ')}.`
}

function shown({ manifest }: ReadObject): string {
  const { apiVersion, kind, metadata } = manifest
  return formatRef(refOf({ apiVersion, kind, metadata: { ...metadata } }))
}
