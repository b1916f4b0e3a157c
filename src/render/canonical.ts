import { compareText, type KubeObject } from '../object/index.ts'
import { asKubeObject } from './kube-object.ts'
import { setMember } from './set-member.ts'

const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace']
const PLACE_OF = new Map(FIRST.map((key, index) => [key, index]))

/** The same object with its keys in one fixed order, so that equal objects print as equal bytes: what names a thing first, then by byte order. */
export function canonical(object: KubeObject): KubeObject {
  return asKubeObject(sorted(object))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const from = value as Record<string, unknown>
  const result: Record<string, unknown> = {}
  for (const key of orderedKeys(from)) setMember(result, key, sorted(from[key]))
  return result
}

/** Most maps come in order: that is seen without a copy. */
function orderedKeys(value: object): string[] {
  const keys = Object.keys(value)
  const isOrdered = keys.every(
    (key, index) => index === 0 || inOrder(keys[index - 1] ?? '', key) < 0,
  )
  return isOrdered ? keys : keys.toSorted(inOrder)
}

function inOrder(a: string, b: string): number {
  const places = (PLACE_OF.get(a) ?? FIRST.length) - (PLACE_OF.get(b) ?? FIRST.length)
  return places === 0 ? compareText(a, b) : places
}
