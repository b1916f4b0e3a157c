import { getEventListeners } from 'node:events'
import test from 'ava'
import { heed } from '../../src/cluster/transport/heed.ts'

test('a signal has one listener, however many heed it, and none when nobody does', t => {
  const { signal } = new AbortController()
  const count = () => getEventListeners(signal, 'abort').length
  const releases = [1, 2, 3].map(() => heed(signal, () => {}))
  t.is(count(), 1)
  for (const release of releases) release()
  t.is(count(), 0)
  heed(signal, () => {})
  t.is(count(), 1)
})

test('who still heeds a signal is called when it aborts, and who no longer does is not', t => {
  const controller = new AbortController()
  const called: string[] = []
  heed(controller.signal, () => called.push('one'))
  const release = heed(controller.signal, () => called.push('two'))
  heed(controller.signal, () => called.push('three'))
  release()
  controller.abort()
  t.deepEqual(called, ['one', 'three'])
})

test('without a signal there is nothing to heed', t => {
  t.is(heed(undefined, () => t.fail())(), undefined)
})
