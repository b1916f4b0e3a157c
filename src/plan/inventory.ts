import { APPLYSET, compareText, groupOf } from '../object/index.ts'
import type { KubeObject, ObjectRef, SetParent } from '../object/index.ts'
import type { Cluster, KindRef } from '../cluster/index.ts'
import type { Inventory } from './plan.ts'

/** The set's parent as found in the cluster, with what it records. */
export interface ParentState {
  object?: KubeObject
  inventory?: Inventory
}

export async function readParent(cluster: Cluster, parent: SetParent): Promise<ParentState> {
  const object = await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', ...parent })
  if (object === undefined) return {}
  const annotations = object.metadata.annotations ?? {}
  return {
    object,
    inventory: {
      groupKinds: split(annotations[APPLYSET.groupKinds]),
      namespaces: [parent.namespace, ...split(annotations[APPLYSET.additionalNamespaces])],
    },
  }
}

/** What the given objects need the parent to say; the parent's own namespace is always in it. */
export function inventoryOf(refs: readonly ObjectRef[], parent: SetParent): Inventory {
  return {
    groupKinds: sorted(refs.map(groupKind)),
    namespaces: sorted([parent.namespace, ...refs.flatMap(ref => ref.namespace ?? [])]),
  }
}

export function union(a: Inventory, b: Inventory | undefined): Inventory {
  return {
    groupKinds: sorted([...a.groupKinds, ...(b?.groupKinds ?? [])]),
    namespaces: sorted([...a.namespaces, ...(b?.namespaces ?? [])]),
  }
}

/** `Deployment.apps`, `Service` (KEP-3659). */
export function groupKind(type: KindRef): string {
  const group = groupOf(type.apiVersion)
  return group === '' ? type.kind : `${type.kind}.${group}`
}

/** The versions that slipway renders; the parent records group and kind only. */
const VERSIONS: Record<string, string> = {
  '': 'v1',
  apps: 'apps/v1',
  autoscaling: 'autoscaling/v2',
  'networking.k8s.io': 'networking.k8s.io/v1',
  policy: 'policy/v1',
  'rbac.authorization.k8s.io': 'rbac.authorization.k8s.io/v1',
  'serving.kserve.io': 'serving.kserve.io/v1beta1',
}

/** The kind to LIST for a recorded group and kind; undefined when nobody knows its version. */
export async function kindOfRecord(cluster: Cluster, record: string): Promise<KindRef | undefined> {
  const dot = record.indexOf('.')
  const kind = dot < 0 ? record : record.slice(0, dot)
  const group = dot < 0 ? '' : record.slice(dot + 1)
  const known = Object.hasOwn(VERSIONS, group) ? VERSIONS[group] : undefined
  const apiVersion = known ?? (await cluster.preferredVersion(group))
  return apiVersion === undefined ? undefined : { apiVersion, kind }
}

function split(annotation: string | undefined): string[] {
  return (annotation ?? '').split(',').filter(part => part !== '')
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted(compareText)
}
