import { groupOf, isMap, type JsonMap, type KubeObject } from '../../object/index.ts'
import type { ListQuery, ServedKind } from '../cluster.ts'
import { checkMetadata, objectOf, versioned } from './object.ts'
import { fieldsOf, kindSaid, Unexpected, type Reader } from './reader.ts'
import { placeReader, selects } from './selector.ts'

/** One page of a list. */
export interface Page {
  items: KubeObject[]
  resourceVersion: string
  /** Of the next page; absent at the end. */
  continue?: string
}

/** A list of that kind, and in it nothing of another kind, namespace or label. */
export function pageReader(kind: ServedKind, query: ListQuery): Reader<Page> {
  const readItem = itemReader(kind, query)
  return answer => {
    const list = fieldsOf(answer)
    const { metadata, items } = list
    const doSayTheirKind = listKind(list, kind) === 'own'
    if (!isMap(metadata) || typeof metadata['resourceVersion'] !== 'string')
      throw new Unexpected(`a list of ${kind.kind} without metadata`)
    // Go writes a list without a member as null.
    if (items !== null && !Array.isArray(items))
      throw new Unexpected(`a list of ${kind.kind} without items`)
    const { resourceVersion, continue: token } = metadata
    // The API server counts what is left only where it also says how to go on.
    if (Number(metadata['remainingItemCount'] ?? 0) > 0 && (token ?? '') === '')
      throw new Unexpected(`a list of ${kind.kind} that breaks off`)
    if (token !== undefined && typeof token !== 'string')
      throw new Unexpected(`a list of ${kind.kind} with metadata that are none`)
    return {
      items: (items ?? []).map(item => readItem(item, doSayTheirKind)),
      resourceVersion,
      ...(token !== undefined && token !== '' && { continue: token }),
    }
  }
}

/**
 * Items of the API server's own lists do not say what they are: there, the list must. A definition may call its list
 * anything, but its items say it.
 */
function listKind(list: JsonMap, { apiVersion, kind }: ServedKind): 'usual' | 'own' {
  if (list['apiVersion'] !== apiVersion) throw new Unexpected(kindSaid(list))
  if (list['kind'] === `${kind}List`) return 'usual'
  const group = groupOf(apiVersion)
  const isDefined = group.includes('.') && !group.endsWith('.k8s.io')
  if (isDefined && String(list['kind']).endsWith('List')) return 'own'
  throw new Unexpected(kindSaid(list))
}

function itemReader(kind: ServedKind, query: ListQuery) {
  const isSelected = selects(query.labelSelector)
  const checkPlace = placeReader(kind, query)
  return (item: unknown, doesSayItsKind: boolean): KubeObject => {
    const object = versioned(itemOf(item, kind, doesSayItsKind))
    checkPlace(object.metadata)
    if (!isSelected(object.metadata.labels ?? {}))
      throw new Unexpected(`a ${kind.kind} whose labels were not asked for`)
    return object
  }
}

function itemOf(item: unknown, kind: ServedKind, doesSayItsKind: boolean): KubeObject {
  const fields = fieldsOf(item, `a list of ${kind.kind} with an item`)
  const isSilent = fields['apiVersion'] === undefined && fields['kind'] === undefined
  if (!isSilent || doesSayItsKind) return objectOf(fields, kind)
  checkMetadata(fields['metadata'], kind.kind)
  return { ...fields, apiVersion: kind.apiVersion, kind: kind.kind } as KubeObject
}
