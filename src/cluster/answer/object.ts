import { isMap, type JsonMap, type KubeObject, type ObjectRef } from '../../object/index.ts'
import type { KindRef, ServedKind } from '../cluster.ts'
import { fieldsOf, kindSaid, Unexpected, type Reader } from './reader.ts'

/** That very object: kind, name and namespace are those asked for. */
export function objectReader(kind: ServedKind, ref: ObjectRef): Reader<KubeObject> {
  const namespace = kind.namespaced ? ref.namespace : undefined
  return answer => {
    const object = objectOf(answer, kind)
    const { metadata } = object
    if (metadata.name !== ref.name || metadata.namespace !== namespace)
      throw new Unexpected('an object of another name')
    return object
  }
}

/** The same as it is stored: with the version that guards the next write. */
export function storedReader(kind: ServedKind, ref: ObjectRef): Reader<KubeObject> {
  const read = objectReader(kind, ref)
  return answer => versioned(read(answer))
}

/** Of what is only tried there may be no version. */
export function versioned(object: KubeObject): KubeObject {
  if ((object.metadata.resourceVersion ?? '') !== '') return object
  throw new Unexpected(`a ${object.kind} without a resourceVersion`)
}

/** Any stored object of that kind, which it says itself. */
export function objectOf(answer: unknown, { apiVersion, kind }: KindRef): KubeObject {
  const fields = fieldsOf(answer)
  if (fields['kind'] !== kind) throw new Unexpected(kindSaid(fields))
  if (fields['apiVersion'] !== apiVersion) throw new Unexpected(`a ${kind} of another version`)
  checkMetadata(fields['metadata'], kind)
  return fields as KubeObject
}

/** What the API server writes into every stored object; nothing is looked for that grows with the object. */
export function checkMetadata(metadata: unknown, kind: string): void {
  if (!isMap(metadata)) throw new Unexpected(`a ${kind} without metadata`)
  const { name, uid, resourceVersion, namespace } = metadata
  if (!isText(name)) throw new Unexpected(`a ${kind} without a name`)
  if (!isText(uid)) throw new Unexpected(`a ${kind} without a UID`)
  const isWell =
    (resourceVersion === undefined || typeof resourceVersion === 'string') &&
    (namespace === undefined || isText(namespace)) &&
    TEXTS.every(field => isTexts(metadata[field])) &&
    LISTS.every(field => isListOfFields(metadata[field])) &&
    isListOfTexts(metadata['finalizers'])
  if (!isWell) throw new Unexpected(`a ${kind} with metadata that are none`)
}

const TEXTS = ['labels', 'annotations'] as const
const LISTS = ['managedFields', 'ownerReferences'] as const

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

function isTexts(value: unknown): boolean {
  if (value === undefined) return true
  if (!isMap(value)) return false
  for (const name in value) if (typeof value[name] !== 'string') return false
  return true
}

function isListOfFields(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every(isMap))
}

function isListOfTexts(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every(isText))
}

/** What a deletion is answered with: the object that is ending, or a Status that names it. */
export function deletionReader(kind: ServedKind, ref: ObjectRef, uid?: string): Reader<void> {
  const read = objectReader(kind, ref)
  return answer => {
    const fields = fieldsOf(answer)
    const about = fields['kind'] === 'Status' ? detailsOf(fields, ref) : read(fields).metadata
    if (uid !== undefined && about.uid !== undefined && about.uid !== uid)
      throw new Unexpected('word of another object')
  }
}

function detailsOf({ status, details }: JsonMap, ref: ObjectRef): { uid?: string } {
  if (status !== 'Success' || !isMap(details) || details['name'] !== ref.name)
    throw new Unexpected('a Status that does not name the object')
  const { uid } = details
  return typeof uid === 'string' ? { uid } : {}
}
