import type { KubeObject } from '../object/index.ts'
import { asKubeObject } from './kube-object.ts'

const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace']

/** The same object with its keys in one fixed order, so that equal objects print as equal bytes: what names a thing first, then by byte order. */
export function canonical(object: KubeObject): KubeObject {
  return asKubeObject(sorted(object))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const result: Record<string, unknown> = {}
  for (const key of orderedKeys(value)) put(result, key, sorted(Reflect.get(value, key)))
  return result
}

/** A patch may name a key __proto__: assigned, it would be no member. */
function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true })
}

function orderedKeys(value: object): string[] {
  const keys = Object.keys(value).toSorted()
  if (!FIRST.some(key => Object.hasOwn(value, key))) return keys
  const isFirst = (key: string) => FIRST.includes(key)
  return [...FIRST.filter(key => Object.hasOwn(value, key)), ...keys.filter(key => !isFirst(key))]
}
