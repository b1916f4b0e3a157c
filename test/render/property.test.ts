import test from 'ava'
import fc from 'fast-check'
import { renderSet } from '../../src/render/index.ts'
import { completeEndpoint } from '../../src/spec/index.ts'
import { anyEndpoint } from '../support/any-endpoint.ts'
import { aSet } from '../support/endpoint.ts'
import { runs } from '../support/thorough.ts'

test('K1 · random valid specs of both runtimes pass the wiring check', t => {
  const runtimes = new Set<string>()
  const property = fc.property(anyEndpoint, document => {
    const endpoint = completeEndpoint(document)
    const { objects, problems } = renderSet(aSet([endpoint]))
    const errors = problems.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
    if (objects.length < 2) throw new Error('a workload and a Service at least')
    runtimes.add(endpoint.spec.runtime)
  })
  t.notThrows(() => fc.assert(property, { seed: 20_261_121, numRuns: runs(2000) }))
  t.deepEqual([...runtimes].toSorted(), ['deployment', 'kserve'])
})
