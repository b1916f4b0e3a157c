import { setTimeout as sleep } from 'node:timers/promises'
import { ClusterError } from '../../cluster/index.ts'
import type { Action } from '../../plan/index.ts'
import type { Run } from '../run.ts'

/** Far longer than the quota's controller takes to notice a deletion. */
const SETTLES_SECONDS = 20
const PAUSE_SECONDS = 0.5

/**
 * A quota goes on counting what was deleted until its controller has noticed: what an apply that deletes something may not
 * create yet is tried again for a while.
 */
export async function withinQuota<Result>(
  run: Run,
  { ref }: Action,
  work: () => Promise<Result>,
): Promise<Result> {
  const deadline = performance.now() + SETTLES_SECONDS * 1000
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const isOver = error instanceof ClusterError && error.failure.type === 'quota'
      if (!isOver || !deletesAnything(run) || performance.now() > deadline) throw error
    }
    const reason = 'the quota still counts what was deleted'
    run.emit({ type: 'retrying', ref, reason, attempt, delaySeconds: PAUSE_SECONDS })
    await sleep(PAUSE_SECONDS * 1000)
    run.signal.throwIfAborted()
  }
}

function deletesAnything({ plan }: Run): boolean {
  return plan.actions.some(({ type }) => type !== 'create' && type !== 'update' && type !== 'adopt')
}
