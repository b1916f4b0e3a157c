import { APPLYSET, formatRef, refOf, waveOf } from '../object/index.ts'
import type { KubeObject, ObjectRef } from '../object/index.ts'
import type { KindRef } from '../cluster/index.ts'
import type { LiveSet } from './live.ts'
import { isMap } from './managed.ts'
import type { Action, RelatedObject } from './plan.ts'
import { isWorkload } from './restarts.ts'
import type { Scope } from './scope.ts'

interface RelatedInput {
  scope: Scope
  live: LiveSet
  actions: readonly Action[]
}

/**
 * Objects outside the set that point at a workload or a Service that is going (D3), and the other runtime's object of
 * the same name (D5): reported, and removed only on request. Asked for only when something goes.
 */
export async function findRelated({
  scope,
  live,
  actions,
}: RelatedInput): Promise<RelatedObject[]> {
  const going = actions.filter(({ type }) => type === 'prune' || type === 'switch')
  if (going.length === 0) return []
  const namespaces = [...new Set(going.flatMap(action => action.ref.namespace ?? []))]
  const objects = (
    await Promise.all(namespaces.map(namespace => listCandidates(scope, namespace)))
  ).flat()
  const uids = new Map(live.objects.map(object => [object.metadata.uid, object]))
  const candidates = objects.filter(object => isOutside(object, scope.setId))
  return candidates.flatMap(object => {
    const match = going.find(action => reasonOf(object, action, uids.get(action.uid)) !== undefined)
    if (match === undefined) return []
    const reason = reasonOf(object, match, uids.get(match.uid)) ?? ''
    const { uid } = object.metadata
    return [
      {
        ref: refOf(object),
        endpoint: match.endpoint,
        reason,
        ...(uid === undefined ? {} : { uid }),
      },
    ]
  })
}

const CANDIDATES: KindRef[] = [
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' },
]

async function listCandidates({ cluster }: Scope, namespace: string): Promise<KubeObject[]> {
  const lists = await Promise.all(
    CANDIDATES.map(async kind => {
      if ((await cluster.kind(kind)) === undefined) return []
      return (await cluster.list({ ...kind, namespace })).items
    }),
  )
  return lists.flat()
}

function isOutside({ metadata }: KubeObject, setId: string): boolean {
  return (
    metadata.labels?.[APPLYSET.partOf] !== setId &&
    metadata.ownerReferences?.some(owner => owner.controller === true) !== true
  )
}

function reasonOf(
  object: KubeObject,
  { ref }: Action,
  going: KubeObject | undefined,
): string | undefined {
  if (object.metadata.namespace !== ref.namespace) return undefined
  const target = formatRef(ref)
  if (isWorkload(object.kind))
    return otherRuntime(object, ref) ? `has the name of ${target}` : undefined
  const spec = isMap(object['spec']) ? object['spec'] : {}
  switch (object.kind) {
    case 'HorizontalPodAutoscaler':
      return scales(spec, ref) ? `its scaleTargetRef points at ${target}` : undefined
    case 'Ingress':
      return routesTo(spec, ref) ? `a backend points at ${target}` : undefined
    case 'Service':
      return selectsPodsOf(spec, going) ? `its selector matches the pods of ${target}` : undefined
    default:
      return undefined
  }
}

function otherRuntime(object: KubeObject, ref: ObjectRef): boolean {
  return isWorkload(ref.kind) && object.kind !== ref.kind && object.metadata.name === ref.name
}

function scales(spec: Record<string, unknown>, ref: ObjectRef): boolean {
  const target = spec['scaleTargetRef']
  return isMap(target) && target['kind'] === ref.kind && target['name'] === ref.name
}

/** Any service name anywhere in the rules or the default backend. */
function routesTo(spec: Record<string, unknown>, ref: ObjectRef): boolean {
  return (
    ref.kind === 'Service' &&
    JSON.stringify(spec).includes(`"service":{"name":${JSON.stringify(ref.name)}`)
  )
}

function selectsPodsOf(spec: Record<string, unknown>, going: KubeObject | undefined): boolean {
  const selector = spec['selector']
  const labels = going === undefined ? undefined : templateLabels(going)
  if (!isMap(selector) || labels === undefined || Object.keys(selector).length === 0) return false
  return Object.entries(selector).every(([name, value]) => labels[name] === value)
}

function templateLabels({ spec }: KubeObject): Record<string, unknown> | undefined {
  const template = isMap(spec) && isMap(spec['template']) ? spec['template']['metadata'] : undefined
  return isMap(template) && isMap(template['labels']) ? template['labels'] : undefined
}

export function relatedRemovals(related: readonly RelatedObject[]): Action[] {
  return related.map(({ ref, endpoint, reason, uid }) => ({
    type: 'prune',
    ref,
    endpoint,
    wave: waveOf(ref.kind),
    changes: [],
    reason: `related: ${reason}`,
    restartsPods: isWorkload(ref.kind),
    ...(uid === undefined ? {} : { uid }),
  }))
}
