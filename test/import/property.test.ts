import test from 'ava'
import fc from 'fast-check'
import type { KubeObject } from '../../src/object/index.ts'
import type { Draft } from '../../src/import/index.ts'
import { anyEndpoint } from '../support/any-endpoint.ts'
import { imported, rendered } from '../support/import.ts'
import { runs } from '../support/thorough.ts'

async function importOf(objects: readonly KubeObject[]) {
  const isWorkload = ({ kind }: KubeObject) => kind === 'Deployment' || kind === 'InferenceService'
  const workload = objects.find(isWorkload)
  if (workload === undefined) throw new Error('there is no workload')
  return imported({ workload, related: objects.filter(object => object !== workload) })
}

const objectsOf = (draft: Draft) => rendered(draft).objects

test('R7 · what render produced is imported as a spec that renders to it', async t => {
  const property = fc.asyncProperty(anyEndpoint, async document => {
    const objects = objectsOf(document)
    const { document: again, remarks } = await importOf(objects)
    if (remarks.length > 0) throw new Error(JSON.stringify(remarks, undefined, 1))
    const { patches, pod } = again.spec
    if ((patches ?? pod) !== undefined) throw new Error(JSON.stringify(patches ?? pod))
    if (JSON.stringify(objectsOf(again)) !== JSON.stringify(objects))
      throw new Error('not the same bytes')
  })
  await t.notThrowsAsync(fc.assert(property, { seed: 20_261_121, numRuns: runs(1000) }))
})

test('R7 · a second import gives the same spec, byte for byte', async t => {
  const property = fc.asyncProperty(anyEndpoint, async document => {
    const first = await importOf(objectsOf(document))
    const second = await importOf(objectsOf(first.document))
    if (JSON.stringify(first.document) !== JSON.stringify(second.document))
      throw new Error(JSON.stringify([first.document, second.document]))
  })
  await t.notThrowsAsync(fc.assert(property, { seed: 20_261_121, numRuns: runs(500) }))
})
