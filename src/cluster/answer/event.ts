import { isMap, type JsonMap, type KubeObject } from '../../object/index.ts'
import type { ListQuery, ServedKind } from '../cluster.ts'
import { objectOf, versioned } from './object.ts'
import { fieldsOf, kindSaid, Unexpected, type Reader } from './reader.ts'
import { placeReader, selects } from './selector.ts'

/** What one line of a watch says. */
export type RawEvent =
  | { type: 'added' | 'modified' | 'deleted'; object: KubeObject }
  /** How far the watch has come. */
  | { type: 'bookmark'; resourceVersion: string }
  /** A Status: 410 when the resourceVersion is too old. */
  | { type: 'error'; status: JsonMap }

const CHANGES = new Map<unknown, 'added' | 'modified' | 'deleted'>([
  ['ADDED', 'added'],
  ['MODIFIED', 'modified'],
  ['DELETED', 'deleted'],
])

/** Events about that kind, of the place that was asked for. */
export function eventReader(kind: ServedKind, query: ListQuery): Reader<RawEvent> {
  const checkPlace = placeReader(kind, query)
  const isSelected = selects(query.labelSelector)
  return line => {
    const { type, object } = fieldsOf(line)
    if (type === 'ERROR' && isMap(object)) return { type: 'error', status: object }
    if (type === 'BOOKMARK') return { type: 'bookmark', resourceVersion: positionOf(object, kind) }
    const change = CHANGES.get(type)
    if (change === undefined) throw new Unexpected('something that is no event')
    const read = objectOf(object, kind)
    checkPlace(read.metadata)
    // One that has left the selection comes as deleted, with whatever labels.
    if (change !== 'deleted' && !isSelected(read.metadata.labels ?? {}))
      throw new Unexpected(`a ${kind.kind} whose labels were not asked for`)
    return { type: change, object: versioned(read) }
  }
}

/** A bookmark has nothing else. */
function positionOf(object: unknown, { apiVersion, kind }: ServedKind): string {
  const bookmark = fieldsOf(object)
  const { metadata } = bookmark
  const position = isMap(metadata) ? metadata['resourceVersion'] : undefined
  if (bookmark['kind'] !== kind || bookmark['apiVersion'] !== apiVersion)
    throw new Unexpected(kindSaid(bookmark))
  if (typeof position !== 'string') throw new Unexpected('a bookmark without a resourceVersion')
  return position
}
