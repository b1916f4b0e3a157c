import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import test, { type ExecutionContext } from 'ava'
import { withLock } from '../../src/sandbox/lock.ts'

function aLock(t: ExecutionContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-lock-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  return path.join(folder, 'the.lock')
}

// A process id that certainly belongs to nobody: its process has just ended.
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}

test('one at a time, and nothing is left', async t => {
  const lock = aLock(t)
  let inside = 0
  let most = 0
  const work = async () => {
    inside += 1
    most = Math.max(most, inside)
    await sleep(20)
    inside -= 1
  }
  await Promise.all(Array.from({ length: 5 }, () => withLock(lock, {}, work)))
  t.is(most, 1)
  t.deepEqual(readdirSync(path.dirname(lock)), [])
})

test('a dead holder is replaced, by one only', async t => {
  const lock = aLock(t)
  const dead = deadPid()
  writeFileSync(lock, `${dead}\n`)
  writeFileSync(`${lock}.${dead}.1-abc`, `${dead}\n`)
  let inside = 0
  const work = async () => {
    inside += 1
    t.is(inside, 1)
    await sleep(20)
    inside -= 1
  }
  await Promise.all(Array.from({ length: 5 }, () => withLock(lock, {}, work)))
  t.deepEqual(readdirSync(path.dirname(lock)), [])
})

test('who waits is told for whom, and may give up', async t => {
  const lock = aLock(t)
  const waiting = new AbortController()
  const told: number[] = []
  await withLock(lock, {}, async () => {
    const onWait = (pid: number) => {
      told.push(pid)
      waiting.abort(new Error('enough'))
    }
    const second = withLock(lock, { signal: waiting.signal, onWait }, async () => t.fail())
    await t.throwsAsync(second)
    t.true(existsSync(lock))
  })
  t.deepEqual(told, [process.pid])
  t.deepEqual(readdirSync(path.dirname(lock)), [])
})

test('an error in the work frees the lock', async t => {
  const lock = aLock(t)
  const failing = withLock(lock, {}, () => Promise.reject(new Error('no')))
  await t.throwsAsync(failing, { message: 'no' })
  t.is(await withLock(lock, {}, () => Promise.resolve(7)), 7)
})
