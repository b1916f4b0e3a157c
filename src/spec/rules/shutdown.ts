import type { Endpoint } from '../set.ts'
import { contradiction, type Rule } from './rule.ts'

/** Between the end of preStop and SIGKILL the server must be able to close its connections. */
export const GRACE_MARGIN_SECONDS = 5

/** T1: the grace period counts from the start of preStop, so it must outlast it. */
export const graceOutlastsPreStop: Rule = endpoint => {
  const { gracePeriod } = endpoint.spec.shutdown
  const preStop = preStopSeconds(endpoint)
  const needed = preStop + GRACE_MARGIN_SECONDS
  if (endpoint.spec.runtime === 'external' || gracePeriod >= needed) return []
  const than = preStop === 0 ? '' : `preStop (${preStop}s) and `
  return contradiction(
    'spec.shutdown.gracePeriod',
    `spec.shutdown.gracePeriod (${gracePeriod}s) is shorter than ${than}a margin of ${GRACE_MARGIN_SECONDS}s`,
    `Set it to ${needed}s or more.`,
  )
}

function preStopSeconds({ spec }: Endpoint): number {
  const { preStop } = spec.shutdown
  if (preStop === false) return 0
  if ('sleep' in preStop) return preStop.sleep
  return 'exec' in preStop ? (preStop.time ?? 0) : 0
}
