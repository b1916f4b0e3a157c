import { at, isMap, type JsonMap } from '../../object/index.ts'
import type { EndpointDocument } from '../../spec/index.ts'
import type { Block, Draft } from '../draft.ts'
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
function switchedOff({ metadata, spec }: Draft): string[] {
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

/** The one block of a spec in which slipway's defaults are switched off, with what they would be; undefined where none is. */
export function blockOf(draft: Draft, advice: readonly string[]): Block | undefined {
  const fields = switchedOff(draft)
  return fields.length === 0
    ? undefined
    : { fields, comments: [...HEAD, ...listed(advice), ...TAIL] }
}

const HEAD = ['Switched off: what runs does not have it, and adding it would restart the pods.']
const TAIL = [
  'Take lines out in a change that restarts the pods anyway; "slipway diff" shows what follows.',
]

function listed(advice: readonly string[]): string[] {
  return advice.length === 0 ? [] : ['slipway advises:', ...advice.map(line => `- ${line}`)]
}
