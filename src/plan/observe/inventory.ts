import type { Cluster, KindRef } from '../../cluster/index.ts'
import { RENDERED_TYPES, groupKind } from '../../kinds/index.ts'
import { APPLYSET, at, compareText, keyOf } from '../../object/index.ts'
import type { KubeObject, ObjectRef, SetParent } from '../../object/index.ts'
import type { Inventory } from '../plan.ts'
import { readUnmarked, UNMARKED_KEY } from './unmarked.ts'
import type { UnmarkedMember } from './unmarked.ts'

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
      ...unmarkedPart(readUnmarked(at(object, 'data', UNMARKED_KEY))),
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
  const members = [...(a.unmarked ?? []), ...(b?.unmarked ?? [])]
  return {
    ...unmarkedPart(members),
    groupKinds: sorted([...a.groupKinds, ...(b?.groupKinds ?? [])]),
    namespaces: sorted([...a.namespaces, ...(b?.namespaces ?? [])]),
  }
}

/** Each once, in one order, so that the same record is the same text. */
export function unmarkedPart(members: readonly UnmarkedMember[]): Pick<Inventory, 'unmarked'> {
  const named = new Map(members.map(member => [keyOf(member), member]))
  const unmarked = [...named.values()].toSorted((a, b) => compareText(keyOf(a), keyOf(b)))
  return unmarked.length === 0 ? {} : { unmarked }
}

/** The kind to LIST for a recorded group and kind, in a version that is served; undefined when there is none. */
export async function kindOfRecord(cluster: Cluster, record: string): Promise<KindRef | undefined> {
  const dot = record.indexOf('.')
  const kind = dot < 0 ? record : record.slice(0, dot)
  const group = dot < 0 ? '' : record.slice(dot + 1)
  const rendered = RENDERED_TYPES.find(each => groupKind(each) === record)
  if (rendered !== undefined && (await isServed(cluster, rendered))) return rendered
  const apiVersion = await cluster.preferredVersion(group)
  if (apiVersion === undefined) return undefined
  return (await isServed(cluster, { apiVersion, kind })) ? { apiVersion, kind } : undefined
}

export async function isServed(cluster: Cluster, kind: KindRef): Promise<boolean> {
  return (await cluster.kind(kind)) !== undefined
}

function split(annotation: string | undefined): string[] {
  return (annotation ?? '').split(',').filter(part => part !== '')
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted(compareText)
}
