import test from 'ava'
import { INFERENCE_SERVICE, waveOf } from '../../src/kinds/index.ts'
import { at, refOf, type KubeObject } from '../../src/object/index.ts'
import type { Action, FieldChange } from '../../src/plan/index.ts'
import { orderForShares } from '../../src/plan/decide/shares.ts'

/** What was a candidate of Knative's gets requests only as the one that serves. */

const { apiVersion, kind } = INFERENCE_SERVICE
const SHARE = 'spec.predictor.canaryTrafficPercent'
const IMAGE = {
  path: 'spec.predictor.containers[name=kserve-container].image',
  before: 'chat:v2',
  after: 'chat:v1',
}

function chat(mode = 'Knative', percent?: number): KubeObject {
  const annotations = { 'serving.kserve.io/deploymentMode': mode }
  const containers = [{ name: 'kserve-container', image: 'chat:v1' }]
  const share = percent === undefined ? {} : { canaryTrafficPercent: percent }
  const metadata = { name: 'chat', namespace: 'llm', annotations }
  return { apiVersion, kind, metadata, spec: { predictor: { ...share, containers } } }
}

function ordered(changes: FieldChange[], desired = chat()): Action {
  const ref = refOf(desired)
  const action: Action = {
    type: 'update',
    ref,
    endpoint: 'chat',
    wave: waveOf(ref),
    desired,
    changes,
    reason: '',
    restartsPods: true,
  }
  orderForShares([action])
  return action
}

test('W3, K9 · a candidate that is given up gets no requests while what served starts anew', t => {
  const { held, interim, desired } = ordered([{ path: SHARE, before: 10 }, IMAGE])
  t.true(held)
  t.deepEqual(interim, chat('Knative', 0))
  t.is(at(desired, 'spec', 'predictor', 'canaryTrafficPercent'), undefined)
})

test('W3, K9 · one that is promoted gets all of them when it is ready, and is not written twice', t => {
  const { held, interim } = ordered([{ path: SHARE, before: 50 }])
  t.true(held)
  t.is(interim, undefined)
})

for (const [what, changes, desired] of [
  ['another share', [{ path: SHARE, before: 10, after: 50 }], chat('Knative', 50)],
  ['a candidate that comes', [{ path: SHARE, after: 10 }, IMAGE], chat('Knative', 10)],
  ['a new version without a candidate', [IMAGE], chat()],
  ['one that has all requests is given up', [{ path: SHARE, before: 100 }, IMAGE], chat()],
  ['what KServe serves without Knative', [{ path: SHARE, before: 10 }, IMAGE], chat('Standard')],
] as const) {
  test(`W3, K9 · nothing is held: ${what}`, t => {
    const { held, interim } = ordered([...changes], desired)
    t.is(held, undefined)
    t.is(interim, undefined)
  })
}
