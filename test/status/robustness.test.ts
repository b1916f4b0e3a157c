import test from 'ava'
import { array, assert, boolean, nat, property } from 'fast-check'
import type { KubeObject } from '../../src/object/index.ts'
import { assess, explain, explainDeletion, viewOf, type Verdict } from '../../src/status/index.ts'
import { deployment, pod, replicaSet } from './build.ts'
import { documents, fixtureNames } from './fixture.ts'
import { child, newest, service } from './kserve-build.ts'

/** Everything that the fixtures and a rollout hold, each object asked about in the company of all others. */
function world(): KubeObject[] {
  const rollout = deployment()
  const kserve = service('ready')
  const predictor = child(kserve)
  const set = replicaSet(rollout, { revision: 1 })
  const causes = fixtureNames('causes').flatMap(name => documents(`causes/${name}.yaml`).slice(1))
  return [rollout, set, pod('p', { owner: set }), kserve, predictor, newest(predictor), ...causes]
}

const STATES: Verdict['state'][] = ['ready', 'progressing', 'failed', 'terminating', 'absent']

/** Takes away any part of an object but its identity, as an older API server or a controller in haste may. */
function without(object: KubeObject, path: readonly number[]): KubeObject {
  const copy = structuredClone(object)
  let place: unknown = copy
  for (const [depth, step] of path.entries()) {
    if (typeof place !== 'object' || place === null) return copy
    const keys = Object.keys(place).filter(
      key => depth > 0 || (key !== 'metadata' && key !== 'kind' && key !== 'apiVersion'),
    )
    const key = keys[step % Math.max(1, keys.length)]
    if (key === undefined) return copy
    const next: unknown = Reflect.get(place, key)
    if (depth === path.length - 1 || typeof next !== 'object') {
      if (!Array.isArray(place)) Reflect.deleteProperty(place, key)
      return copy
    }
    place = next
  }
  return copy
}

test('R13 · a verdict is always given, however little an object says', t => {
  const objects = world()
  assert(
    property(
      nat(objects.length - 1),
      array(nat(20), { minLength: 1, maxLength: 6 }),
      boolean(),
      (index, path, isDeleted) => {
        const whole = objects[index] as KubeObject
        const object = without(whole, path)
        const metadata = isDeleted
          ? { ...object.metadata, deletionTimestamp: '2026-11-21T10:00:00Z' }
          : object.metadata
        const related = viewOf(objects.map(each => (each === whole ? object : each)))
        const inquiry = {
          object: { ...object, metadata },
          related,
          since: '2026-11-21T10:00:00Z',
          now: '2026-11-21T10:05:00Z',
        }
        const verdict = assess(inquiry)
        const texts = [
          verdict.message,
          ...explain(inquiry).map(({ summary }) => summary),
          explainDeletion(inquiry).summary,
        ]
        const unclear = texts.find(text => text === '' || /undefined|NaN|\[object/.test(text))
        if (unclear !== undefined) throw new Error(`unclear: "${unclear}"`)
        const isTerminating = metadata.deletionTimestamp !== undefined
        return STATES.includes(verdict.state) && (verdict.state === 'terminating') === isTerminating
      },
    ),
    { numRuns: 2000, seed: 7 },
  )
  t.pass()
})

test('R13 · asking changes nothing and gives the same answer again', t => {
  const objects = world().map(object => deepFreeze(object))
  const related = viewOf(objects)
  for (const object of objects) {
    const inquiry = { object, related, now: '2026-11-21T10:05:00Z' }
    t.deepEqual(assess(inquiry), assess(inquiry))
  }
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze)
    Object.freeze(value)
  }
  return value
}
