import type { KubeObject } from '../object/index.ts'
import { asKubeObject } from './kube-object.ts'
import { setMember } from './set-member.ts'

const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace']

/** The same object with its keys in one fixed order, so that equal objects print as equal bytes: what names a thing first, then by byte order. */
export function canonical(object: KubeObject): KubeObject {
  return asKubeObject(sorted(object))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const result: Record<string, unknown> = {}
  for (const key of orderedKeys(value)) setMember(result, key, sorted(Reflect.get(value, key)))
  return result
}

function orderedKeys(value: object): string[] {
  const keys = Object.keys(value).toSorted()
  if (!FIRST.some(key => Object.hasOwn(value, key))) return keys
  const isFirst = (key: string) => FIRST.includes(key)
  return [...FIRST.filter(key => Object.hasOwn(value, key)), ...keys.filter(key => !isFirst(key))]
}
