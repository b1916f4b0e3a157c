import { at, isMap } from '../../object/index.ts'
import type { JsonMap } from '../../object/index.ts'
import type { EndpointDocument } from '../../spec/index.ts'
import { some } from '../read.ts'

type Spec = EndpointDocument['spec']

/** A spec without what switches slipway's defaults off, or only repeats what Kubernetes fills in; of the endpoint of this name. */
export function withDefaults(spec: Spec, name: string): Spec {
  const entries = Object.entries(spec).flatMap(([field, value]) => {
    const kept = field === 'service' ? serviceOf(value, name) : keptOf(field, value)
    return kept === undefined ? [] : [[field, kept] as const]
  })
  return Object.fromEntries(entries)
}

/** A Service's name has no dots, so one that a name with dots would lead to is named. */
function serviceOf(service: unknown, name: string): unknown {
  if (service !== false) return service
  return name.includes('.') ? { name: `${name.replaceAll('.', '-')}-svc` } : undefined
}

const OFF = new Set(['podSecurity', 'disruptionBudget', 'sharedMemory'])

function keptOf(field: string, value: unknown): unknown {
  if (OFF.has(field)) return value === false ? undefined : value
  if (field === 'probes' || field === 'shutdown') return some(withoutFalse(value))
  if (field === 'kserve') return some(withoutFalse(value))
  return field === 'rollout' && isUsualRollout(value) ? undefined : value
}

function withoutFalse(value: unknown): JsonMap {
  const members = isMap(value) ? Object.entries(value) : []
  return Object.fromEntries(members.filter(([, member]) => member !== false))
}

/** As the API server fills it in. */
function isUsualRollout(rollout: unknown): boolean {
  return at(rollout, 'maxSurge') === '25%' && at(rollout, 'maxUnavailable') === '25%'
}

/** The fields of a spec that switch something off, or take away what slipway would write. */
export function switchedOff({
  metadata,
  spec,
}: Pick<EndpointDocument, 'metadata' | 'spec'>): string[] {
  const improved: JsonMap = withDefaults(spec, metadata.name)
  return Object.entries(spec).flatMap(([field, value]) => {
    const isOff = JSON.stringify(improved[field]) !== JSON.stringify(value) && field !== 'rollout'
    return isOff || field === 'rules' || takesAway(value) ? [field] : []
  })
}

/** A patch that removes a member, an entry or a path. */
function takesAway(value: unknown): boolean {
  if (value === null) return true
  if (Array.isArray(value)) return value.some(takesAway)
  if (!isMap(value)) return false
  return (
    value['$patch'] === 'delete' || value['op'] === 'remove' || Object.values(value).some(takesAway)
  )
}
