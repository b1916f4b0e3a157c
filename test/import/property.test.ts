import test from 'ava'
import fc from 'fast-check'
import type { KubeObject } from '../../src/object/index.ts'
import { compare, importEndpoint } from '../../src/import/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { completeEndpoint } from '../../src/spec/index.ts'
import type { EndpointDocument } from '../../src/spec/index.ts'
import { anyEndpoint } from '../support/any-endpoint.ts'
import { aSet } from '../support/endpoint.ts'

function rendered(document: EndpointDocument): KubeObject[] {
  const { objects } = renderSet(aSet([completeEndpoint(document, { namespace: 'llm' })]))
  return objects.map(({ object }) => object)
}

function imported(objects: readonly KubeObject[]): EndpointDocument {
  const isWorkload = ({ kind }: KubeObject) => kind === 'Deployment' || kind === 'InferenceService'
  const workload = objects.find(isWorkload)
  if (workload === undefined) throw new Error('there is no workload')
  const related = objects.filter(object => object !== workload)
  const document = importEndpoint({ workload, related })
  return { apiVersion: 'slipway.dev/v1alpha1', kind: 'Endpoint', ...document }
}

test('R7 · what render produced is imported as a spec that renders to it', t => {
  const property = fc.property(anyEndpoint, document => {
    const objects = rendered(document)
    const again = rendered(imported(objects))
    const remarks = compare(again, objects)
    if (remarks.length > 0) throw new Error(JSON.stringify(remarks, undefined, 1))
    if (JSON.stringify(again) !== JSON.stringify(objects)) throw new Error('not the same bytes')
  })
  t.notThrows(() => fc.assert(property, { seed: 20_261_121, numRuns: 1000 }))
})

test('R7 · a second import gives the same spec, byte for byte', t => {
  const property = fc.property(anyEndpoint, document => {
    const first = imported(rendered(document))
    const second = imported(rendered(first))
    if (JSON.stringify(first) !== JSON.stringify(second))
      throw new Error(JSON.stringify([first, second]))
  })
  t.notThrows(() => fc.assert(property, { seed: 20_261_121, numRuns: 500 }))
})
