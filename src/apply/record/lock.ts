import { acquireLease, type Cluster } from '../../cluster/index.ts'
import type { Plan } from '../../plan/index.ts'
import type { ApplyOptions, EventBody } from '../run.ts'

export interface LockInput {
  cluster: Cluster
  plan: Plan
  holder: string
  options: ApplyOptions
  emit: (event: EventBody) => void
  signal: AbortSignal
}

export interface Lock {
  /** Nobody held it when it was taken, dead or alive. */
  wasFree: boolean
  /** Aborts when the lock is lost. */
  signal: AbortSignal
  /** Whether it is surely ours at this moment, by the clock. */
  isHeld: () => boolean
  release: () => Promise<void>
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
  let hasWaited = false
  const lease = await acquireLease(cluster, {
    ...plan.parent,
    holder,
    waitSeconds: options.lockTimeoutSeconds,
    ttlSeconds: options.lockTtlSeconds,
    signal,
    onWaiting: (other, since) => {
      hasWaited = true
      emit({ type: 'lock-waiting', holder: other, since })
    },
  })
  const { takenOverFrom } = lease
  emit({ type: 'lock-acquired', ...(takenOverFrom === undefined ? {} : { takenOverFrom }) })
  return { ...lease, wasFree: !hasWaited && takenOverFrom === undefined }
}
