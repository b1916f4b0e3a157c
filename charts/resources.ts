import { canonicalQuantity } from '../src/object/index.ts'
import type { Endpoint } from '../src/spec/index.ts'

type Bounds = { request?: string | undefined; limit?: string | undefined } | undefined

/**
 * A limit without a request becomes both, as Kubernetes itself would have it: KServe would otherwise fill
 * in a request of its own. Extended resources such as GPUs want both alike. Quantities are as the API server writes them back, so
 * that what is live can be compared without asking.
 */
export function resourcesOf({ spec }: Endpoint) {
  const { cpu, memory, ephemeralStorage, gpus, gpuResource } = spec.resources
  const gpu = gpus > 0 ? { request: String(gpus), limit: String(gpus) } : undefined
  const bounds: Record<string, Bounds> = {
    cpu,
    memory,
    'ephemeral-storage': ephemeralStorage,
    [gpuResource]: gpu,
  }
  const requests = pick(bounds, bound => bound.request ?? bound.limit)
  const limits = pick(bounds, bound => bound.limit)
  return requests === undefined && limits === undefined ? undefined : { requests, limits }
}

function pick(
  bounds: Record<string, Bounds>,
  choose: (bound: NonNullable<Bounds>) => string | undefined,
): Record<string, string> | undefined {
  const entries = Object.entries(bounds).flatMap(([resource, bound]) => {
    const quantity = bound && choose(bound)
    return quantity === undefined ? [] : [[resource, canonicalQuantity(quantity)] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
