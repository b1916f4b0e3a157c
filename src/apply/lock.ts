import { acquireLease } from '../cluster/index.ts'
import type { Cluster } from '../cluster/index.ts'
import type { Plan } from '../plan/index.ts'
import type { ApplyOptions, EventBody } from './run.ts'

export interface LockInput {
  cluster: Cluster
  plan: Plan
  holder: string
  options: ApplyOptions
  emit: (event: EventBody) => void
  signal: AbortSignal
}

export interface Lock {
  /** Nobody has held it since the plan was made: the plan is still true. */
  isUnchangedSincePlan: boolean
  /** Aborts when the lock is lost. */
  signal: AbortSignal
  release: (how: { remove: boolean }) => Promise<void>
}

/** One writer per set and cluster (R1): a Lease named like the parent. */
export async function holdLock({
  cluster,
  plan,
  holder,
  options,
  emit,
  signal,
}: LockInput): Promise<Lock> {
  const lease = await acquireLease(cluster, {
    ...plan.parent,
    holder,
    waitSeconds: options.lockTimeoutSeconds,
    signal,
    onWaiting: (other, since) => emit({ type: 'lock-waiting', holder: other, since }),
  })
  const { takenOverFrom } = lease
  emit({ type: 'lock-acquired', ...(takenOverFrom === undefined ? {} : { takenOverFrom }) })
  return {
    isUnchangedSincePlan: lease.previousVersion === plan.lockVersion,
    signal: lease.signal,
    release: lease.release,
  }
}
