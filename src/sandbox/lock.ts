import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from './errors.ts'

export interface LockOptions {
  signal?: AbortSignal | undefined
  /** Called once, when another process holds the lock. */
  onWait?: (pid: number) => void
}

/**
 * Runs `work` while this process alone holds the lock file. It names its holder's process id;
 * a dead holder's lock is taken over, so nothing has to be cleaned by hand after a kill.
 */
export async function withLock<T>(
  file: string,
  { signal, onWait }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(path.dirname(file), { recursive: true })
  removeDeadClaims(file)
  const claim = `${file}.${process.pid}.${nextClaim()}`
  writeFileSync(claim, `${process.pid}\n`)
  try {
    await acquire(claim, file, { signal, ...(onWait && { onWait }) })
    try {
      return await work()
    } finally {
      rmSync(file, { force: true })
    }
  } finally {
    rmSync(claim, { force: true })
  }
}

let claims = 0
function nextClaim(): string {
  claims += 1
  return `${claims}-${Math.random().toString(36).slice(2, 8)}`
}

// Left by processes that were killed while they held or wanted the lock.
function removeDeadClaims(file: string): void {
  const prefix = `${path.basename(file)}.`
  for (const entry of readdirSync(path.dirname(file))) {
    const pid = entry.startsWith(prefix) ? Number(entry.slice(prefix.length).split('.', 1)[0]) : NaN
    if (pid > 0 && !isAlive(pid)) rmSync(path.join(path.dirname(file), entry), { force: true })
  }
}

async function acquire(claim: string, file: string, { signal, onWait }: LockOptions) {
  let told = false
  while (!tryLink(claim, file)) {
    signal?.throwIfAborted()
    const holder = holderOf(file)
    if (holder === undefined) continue
    if (!isAlive(holder)) {
      removeStale(claim, file, holder)
      continue
    }
    if (!told) onWait?.(holder)
    told = true
    await sleep(200, undefined, { signal })
  }
}

// A hard link either appears whole or not at all: unlike an exclusive open, never an empty file.
function tryLink(claim: string, file: string): boolean {
  try {
    linkSync(claim, file)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

// Another waiter may have replaced the stale lock meanwhile: what was moved away is looked at again, and given back.
function removeStale(claim: string, file: string, holder: number): void {
  const moved = `${claim}.stale`
  try {
    renameSync(file, moved)
    if (holderOf(moved) !== holder) tryLink(moved, file)
  } catch {
    // It is gone already.
  }
  rmSync(moved, { force: true })
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
