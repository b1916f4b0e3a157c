import {
  SERVICE,
  isEmpty,
  isOf,
  isWorkload,
  kindOf,
  matches,
  podLabelsOf,
  referencesOf,
  selectorOf,
  type Backend,
  type Target,
} from '../../kinds/index.ts'
import {
  defined,
  formatRef,
  keyOf,
  refOf,
  type KubeObject,
  type ObjectRef,
} from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { removalOf, type Action } from '../action.ts'
import { ownerOf } from '../observe/existing.ts'
import type { LiveSet } from '../observe/live.ts'
import type { Outsiders } from '../observe/outsiders.ts'
import type { RelatedObject } from '../plan.ts'
import { desiredKeys, type Scope } from '../scope.ts'

interface RelatedInput {
  scope: Scope
  live: LiveSet
  actions: readonly Action[]
  outsiders: Outsiders
}

/**
 * Objects outside the set that point at a workload or a Service that is going (D3), and the other runtime's object of
 * the same name (D5): reported, and removed only on request. Asked for only when something goes.
 */
export async function findRelated({
  scope,
  live,
  actions,
  outsiders,
}: RelatedInput): Promise<Related> {
  const going = actions.filter(({ type }) => type === 'prune' || type === 'switch')
  const namespaces = [...new Set(going.flatMap(action => action.ref.namespace ?? []))]
  const found = await Promise.all(namespaces.map(outsiders))
  const objects = found.flatMap(each => each.objects)
  const problems = found.flatMap(each => each.problems)
  return { objects: relatedTo(going, { scope, live, objects }), problems }
}

/** What was found, and what could not be looked for. */
export interface Related {
  objects: RelatedObject[]
  problems: Problem[]
}

interface Looked {
  scope: Pick<Scope, 'desired' | 'setId'>
  live: Pick<LiveSet, 'objects'>
  objects: KubeObject[]
}

/** Of some objects outside the set, those that point at what goes, or need it. */
export function relatedTo(
  going: readonly Action[],
  { scope, live, objects }: Looked,
): RelatedObject[] {
  const uids = new Map(live.objects.map(object => [object.metadata.uid, object]))
  const desired = desiredKeys(scope)
  const candidates = objects.filter(object => !desired.has(keyOf(refOf(object))))
  return candidates.flatMap(object => {
    const match = going.find(action => reasonOf(object, action, uids.get(action.uid)) !== undefined)
    if (match === undefined) return []
    const reason = reasonOf(object, match, uids.get(match.uid)) ?? ''
    const { uid } = object.metadata
    const owner = ownerOf(object, scope.setId)
    const isLeft = owner !== undefined || needOf(object, match.ref) !== undefined
    return defined({
      ref: refOf(object),
      endpoint: match.endpoint,
      reason: owner === undefined ? reason : `${reason}, but it belongs to ${owner}`,
      ...(isLeft && { isForeign: true as const }),
      uid,
    })
  })
}

function reasonOf(
  object: KubeObject,
  { ref }: Action,
  going: KubeObject | undefined,
): string | undefined {
  if (object.metadata.namespace !== ref.namespace) return undefined
  const target = formatRef(ref)
  const need = needOf(object, ref)
  if (need !== undefined) return `needs ${target} (${need})`
  if (isWorkload(object)) return otherRuntime(object, ref) ? `has the name of ${target}` : undefined
  const { scales, route } = kindOf(object)
  if (scales !== undefined)
    return isTarget(scales(object), ref) ? `its scaleTargetRef points at ${target}` : undefined
  if (route !== undefined)
    return routesTo(route.backends(object), ref) ? `a backend points at ${target}` : undefined
  return isOf(object, SERVICE) && selectsPodsOf(object, going)
    ? `its selector matches the pods of ${target}`
    : undefined
}

/** What an object, or its pods, need another one for. They are no part of what goes: only told, whoever they belong to. */
function needOf(object: KubeObject, ref: ObjectRef): string | undefined {
  return referencesOf(object).find(each => isOf(each, ref) && each.name === ref.name)?.purpose
}

function otherRuntime(object: KubeObject, ref: ObjectRef): boolean {
  return isWorkload(ref) && object.kind !== ref.kind && object.metadata.name === ref.name
}

function isTarget({ kind, name }: Target, ref: ObjectRef): boolean {
  return kind === ref.kind && name === ref.name
}

function routesTo(backends: readonly Backend[], ref: ObjectRef): boolean {
  return isOf(ref, SERVICE) && backends.some(({ name }) => name === ref.name)
}

function selectsPodsOf(service: KubeObject, going: KubeObject | undefined): boolean {
  const selector = selectorOf(service)
  const labels = going && podLabelsOf(going)
  if (selector === undefined || labels === undefined || isEmpty(selector)) return false
  return matches(selector, labels)
}

/** What somebody else answers for is only reported. */
export function relatedRemovals(related: readonly RelatedObject[]): Action[] {
  const nobodys = related.filter(({ isForeign }) => isForeign === undefined)
  return nobodys.map(({ ref, endpoint, reason, uid }) =>
    removalOf({ ref, endpoint, reason: `related: ${reason}`, uid }),
  )
}
