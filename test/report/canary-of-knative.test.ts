import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { restartsPods } from '../../src/plan/decide/restarts.ts'
import type { Action, FieldChange } from '../../src/plan/index.ts'
import { endpointChanges } from '../../src/report/endpoint-change.ts'
import { effectsOf } from '../../src/report/impact/impact.ts'
import { anAction } from './plans.ts'

/** What a plan says of a canary that Knative serves: revisions share out the requests, and the one before stays. */

const PATH = 'spec.predictor.canaryTrafficPercent'
const IMAGE = {
  path: 'spec.predictor.containers[name=kserve-container].image',
  before: 'registry.example.com/chat:v1',
  after: 'registry.example.com/chat:v2',
}

function chat(percent?: number): KubeObject {
  const annotations = { 'serving.kserve.io/deploymentMode': 'Knative' }
  const resources = { limits: { 'nvidia.com/gpu': 2 } }
  const containers = [{ name: 'kserve-container', image: IMAGE.after, resources }]
  const share = percent === undefined ? {} : { canaryTrafficPercent: percent }
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'chat', namespace: 'llm', annotations },
    spec: { predictor: { ...share, minReplicas: 1, containers } },
  }
}

function said(type: Action['type'], changes: FieldChange[], desired: KubeObject): string[] {
  const restarts = restartsPods(desired, changes)
  const action = anAction(type, desired.kind, { desired, changes, restartsPods: restarts })
  const [change] = endpointChanges([action])
  if (change === undefined) return []
  return [...change.highlights, ...effectsOf(change.impact).map(({ text }) => text)]
}

test('W3, K9 · a candidate comes: its share, its GPUs, and what serves stays', t => {
  t.deepEqual(said('update', [{ path: PATH, after: 10 }, IMAGE], chat(10)), [
    'canary: 10 % of the requests go to the newest revision, until now 0 %',
    'canary image v1 → v2',
    'restarts no pods',
    'downtime: no',
    'needs 2 spare GPUs during the roll-out',
  ])
})

test('W3, K9 · a candidate gets more: nothing else happens', t => {
  t.deepEqual(said('update', [{ path: PATH, before: 10, after: 50 }], chat(50)), [
    'canary: 50 % of the requests go to the newest revision, until now 10 %',
    'restarts no pods',
    'downtime: no',
  ])
})

test('W3, K9 · a candidate is promoted', t => {
  t.deepEqual(said('update', [{ path: PATH, before: 50 }], chat()), [
    'promotes the canary: all requests go to it',
    'restarts no pods',
    'downtime: no',
  ])
})

test('W3, K9 · a candidate is given up: what served starts anew', t => {
  const [first, ...others] = said('update', [{ path: PATH, before: 50 }, IMAGE], chat())
  t.is(first, 'gives up the canary: all requests go to the revision before it, then to a new one')
  t.true(others.some(each => each.startsWith('restarts')))
})

test('W3, K9 · a candidate that has all requests: it serves on, whatever comes', t => {
  const [given] = said('update', [{ path: PATH, before: 100 }, IMAGE], chat())
  t.is(given, 'gives up the canary: it serves all requests until a new revision is ready')
  const [next] = said('update', [{ path: PATH, before: 100, after: 10 }, IMAGE], chat(10))
  t.is(
    next,
    'canary: 10 % of the requests go to the newest revision, the others to the candidate before',
  )
})

test('W3, K9 · a candidate where nothing serves yet gets all requests, and that is said', t => {
  const words = said('create', [], chat(10))
  t.true(
    words.includes('canary: all requests go to the candidate, as no revision serves before it'),
    words.join('\n'),
  )
})
