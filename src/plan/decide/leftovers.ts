import { isServerDefault, replicasOf, type FieldPlace } from '../../kinds/index.ts'
import {
  fieldSteps,
  formatRef,
  isMap,
  refOf,
  valueAtSteps,
  type KubeObject,
  type ManagedFieldsEntry,
} from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { FieldChange } from '../action.ts'
import { earlierEntries, entriesOf, isOthers, managersOf, ownEntry } from '../fields/entries.ts'
import { holdsBeside } from '../fields/field-set.ts'
import { visibleChanges } from '../fields/visible.ts'
import { withoutEntries } from './takeover.ts'

/** Fields that git does not say and that others hold alone: they stay whatever is applied. */
export interface Leftover {
  managers: string[]
  /** As they would go, were they taken. */
  changes: FieldChange[]
}

interface Compared {
  desired: KubeObject
  /** With git's fields in it, or about to be. */
  object: KubeObject
  setId: string
}

/**
 * What else an object has than git says, without what the API server, autoscalers and controllers set. Labels and annotations count
 * while the object is not in the set yet, and of whoever made it: those that are put on later are somebody's notes.
 */
export function leftoverOf({ desired, object, setId }: Compared): Leftover | undefined {
  const earlier = earlierEntries(object)
  const entries = entriesOf(object).filter(
    entry => isOthers(entry, object) && !earlier.includes(entry),
  )
  if (entries.length === 0) return undefined
  const changes = visibleChanges(object, withoutEntries(object, entries), setId).filter(
    change =>
      isTold(change, { desired, object }) &&
      (isNoted(object, entries) || !/^metadata\.(labels|annotations)/.test(change.path)),
  )
  const managers = managersOf(entries)
  return changes.length === 0 ? undefined : { managers, changes }
}

function isTold(
  { path, before, after }: FieldChange,
  { desired, object }: Pick<Compared, 'desired' | 'object'>,
): boolean {
  if (after === undefined && isServerDefault(placeOfChange(object, path), before)) return false
  if (path === 'spec.replicas') return replicasOf(desired) !== undefined
  return !RESTARTED.test(path) && !RESTARTED.test(keysOf(before))
}

/** `kubectl rollout restart` leaves nothing to tell. */
const RESTARTED = /kubectl\.kubernetes\.io\/restartedAt/

function keysOf(value: unknown): string {
  return isMap(value) ? Object.keys(value).join() : ''
}

function isNoted(object: KubeObject, entries: readonly ManagedFieldsEntry[]): boolean {
  return ownEntry(object) === undefined || entries.some(entry => hasMade(entry, object))
}

/** A controller is as quick as whoever makes an object, and holds only what it noted on it, as KEDA does. */
function hasMade({ time, fieldsV1 = {} }: ManagedFieldsEntry, object: KubeObject): boolean {
  const created = Date.parse(object.metadata.creationTimestamp ?? '')
  const isThen = Math.abs(Date.parse(time ?? '') - created) <= SAME_MOMENT
  return isThen && (holdsBeside(fieldsV1, ABOUT) || !hasContent(object))
}

const SAME_MOMENT = 1000

const hasContent = (object: KubeObject) =>
  Object.entries(object).some(([name, value]) => value !== undefined && !ABOUT.includes(name))

/** What every object has. */
const ABOUT = ['apiVersion', 'kind', 'metadata', 'status']

const MOST_TOLD = 5

export function leftoverProblem(
  desired: KubeObject,
  endpoint: string,
  { managers, changes }: Leftover,
): Problem {
  const ref = formatRef(refOf(desired))
  const paths = changes.slice(0, MOST_TOLD).map(({ path }) => path)
  const more = changes.length > MOST_TOLD ? `, and ${changes.length - MOST_TOLD} more` : ''
  return {
    code: 'leftover-fields',
    severity: 'warning',
    message: `${ref} has fields that git does not have: ${paths.join(', ')}${more}`,
    object: ref,
    endpoint,
    cause: `They belong to ${managers.map(manager => `"${manager}"`).join(', ')} alone, so an apply leaves them as they are.`,
    remedy: 'Add them to the endpoint spec, or remove them with --take-fields.',
  }
}

/** Where the field of a change (`spec.template.spec.containers[name=server].image`) stands in the object. */
function placeOfChange(object: KubeObject, path: string): FieldPlace {
  const steps = fieldSteps(path)
  const names = steps.filter(step => typeof step === 'string')
  const owner = valueAtSteps(object, steps.slice(0, -1))
  return {
    kind: object.kind,
    parent: names.at(-2),
    name: names.at(-1) ?? '',
    owner: isMap(owner) ? owner : undefined,
  }
}
