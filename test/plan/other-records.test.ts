import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { claimsIn } from '../../src/plan/observe/other-records.ts'
import { foreignOwner } from '../../src/plan/observe/existing.ts'
import { anEndpoint } from '../support/endpoint.ts'

/** Members without a label, of two sets. */

const MEMBER = {
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  namespace: 'llm',
  name: 'iris',
}
const record = (name: string, id: string, data: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'llm', labels: { 'applyset.kubernetes.io/id': id } },
  data,
})
const named = { 'unmarked.json': JSON.stringify([{ ...MEMBER, endpoint: 'iris' }]) }

test('S2 · what another set’s record names is that set’s, and ours is not another', t => {
  const records = [
    record('slipway-own-production', 'own', named),
    record('slipway-theirs-production', 'theirs', named),
    record('slipway-third-production', 'third', { 'unmarked.json': 'not JSON' }),
  ]
  t.deepEqual([...claimsIn(records, 'own').values()], ['llm/slipway-theirs-production'])
  t.is(claimsIn(records.slice(0, 1), 'own').size, 0)
})

test('S2 · it is never taken over, and the record is named', t => {
  const { name, namespace, ...type } = MEMBER
  const object: KubeObject = { ...type, metadata: { name, namespace } }
  const rendered = { object, endpoint: anEndpoint({}) }
  const claim = { setId: 'own', record: 'llm/slipway-theirs-production' }
  t.is(foreignOwner(object, { setId: 'own' }, rendered), undefined)
  t.like(foreignOwner(object, claim, rendered), {
    code: 'foreign-owner',
    severity: 'error',
    message:
      'InferenceService/llm/iris exists already and belongs to another set (its record is ConfigMap/llm/slipway-theirs-production)',
  })
})
