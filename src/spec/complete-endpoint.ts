import { SlipwayError, type Problem } from '../problem/index.ts'
import { completeLayers, type ReadEndpoint } from './endpoint.ts'
import { ownLayer } from './endpoints.ts'
import { DEFAULT_KSERVE_VERSION } from './environment.ts'
import { checkFields } from './fields/check.ts'
import { NO_PROJECT } from './layers/project-layers.ts'
import { DEFAULT_POLICIES } from './policies.ts'
import { checkEndpoint } from './rules/check-endpoint.ts'
import { checkLayer } from './rules/layer.ts'
import { endpointDocument, type EndpointDocument } from './schema/endpoint.ts'
import type { Endpoint } from './set.ts'

export interface CompleteOptions {
  /** Where the document names none; `default` when left out. */
  namespace?: string
  /** KServe in the cluster; 0.20.0 when left out. */
  kserveVersion?: string
  /** Kubernetes in the cluster; what it does not have is refused. */
  kubernetesVersion?: string
}

/**
 * One Endpoint document as an object, with the built-in defaults: for cdk8s programs, without any file.
 * Throws SlipwayError with every problem found; warnings are left out.
 */
export function completeEndpoint(
  document: EndpointDocument,
  {
    namespace = 'default',
    kserveVersion = DEFAULT_KSERVE_VERSION,
    kubernetesVersion,
  }: CompleteOptions = {},
): Endpoint {
  const read = readDocument(document)
  const endpoint = completeLayers(read, {
    namespace,
    namespacePlace: undefined,
    kserveVersion,
    kubernetesVersion,
    layers: NO_PROJECT,
    catalogues: {},
  })
  const context = { policies: DEFAULT_POLICIES, catalogues: {} }
  throwErrors([...checkLayer(read.own), ...checkEndpoint(endpoint, context)])
  return endpoint
}

function readDocument(document: EndpointDocument): ReadEndpoint {
  const { value, problems } = checkFields(endpointDocument, { value: document, path: [] })
  if (value === undefined) throw new SlipwayError(problems)
  const { metadata, spec } = value
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    own: ownLayer(spec, nowhere),
    placeOf: nowhere,
  }
}

/** Objects have no lines. */
function nowhere(): undefined {
  return undefined
}

function throwErrors(problems: readonly Problem[]): void {
  const errors = problems.filter(problem => problem.severity === 'error')
  if (errors.length > 0) throw new SlipwayError(errors)
}
