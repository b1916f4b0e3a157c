import { renderSet } from '../../src/render/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import type { Endpoint, SpecInput } from '../../src/spec/index.ts'
import { anEndpoint, aSet, type EndpointOptions } from '../support/endpoint.ts'

/** Any member of plain JSON, for reading rendered objects in tests. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test names the path, and fails where it is wrong
type Json = any

export function rendered(endpoint: Endpoint): KubeObject[] {
  return renderSet(aSet([endpoint])).objects.map(({ object }) => object)
}

export function objectOf(kind: string, spec: SpecInput = {}, options: EndpointOptions = {}): Json {
  return rendered(anEndpoint(spec, options)).find(object => object.kind === kind)
}

/** The pod's spec, in either runtime. */
export function podOf(spec: SpecInput = {}, options: EndpointOptions = {}): Json {
  const workload = objectOf(
    spec.runtime === 'kserve' ? 'InferenceService' : 'Deployment',
    spec,
    options,
  )
  return spec.runtime === 'kserve' ? workload.spec.predictor : workload.spec.template.spec
}

export function serverOf(spec: SpecInput = {}, options: EndpointOptions = {}): Json {
  return podOf(spec, options).containers[0]
}
