import type { Cluster } from '../../cluster/index.ts'
import {
  APPLYSET,
  ENDPOINT_LABEL,
  FIELD_MANAGER,
  isMap,
  keyOf,
  refOf,
  type KubeObject,
  type ObjectRef,
} from '../../object/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import { findUnlabelled, ownerOf } from './existing.ts'

/** A member of the set that does not carry its label: an InferenceService whose pods would restart for it. The record alone knows it. */
export interface UnmarkedMember extends ObjectRef {
  endpoint: string
}

/** What is to be remembered of what is rendered. */
export function unmarkedOf(objects: readonly RenderedObject[]): UnmarkedMember[] {
  return objects
    .filter(isUnmarked)
    .map(({ object, endpoint }) => ({ ...refOf(object), endpoint: endpoint.name }))
}

/** Those that are there and still slipway's, as they are: one that was made anew by somebody else is no member. */
export async function findUnmarked(
  cluster: Cluster,
  { setId, members }: { setId: string; members: readonly UnmarkedMember[] },
): Promise<{ object: KubeObject; endpoint: string }[]> {
  const served = await Promise.all(members.map(member => cluster.kind(member)))
  const known = members.filter((_, index) => served[index] !== undefined)
  const found = await findUnlabelled(cluster, known)
  return known.flatMap(member => {
    const object = found.get(keyOf(member))
    return object !== undefined && isApplied(object) && ownerOf(object, setId) === undefined
      ? [{ object, endpoint: member.endpoint }]
      : []
  })
}

/** Some set has applied it. */
export function isApplied({ metadata: { managedFields = [] } }: KubeObject): boolean {
  return managedFields.some(({ manager }) => manager === FIELD_MANAGER)
}

/** Whether it is applied without the set's label. */
export function isUnmarked({ object }: RenderedObject): boolean {
  return object.metadata.labels?.[APPLYSET.partOf] === undefined
}

/** As it would be with its labels, for everything that finds members by them. */
export function asMarked(object: KubeObject, { setId, endpoint }: Mark): KubeObject {
  const labels = {
    ...object.metadata.labels,
    [APPLYSET.partOf]: setId,
    [ENDPOINT_LABEL]: endpoint,
  }
  return { ...object, metadata: { ...object.metadata, labels } }
}

interface Mark {
  setId: string
  endpoint: string
}

/** In the data of the set's parent. */
export const UNMARKED_KEY = 'unmarked.json'

export function unmarkedText(members: readonly UnmarkedMember[]): string {
  return JSON.stringify(members)
}

/** None where there is no list; undefined where it is damaged. */
export function readUnmarked(text: unknown): UnmarkedMember[] | undefined {
  if (text === undefined) return []
  if (typeof text !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(isMember) ? value : undefined
  } catch {
    return undefined
  }
}

function isMember(value: unknown): value is UnmarkedMember {
  const fields = ['apiVersion', 'kind', 'namespace', 'name', 'endpoint']
  return isMap(value) && fields.every(field => isName(value[field]))
}

/** They become paths of requests. */
const isName = (value: unknown) => typeof value === 'string' && NAME.test(value)
const NAME = /^[A-Za-z0-9][A-Za-z0-9./:-]{0,252}$/
