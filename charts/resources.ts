import { canonicalQuantity } from '../src/object/index.ts'
import type { Endpoint } from '../src/spec/index.ts'
import { isSaid, writesDefaults } from './pod-parts/as-said.ts'

type Bounds = { request?: string | undefined; limit?: string | undefined } | undefined

/**
 * A limit without a request becomes both, as Kubernetes itself would have it: KServe would otherwise fill
 * in a request of its own. Extended resources such as GPUs want both alike. Quantities are as the API server writes them back, so
 * that what is live can be compared without asking.
 */
export function resourcesOf(endpoint: Endpoint) {
  const { cpu, memory, ephemeralStorage, gpus, gpuResource } = endpoint.spec.resources
  if (!writesDefaults(endpoint)) return saidResources(endpoint)
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

/** What a serving runtime has is left to it; KServe adds requests by itself. */
function saidResources(endpoint: Endpoint) {
  const { gpus, gpuResource } = endpoint.spec.resources
  const gpu = gpus > 0 ? { limit: String(gpus) } : undefined
  const bounds: Record<string, Bounds> = {
    cpu: saidBounds(endpoint, 'cpu'),
    memory: saidBounds(endpoint, 'memory'),
    'ephemeral-storage': saidBounds(endpoint, 'ephemeralStorage'),
    [gpuResource]: isSaid(endpoint, 'resources.gpus') ? gpu : undefined,
  }
  const requests = pick(bounds, bound => bound.request)
  const limits = pick(bounds, bound => bound.limit)
  return requests === undefined && limits === undefined ? undefined : { requests, limits }
}

function saidBounds(endpoint: Endpoint, field: 'cpu' | 'memory' | 'ephemeralStorage'): Bounds {
  const { request, limit } = endpoint.spec.resources[field] ?? {}
  const said = (bound: string) => isSaid(endpoint, `resources.${field}.${bound}`)
  return {
    request: said('request') ? request : undefined,
    limit: said('limit') ? limit : undefined,
  }
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
