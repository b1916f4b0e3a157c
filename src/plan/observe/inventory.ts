import type { Cluster, KindRef } from '../../cluster/index.ts'
import { RENDERED_TYPES, groupKind } from '../../kinds/index.ts'
import {
  APPLYSET,
  at,
  compareText,
  keyOf,
  type KubeObject,
  type ObjectRef,
  type SetParent,
} from '../../object/index.ts'
import type { Inventory } from '../plan.ts'
import { readUnmarked, UNMARKED_KEY, type UnmarkedMember } from './unmarked.ts'
import { damagedRecord } from '../damaged-record.ts'

/** The set's parent as found in the cluster, with what it records. */
export interface ParentState {
  object?: KubeObject
  inventory?: Inventory
}

export async function readParent(cluster: Cluster, parent: SetParent): Promise<ParentState> {
  const object = await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', ...parent })
  if (object === undefined) return {}
  return { object, inventory: inventoryIn(object, parent.namespace) }
}

/** What a set's parent records, in the given namespace. Throws SlipwayError (code `record`) where it is damaged. */
export function inventoryIn(parent: KubeObject, namespace: string): Inventory {
  return {
    groupKinds: namesIn(parent, {
      key: APPLYSET.groupKinds,
      form: GROUP_KIND,
      loss: 'after which every kind that slipway renders is looked for',
    }),
    namespaces: [
      namespace,
      ...namesIn(parent, {
        key: APPLYSET.additionalNamespaces,
        form: NAMESPACE,
        loss: 'after which only namespaces that git has are looked into',
      }),
    ],
    ...unmarkedPart(unmarkedIn(parent)),
  }
}

const GROUP_KIND = /^[A-Za-z][A-Za-z0-9]{0,62}(\.[a-z0-9.-]{1,253})?$/
const NAMESPACE = /^[a-z0-9-]{1,63}$/

interface Named {
  /** An annotation: names with commas between them. */
  key: string
  form: RegExp
  loss: string
}

/** They become paths of requests: what is no name is nothing that slipway wrote. */
function namesIn(parent: KubeObject, { key, form, loss }: Named): string[] {
  const names = split(parent.metadata.annotations?.[key])
  const wrong = names.find(name => !form.test(name))
  if (wrong === undefined) return names
  const cause = `${JSON.stringify(wrong.slice(0, 80))} is no such name`
  throw damagedRecord(parent, { key, field: 'annotations', cause, loss })
}

/** What is forgotten of them is an orphan for ever: a damaged list is no empty one. */
function unmarkedIn(parent: KubeObject): UnmarkedMember[] {
  const members = readUnmarked(at(parent, 'data', UNMARKED_KEY))
  if (members !== undefined) return members
  throw damagedRecord(parent, {
    key: UNMARKED_KEY,
    cause: 'it is not a list of the members that carry no label',
    loss: 'after which those of them that git no longer has stay for ever',
  })
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
export async function kindOfRecord(
  cluster: Pick<Cluster, 'kind' | 'versions'>,
  record: string,
): Promise<KindRef | undefined> {
  const dot = record.indexOf('.')
  const kind = dot < 0 ? record : record.slice(0, dot)
  const group = dot < 0 ? '' : record.slice(dot + 1)
  const rendered = RENDERED_TYPES.find(each => groupKind(each) === record)
  if (rendered !== undefined && (await isServed(cluster, rendered))) return rendered
  // A kind need not be in the version that its group prefers: a TrainedModel is in v1alpha1, an InferenceService in v1beta1.
  for (const apiVersion of await cluster.versions(group)) {
    // oxlint-disable-next-line no-await-in-loop
    if (await isServed(cluster, { apiVersion, kind })) return { apiVersion, kind }
  }
  return undefined
}

export async function isServed(cluster: Pick<Cluster, 'kind'>, kind: KindRef): Promise<boolean> {
  return (await cluster.kind(kind)) !== undefined
}

function split(annotation: string | undefined): string[] {
  const parts = (annotation ?? '').split(',').map(part => part.trim())
  return parts.filter(part => part !== '')
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted(compareText)
}
