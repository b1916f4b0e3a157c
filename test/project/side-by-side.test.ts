import { setImmediate as moment } from 'node:timers/promises'
import test from 'ava'
import { sideBySide } from '../../src/project/index.ts'

interface Course {
  /** How many were loading at once, at most, and how many were between the begin of their load and their end. */
  loading: number
  begun: number
  results: string[]
}

async function course(hasRoom: () => boolean): Promise<Course> {
  let [loading, begun] = [0, 0]
  const most = { loading: 0, begun: 0 }
  const results = await sideBySide(
    ['dev', 'test', 'live'],
    async (name, inTurn) => {
      await inTurn(async () => {
        most.begun = Math.max(most.begun, (begun += 1))
        most.loading = Math.max(most.loading, (loading += 1))
        await moment()
        loading -= 1
      })
      for (let step = 0; step < 5; step += 1) await moment()
      begun -= 1
      return `${name} done`
    },
    hasRoom,
  )
  return { ...most, results }
}

const results = ['dev done', 'test done', 'live done']

test('environments load one after the other, and ask their clusters side by side', async t => {
  t.deepEqual(await course(() => true), { loading: 1, begun: 3, results })
})

test('without room each begins when those before it have ended', async t => {
  t.deepEqual(await course(() => false), { loading: 1, begun: 1, results })
})

test('those that have begun when room runs out go on together', async t => {
  let asked = 0
  t.deepEqual(await course(() => (asked += 1) === 1), { loading: 1, begun: 2, results })
})

test('one that cannot be loaded keeps nobody waiting', async t => {
  const done: string[] = []
  const work = async (name: string, inTurn: <T>(load: () => Promise<T>) => Promise<T>) => {
    const load = async () => (name === 'dev' ? Promise.reject(new Error('no file')) : name)
    done.push(await inTurn(load))
  }
  const noRoom = () => false
  await t.throwsAsync(sideBySide(['dev', 'test', 'live'], work, noRoom), { message: 'no file' })
  while (done.length < 2) await moment()
  t.deepEqual(done, ['test', 'live'])
})

test('one that loads again is not kept waiting by those that wait for it', async t => {
  const twice = sideBySide(
    ['dev', 'live'],
    async (name, inTurn) => {
      await inTurn(moment)
      return inTurn(async () => name)
    },
    () => false,
  )
  t.deepEqual(await twice, ['dev', 'live'])
})
