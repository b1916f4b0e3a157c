import { compareText } from '../object/index.ts'
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
  const entries = Object.entries(value).toSorted(
    ([a], [b]) => rank(a) - rank(b) || compareText(a, b),
  )
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]))
}

function rank(key: string): number {
  const index = FIRST.indexOf(key)
  return index < 0 ? FIRST.length : index
}
