import type { KubeObject } from '../object/index.ts'
import type { Claim } from './kind.ts'
import { isOf, kindOf } from './table.ts'

/** What it claims of the hosts and paths of a cluster; nothing where it is no route. */
export function claimsOf(object: KubeObject): Claim[] {
  return kindOf(object).route?.claims(object) ?? []
}

/** What it claims and will not any more. A class that is not said may be any. */
export function claimsLost(live: KubeObject, result: KubeObject): Claim[] {
  const kept = claimsOf(result)
  const isKept = (one: Claim, other: Claim) =>
    one.url === other.url &&
    (one.among === '' ||
      other.among === '' ||
      isSame(one.among, other.among) ||
      isSame(other.among, one.among))
  return claimsOf(live).filter(one => !kept.some(other => isKept(one, other)))
}

/**
 * The claim of an object that another has, too. Of two kinds, nobody knows which of them the host's name leads to; a gateway without a
 * listener is all of its listeners.
 */
export function contestedBy(object: KubeObject, other: KubeObject): Claim | undefined {
  const theirs = claimsOf(other)
  const areAlike = isOf(object, other)
  return claimsOf(object).find(one =>
    theirs.some(({ url, among }) => url === one.url && (!areAlike || isSame(one.among, among))),
  )
}

function isSame(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`)
}
