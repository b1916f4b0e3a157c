import type { ServingRuntime } from './runtime.ts'
import { compareText } from '../object/index.ts'
import { obstaclesTo } from './fitness.ts'
import type { ModelNeeds } from './needs.ts'

/** One runtime, or why not exactly one: what was looked at, nearest first. */
export type Choice =
  | { chosen: ServingRuntime }
  | { chosen?: undefined; reason: 'none'; considered: ServingRuntime[] }
  | { chosen?: undefined; reason: 'several'; considered: ServingRuntime[] }
  | { chosen?: undefined; reason: 'unknown' }
  | { chosen?: undefined; reason: 'unfit'; considered: ServingRuntime[] }

/**
 * The serving runtime of a model, by KServe's own rules (pkg/apis/serving/v1beta1/predictor_model.go, GetSupportingRuntimes, and reconcileModel
 * of the predictor): the named one, in the namespace before cluster-wide; else those of the namespace that support the model
 * before cluster-wide ones, by priority, then by protocol. What KServe would then decide by age is no choice here.
 */
export function chooseRuntime(needs: ModelNeeds, runtimes: readonly ServingRuntime[]): Choice {
  const visible = runtimes.filter(
    ({ namespace }) => (namespace ?? needs.namespace) === needs.namespace,
  )
  return needs.servingRuntime === undefined
    ? chooseAutomatically(needs, visible)
    : chooseNamed(needs, visible)
}

function chooseNamed(needs: ModelNeeds, visible: readonly ServingRuntime[]): Choice {
  const named = visible
    .filter(({ name }) => name === needs.servingRuntime)
    .toSorted((a, b) => scopeOf(a) - scopeOf(b))
  const [runtime] = named
  if (runtime === undefined) return { reason: 'unknown' }
  return obstaclesTo(runtime, needs).length === 0
    ? { chosen: runtime }
    : { reason: 'unfit', considered: [runtime] }
}

function chooseAutomatically(needs: ModelNeeds, visible: readonly ServingRuntime[]): Choice {
  const [first, ...others] = visible
    .filter(runtime => obstaclesTo(runtime, needs).length === 0)
    .map(runtime => ({ runtime, rank: rankOf(runtime, needs) }))
    .toSorted((a, b) => compareRanks(a.rank, b.rank) || compareText(a.runtime.name, b.runtime.name))
  if (first === undefined) return { reason: 'none', considered: nearest(needs, visible) }
  const equals = others.filter(({ rank }) => compareRanks(rank, first.rank) === 0)
  if (equals.length === 0) return { chosen: first.runtime }
  return { reason: 'several', considered: [first, ...equals].map(({ runtime }) => runtime) }
}

/** Those that know the format, the fewest obstacles first. */
function nearest(needs: ModelNeeds, visible: readonly ServingRuntime[]): ServingRuntime[] {
  return visible
    .filter(({ spec }) =>
      spec.supportedModelFormats?.some(({ name }) => name === needs.format.name),
    )
    .map(runtime => ({ runtime, cost: obstaclesTo(runtime, needs).length }))
    .toSorted((a, b) => a.cost - b.cost)
    .map(({ runtime }) => runtime)
}

function rankOf(runtime: ServingRuntime, { format }: ModelNeeds): number[] {
  const { supportedModelFormats = [], protocolVersions = [] } = runtime.spec
  // KServe looks at the first entry of the format's name, whatever its version.
  const priority = supportedModelFormats.find(({ name }) => name === format.name)?.priority
  const protocols = protocolVersions.map(protocolRank)
  return [
    scopeOf(runtime),
    priority === undefined ? Infinity : -priority,
    protocols.length === 0 ? PROTOCOLS.length : Math.min(...protocols),
  ]
}

function scopeOf({ kind }: ServingRuntime): number {
  return kind === 'ServingRuntime' ? 0 : 1
}

const PROTOCOLS = ['v1', 'v2', 'grpc-v1', 'grpc-v2']

function protocolRank(protocol: string): number {
  const rank = PROTOCOLS.indexOf(protocol)
  return rank === -1 ? PROTOCOLS.length : rank
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? 0
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}
