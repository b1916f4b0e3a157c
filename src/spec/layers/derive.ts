import { at, isMap, type JsonMap } from '../../object/index.ts'
import { builtInLayer } from './layer.ts'
import type { Merged, MergedMap, Trace } from './merged.ts'

const MIN_REPLICAS = builtInLayer('built-in', { scaling: { min: 1 } })

/** Values that follow from others: a request from its limit, as in Kubernetes (KServe would put its own there), and the lower bound of an autoscaler. */
export function addDerived(merged: MergedMap): MergedMap {
  const bounded = isBare(merged.value)
    ? merged
    : ['cpu', 'memory', 'ephemeralStorage'].reduce(requestFromLimit, merged)
  const { scaling } = bounded.value
  if (!isMap(scaling) || scaling['min'] !== undefined) return bounded
  return setAt(bounded, ['scaling', 'min'], { value: 1, trace: { source: MIN_REPLICAS } })
}

/** With slipway's defaults off, requests are left to KServe. */
function isBare(spec: Readonly<JsonMap>): boolean {
  return spec['runtime'] === 'kserve' && at(spec['kserve'], 'defaults') === false
}

function requestFromLimit(merged: MergedMap, resource: string): MergedMap {
  const bounds = at(merged.value['resources'], resource)
  const limit = at(bounds, 'limit')
  if (limit === undefined || at(bounds, 'request') !== undefined) return merged
  const trace = merged.trace.parts?.['resources']?.parts?.[resource]
  const source = trace?.parts?.['limit']?.source ?? trace?.source ?? merged.trace.source
  const path = ['resources', resource, 'limit']
  const request = { value: limit, trace: { source, at: path } }
  return setAt(merged, ['resources', resource, 'request'], request)
}

const FROM_OUTSIDE = ['ingress', 'route'] as const

/** What weaker layers say of ingresses, routes and queues makes none: it is for the endpoints that have one. */
export function dropUnasked(merged: MergedMap): MergedMap {
  return withoutQueue(withoutHost(merged))
}

/** Only an endpoint that has an ingress or a route itself needs a host. */
function withoutHost(merged: MergedMap): MergedMap {
  const unasked = FROM_OUTSIDE.filter(field => {
    const value = merged.value[field]
    const source = merged.trace.parts?.[field]?.source
    return isMap(value) && value['host'] === undefined && source?.layer !== 'endpoint'
  })
  if (unasked.length === 0) return merged
  const kept = Object.entries(merged.value).filter(([field]) => !isOneOf(field, unasked))
  return { value: Object.fromEntries(kept), trace: merged.trace }
}

/** Where nothing is counted, the Prometheus of all endpoints is not asked. */
function withoutQueue(merged: MergedMap): MergedMap {
  const { scaling } = merged.value
  const queue = at(scaling, 'queue')
  const source = merged.trace.parts?.['scaling']?.parts?.['queue']?.source
  if (!isMap(scaling) || !isMap(queue) || source?.layer === 'endpoint') return merged
  const isAsked = [queue['preset'], queue['target'], at(queue, 'prometheus', 'query')]
  if (isAsked.some(value => value !== undefined)) return merged
  const { queue: _queue, ...others } = scaling
  return { value: { ...merged.value, scaling: others }, trace: merged.trace }
}

function isOneOf(field: string, fields: readonly string[]): boolean {
  return fields.includes(field)
}

/** A copy with one field set; maps on the way are made where they are missing. */
export function setAt(
  { value, trace }: MergedMap,
  [step, ...rest]: readonly [string, ...string[]],
  leaf: Merged,
): MergedMap {
  const [next, ...further] = rest
  const inner =
    next === undefined ? leaf : setAt(partOf({ value, trace }, step), [next, ...further], leaf)
  return {
    value: { ...value, [step]: inner.value },
    trace: { ...trace, parts: { ...trace.parts, [step]: inner.trace } },
  }
}

function partOf({ value, trace }: MergedMap, step: string): MergedMap {
  const part: Trace = trace.parts?.[step] ?? { source: trace.source }
  const inner = value[step]
  return { value: isMap(inner) ? inner : {}, trace: part }
}
