import { compareText, type KubeObject } from '../object/index.ts'
import { asKubeObject } from './kube-object.ts'
import { setMember } from './set-member.ts'

/** The same object with its keys in one fixed order, so that equal objects print as equal bytes: what names a thing first, then by byte order. */
export function canonical(object: KubeObject): KubeObject {
  return asKubeObject(sorted(object, true))
}

/** The same without members that are undefined or null, as cdk8s leaves them out. */
export function canonicalWithoutNulls(object: KubeObject): KubeObject {
  return asKubeObject(sorted(object, false))
}

function sorted(value: unknown, hasNulls: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => sorted(item, hasNulls))
  const from = value as Record<string, unknown>
  const result: Record<string, unknown> = {}
  for (const key of orderedKeys(from)) {
    const member = from[key]
    if (hasNulls || (member !== undefined && member !== null))
      setMember(result, key, sorted(member, hasNulls))
  }
  return result
}

/** Most maps come in order: that is seen without a copy. */
function orderedKeys(value: object): string[] {
  const keys = Object.keys(value)
  let before = ''
  for (const key of keys) {
    if (before !== '' && inOrder(before, key) > 0) return keys.toSorted(inOrder)
    before = key
  }
  return keys
}

function inOrder(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || compareText(a, b)
}

function rankOf(key: string): number {
  switch (key) {
    case 'apiVersion':
      return 0
    case 'kind':
      return 1
    case 'metadata':
      return 2
    case 'name':
      return 3
    case 'namespace':
      return 4
    default:
      return 5
  }
}
