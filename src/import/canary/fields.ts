import { at, defined, equalValues, isMap, number, type JsonMap } from '../../object/index.ts'
import { CANDIDATE_FIELDS, KEYED_LISTS, isAlternative } from '../../spec/index.ts'
import { patchOfMembers } from '../merge.ts'
import type { LiveCandidate } from '../live.ts'

/** `canary`: its share, and what its pods have otherwise than those that serve. */
export function canaryOf(
  { workload, weight, headers }: Omit<LiveCandidate, 'service'>,
  { serving, its }: Record<'serving' | 'its', JsonMap>,
): JsonMap {
  const replicas = number(at(workload, 'spec', 'replicas')) ?? 1
  return defined({
    weight,
    replicas: replicas === 1 ? undefined : replicas,
    match: headers === undefined ? undefined : { headers },
    ...Object.fromEntries(
      [...CANDIDATE_FIELDS].flatMap(field => {
        const value = overlaid([field], serving[field], its[field])
        return value === undefined ? [] : [[field, value] as const]
      }),
    ),
  })
}

/** What a stronger layer says over `weaker`, so that both together are `wanted` (layers/merge.ts); what it cannot take away, patches do. */
function overlaid(path: readonly string[], weaker: unknown, wanted: unknown): unknown {
  if (equalValues(weaker, wanted)) return undefined
  const [name = ''] = path
  const isKeyed = path.length === 1 && KEYED_LISTS[name] !== undefined
  if (Array.isArray(weaker)) return overList(weaker, wanted ?? [], isKeyed)
  if (!isMap(weaker) || !isMap(wanted) || isAlternative(path)) return wanted
  return patchOfMembers(weaker, wanted, (old, next, member) =>
    overlaid([...path, member], old, next),
  )
}

function overList(weaker: readonly unknown[], wanted: unknown, isKeyed: boolean): unknown {
  if (!isKeyed || !Array.isArray(wanted)) return wanted
  const others = wanted.filter(item => !weaker.some(other => equalValues(other, item)))
  return others.length === 0 ? undefined : others
}
