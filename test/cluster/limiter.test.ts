import { setImmediate as turn } from 'node:timers/promises'
import test from 'ava'
import { createLimiter } from '../../src/cluster/transport/limiter.ts'

test('lets in so many at once, in order', async t => {
  const limiter = createLimiter(2)
  const order: number[] = []
  const leave = await Promise.all([limiter.enter(), limiter.enter()])
  const later = [1, 2].map(async number => {
    const done = await limiter.enter()
    order.push(number)
    return done
  })
  await turn()
  t.deepEqual(order, [])
  leave[0]?.()
  leave[0]?.()
  await turn()
  t.deepEqual(order, [1])
  leave[1]?.()
  await Promise.all(later)
  t.deepEqual(order, [1, 2])
})

test('halves when the API server throttles, never below one, and recovers step by step', t => {
  const limiter = createLimiter(16)
  limiter.slowDown()
  t.is(limiter.limit(), 8)
  for (let count = 0; count < 8; count += 1) limiter.speedUp()
  t.is(limiter.limit(), 9)
  for (let count = 0; count < 9; count += 1) limiter.slowDown()
  t.is(limiter.limit(), 1)
  for (let count = 0; count < 1000; count += 1) limiter.speedUp()
  t.is(limiter.limit(), 16)
})

test('an aborted wait leaves the queue', async t => {
  const limiter = createLimiter(1)
  const leave = await limiter.enter()
  const controller = new AbortController()
  const waiting = limiter.enter(controller.signal)
  controller.abort(new Error('enough'))
  await t.throwsAsync(waiting, { message: 'enough' })
  leave()
  t.is(typeof (await limiter.enter()), 'function')
})
