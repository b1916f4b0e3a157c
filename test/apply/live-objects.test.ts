import test from 'ava'
import { POD } from '../../src/kinds/index.ts'
import { liveObjects } from '../../src/apply/watch/live-objects.ts'
import type { KubeObject } from '../../src/object/index.ts'

const REF = { apiVersion: 'v1', kind: 'Pod', namespace: 'llm', name: 'chat' }

function pod(uid: string, version: number, owner?: string): KubeObject {
  const { apiVersion, kind, namespace, name } = REF
  const owners = owner === undefined ? {} : { ownerReferences: [ownerOf(owner)] }
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, uid, resourceVersion: `${version}`, ...owners },
  }
}

function ownerOf(uid: string) {
  return { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'chat-1', uid }
}

const versionOf = (object: KubeObject | undefined) => object?.metadata.resourceVersion

test('R4 · the answer to our own write counts until a watch shows as much', t => {
  const objects = liveObjects()
  const watch = objects.source()
  watch.put(pod('a', 1))
  objects.note(pod('a', 3))
  watch.put(pod('a', 2))
  t.is(versionOf(objects.find('a')), '3')
  watch.put(pod('a', 4))
  t.is(versionOf(objects.find('a')), '4')
  watch.delete(pod('a', 5))
  t.is(objects.find('a'), undefined)
})

test('R3 · what a watch tells to be gone is gone, our own write’s answer, too', t => {
  const objects = liveObjects()
  const watch = objects.source()
  objects.note(pod('a', 9))
  watch.delete(pod('a', 10))
  t.is(objects.find('a'), undefined)
  t.is(objects.live(REF), undefined)
  t.deepEqual(objects.view.ofKind(POD), [])
})

test('R3 · an object that leaves one watch and is in another is still there', t => {
  const objects = liveObjects()
  const [bySet, byName] = [objects.source(), objects.source()]
  bySet.put(pod('a', 1))
  byName.put(pod('a', 1))
  bySet.delete(pod('a', 2))
  t.is(versionOf(objects.find('a')), '1')
  byName.delete(pod('a', 3))
  t.is(objects.find('a'), undefined)
})

test('R3 · a list after a lost connection drops what went meanwhile', t => {
  const objects = liveObjects()
  const watch = objects.source()
  watch.replaceAll([pod('a', 1), { ...pod('b', 1), kind: 'Service' }])
  watch.replaceAll([{ ...pod('b', 2), kind: 'Service' }])
  t.is(objects.find('a'), undefined)
  t.is(versionOf(objects.find('b')), '2')
  t.deepEqual(objects.view.ofKind(POD), [])
})

test('D1 · of two with one name the newer one is meant, also while news of the older one comes in', t => {
  const objects = liveObjects()
  const watch = objects.source()
  watch.put(pod('old', 1))
  objects.note(pod('new', 5))
  watch.put(pod('old', 2))
  t.is(objects.live(REF)?.metadata.uid, 'new')
  watch.delete(pod('old', 3))
  t.is(objects.live(REF)?.metadata.uid, 'new')
  t.is(objects.find('old'), undefined)
})

test('D1 · children follow their owner when it changes', t => {
  const objects = liveObjects()
  const watch = objects.source()
  watch.put(pod('a', 1, 'first'))
  t.deepEqual(objects.view.ownedBy('first').map(versionOf), ['1'])
  watch.put(pod('a', 2, 'second'))
  t.deepEqual(objects.view.ownedBy('first'), [])
  t.deepEqual(objects.view.ownedBy('second').map(versionOf), ['2'])
  watch.delete(pod('a', 3, 'second'))
  t.deepEqual(objects.view.ownedBy('second'), [])
})

test('R2 · events of an object come in their order, whatever order they arrive in', t => {
  const objects = liveObjects()
  const watch = objects.source()
  const event = (uid: string, lastTimestamp: string) => ({
    ...pod(uid, 1),
    kind: 'Event',
    involvedObject: { kind: 'Pod', namespace: 'llm', name: 'chat', uid: 'a' },
    lastTimestamp,
  })
  watch.put(event('e2', '2026-11-28T10:00:02Z'))
  watch.put(event('e1', '2026-11-28T10:00:01Z'))
  const told = () => objects.view.eventsOf(pod('a', 1)).map(({ metadata }) => metadata.uid)
  t.deepEqual(told(), ['e1', 'e2'])
  watch.put(event('e1', '2026-11-28T10:00:03Z'))
  t.deepEqual(told(), ['e2', 'e1'])
  watch.delete(event('e2', '2026-11-28T10:00:02Z'))
  t.deepEqual(told(), ['e1'])
})

test('R3 · what was read once is gone when a watch tells so, and when it is read again', t => {
  const objects = liveObjects()
  const [watch, reading] = [objects.source(), objects.reading()]
  watch.put(pod('a', 1))
  reading.replaceAll([pod('a', 1), pod('b', 1)])
  watch.delete(pod('a', 2))
  t.is(objects.find('a'), undefined)
  t.is(versionOf(objects.find('b')), '1')
  reading.replaceAll([])
  t.is(objects.find('b'), undefined)
})
