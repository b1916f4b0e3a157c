import { setTimeout as sleep } from 'node:timers/promises'
import { areTaken, ClusterError } from '../../cluster/index.ts'
import { actionsOf, type Action } from '../../plan/index.ts'
import type { Run } from '../run.ts'

/** Far longer than the API server and the quota's controller take to notice a deletion. */
const SETTLES_SECONDS = 20
const PAUSE_SECONDS = 0.5

/**
 * What a deletion gives back comes late: a quota goes on counting until its controller has noticed, and the API server frees a
 * Service's node ports and cluster IP after everybody has heard that it is gone. What an apply that deletes something may not
 * create yet is tried again for a while.
 */
export async function onceReleased<Result>(
  run: Run,
  { ref }: Action,
  work: () => Promise<Result>,
): Promise<Result> {
  const deadline = performance.now() + SETTLES_SECONDS * 1000
  for (let attempt = 1; ; attempt += 1) {
    let reason: string | undefined
    try {
      return await work()
    } catch (error) {
      reason = stillHeld(error)
      if (reason === undefined || !deletesAnything(run) || performance.now() > deadline) throw error
    }
    run.emit({ type: 'retrying', ref, reason, attempt, delaySeconds: PAUSE_SECONDS })
    await sleep(PAUSE_SECONDS * 1000)
    run.signal.throwIfAborted()
  }
}

function stillHeld(error: unknown): string | undefined {
  if (!(error instanceof ClusterError)) return undefined
  const { failure } = error
  if (failure.type === 'quota') return 'the quota still counts what was deleted'
  if (failure.type === 'invalid' && areTaken(failure.causes))
    return 'the API server has not freed the address of the deleted Service yet'
  return undefined
}

function deletesAnything({ plan }: Run): boolean {
  return actionsOf(plan).some(
    ({ type }) => type !== 'create' && type !== 'update' && type !== 'adopt',
  )
}
