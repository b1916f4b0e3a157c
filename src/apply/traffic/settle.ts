import { setTimeout } from 'node:timers/promises'
import type { Run } from '../run.ts'

/**
 * How long gateways get to take up that requests go elsewhere, before what served goes. A route's status says that it is accepted; when
 * the last proxy goes by it, nothing in the Gateway API tells.
 */
const SETTLE_SECONDS = 10

export async function settle(run: Run, endpoint: string): Promise<void> {
  const message = 'gateways are picking up the new routing'
  const times = { elapsedSeconds: 0, deadlineSeconds: SETTLE_SECONDS }
  run.emit({ type: 'waiting', endpoint, message, ...times })
  await setTimeout(SETTLE_SECONDS * 1000, undefined, { signal: run.signal })
}
