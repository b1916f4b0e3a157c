import { at, entries, members, type KubeObject } from '../object/index.ts'
import type { Path } from './kind.ts'

/** The items of a list by the field that tells them apart: `port 8080`. */
export function partsIn(
  what: string,
  path: Path,
  field = 'name',
): (object: KubeObject) => string[] {
  return object => entries(at(object, ...path)).map(item => `${what} ${String(item[field])}`)
}

/** The keys of a ConfigMap or Secret, which pods mount or take variables from. */
export function keysOf({ data, binaryData }: KubeObject): string[] {
  return [data, binaryData].flatMap(each => Object.keys(members(each))).map(key => `key ${key}`)
}
