import type { Endpoint, EndpointSet, Environment, SpecInput } from '../../src/spec/index.ts'
import { BUILT_IN, SERVING_TARGETS } from '../../src/spec/built-in.ts'
import { DEFAULT_POLICIES } from '../../src/spec/policies.ts'
import { endpointSpec } from '../../src/spec/schema/endpoint.ts'

/** Builders of effective endpoints and sets, for tests that need no files. */

export interface EndpointOptions {
  name?: string
  namespace?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  kserveVersion?: string
  kubernetesVersion?: string
  nodePools?: Endpoint['nodePools']
  /** Takes `image` out again. */
  withoutImage?: boolean
}

/** An endpoint with the built-in defaults. Its places name the field: `endpoints/chat.yaml#spec.port`. */
export function anEndpoint(spec: SpecInput = {}, options: EndpointOptions = {}): Endpoint {
  const { name = 'chat', namespace = 'llm', labels = {}, annotations = {} } = options
  const image = options.withoutImage ? {} : { image: 'registry.example.com/server:1.0.0' }
  const own = endpointSpec.parse({ ...image, ...spec })
  const defaults = merge(BUILT_IN, SERVING_TARGETS[own.serves ?? ''] ?? {})
  const place = (path: string) => ({ file: `endpoints/${name}.yaml#${path}`, line: 1, column: 1 })
  return {
    name,
    namespace,
    labels,
    annotations,
    kserveVersion: options.kserveVersion ?? '0.16.0',
    ...(options.kubernetesVersion && { kubernetesVersion: options.kubernetesVersion }),
    ...(options.nodePools && { nodePools: options.nodePools }),
    spec: effective(merge(defaults, own)),
    placeOf: place,
    originOf: path => ({ layer: 'endpoint', place: place(path) }),
  }
}

export function aSet(
  endpoints: Endpoint[],
  { project = 'models', ...environment }: Partial<Environment> & { project?: string } = {},
): EndpointSet {
  const complete = anEnvironment(environment)
  return { project, environment: complete, environments: [complete.name], endpoints }
}

export function anEnvironment(environment: Partial<Environment> = {}): Environment {
  return {
    name: 'test',
    namespace: 'llm',
    createNamespace: false,
    kserve: { version: '0.16.0' },
    policies: { ...DEFAULT_POLICIES, missingRequests: 'off' },
    place: { file: 'slipway.yaml', line: 1, column: 1 },
    ...environment,
  }
}

const ALTERNATIVES = new Set(['preStop', 'disruptionBudget', 'env'])

function merge(weak: object, strong: object): object {
  const merged: Record<string, unknown> = { ...weak }
  for (const [key, value] of Object.entries(strong)) {
    const below = merged[key]
    merged[key] =
      isMap(value) && isMap(below) && !ALTERNATIVES.has(key) ? merge(below, value) : value
  }
  return merged
}

function effective(spec: object): Endpoint['spec'] {
  if (isEffective(spec)) return spec
  throw new TypeError('built-in defaults are missing')
}

function isEffective(spec: object): spec is Endpoint['spec'] {
  return Object.keys(BUILT_IN).every(field => field in spec)
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
