import { isGpu } from '../kinds/index.ts'
import { at, equalValues, number, text, type JsonMap } from '../object/index.ts'
import { some } from './read.ts'

const BOUNDED = { cpu: 'cpu', memory: 'memory', ephemeralStorage: 'ephemeral-storage' }

export interface Needs {
  resources: JsonMap | undefined
  gpus: number
  gpuResource: string
}

export function needsOf(container: unknown, affinity: unknown): Needs {
  const limits = at(container, 'resources', 'limits')
  const requests = at(container, 'resources', 'requests')
  const devices = Object.keys(Object(limits)).filter(name => name.includes('/'))
  // Beside a GPU there may be what it talks through, such as rdma/hca.
  const extended = devices.find(isGpu) ?? devices[0]
  const gpus = extended === undefined ? 0 : Number(at(limits, extended))
  const gpuResource = extended ?? 'nvidia.com/gpu'
  const bounded = Object.entries(BOUNDED).map(([field, name]) => [
    field,
    bounds(quantityOf(at(requests, name), name), quantityOf(at(limits, name), name)),
  ])
  const resources = some({
    ...Object.fromEntries(bounded),
    gpus: gpus === 0 ? undefined : gpus,
    gpuResource: gpuResource === 'nvidia.com/gpu' ? undefined : gpuResource,
    gpuMemory: gpuMemoryOf(affinity, gpuResource),
  })
  return { resources, gpus, gpuResource }
}

function bounds(least: string | undefined, most: string | undefined): unknown {
  return least === most ? least : some({ request: least, limit: most })
}

/** Other spellings, and amounts that can only be meant otherwise, are left to patches. */
function quantityOf(value: unknown, name: string): string | undefined {
  const given = typeof value === 'number' ? String(value) : text(value)
  if (given === undefined || name === 'cpu') return isUsual(given, CPU) ? given : undefined
  const isPlain = /^\d+$/.test(given)
  return isUsual(given, BYTES) && !(isPlain && Number(given) < MEBIBYTE) ? given : undefined
}

const CPU = /^\d{1,15}(\.\d{1,9})?m?$/
const BYTES = /^\d{1,15}(\.\d{1,9})?([MGTPE]|[MGTPE]i)?$/
const MEBIBYTE = 1_048_576

function isUsual(given: string | undefined, spelling: RegExp): boolean {
  return given !== undefined && spelling.test(given)
}

/** The nominal size again (docs/decisions/0003): the smallest whole one of which nine tenths are asked for. */
function gpuMemoryOf(affinity: unknown, gpuResource: string): string | undefined {
  const bound = gpuMemoryBound(affinity, gpuResource)
  if (bound === undefined) return undefined
  const mebibytes = Math.ceil((bound + 1) / 0.9)
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`
}

function gpuMemoryBound(affinity: unknown, gpuResource: string): number | undefined {
  const expressions = at(terms(affinity), 0, 'matchExpressions')
  const last: unknown = Array.isArray(expressions) ? expressions.at(-1) : undefined
  if (text(at(last, 'key')) !== `${gpuResource}.memory` || at(last, 'operator') !== 'Gt') {
    return undefined
  }
  return number(Number(at(last, 'values', 0)))
}

function terms(affinity: unknown): unknown {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  return at(affinity, 'nodeAffinity', required, 'nodeSelectorTerms')
}

/** The user's own affinity: without what slipway adds for the memory of GPUs. */
export function ownAffinity(affinity: unknown, gpuResource: string): unknown {
  if (gpuMemoryBound(affinity, gpuResource) === undefined) return affinity
  const { nodeAffinity, ...others } = structuredClone(affinity) as Record<string, unknown>
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  const { [required]: _needed, ...preferred } = nodeAffinity as Record<string, unknown>
  const kept = (terms(affinity) as JsonMap[]).map(term => ({
    ...term,
    matchExpressions: (term['matchExpressions'] as unknown[]).slice(0, -1),
  }))
  const isOurs = kept.length === 1 && equalValues(kept, [{ matchExpressions: [] }])
  const own = isOurs ? preferred : { ...preferred, [required]: { nodeSelectorTerms: kept } }
  return some({ ...others, nodeAffinity: some(own) })
}
