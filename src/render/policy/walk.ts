import { members, type JsonMap } from '../../object/index.ts'

/** A member anywhere in an object. */
export interface Found {
  key: string
  value: unknown
  parent: JsonMap
}

/** Every member below a value, however deep: a patch may put a pod anywhere that a custom resource has one. */
export function membersBelow(root: unknown): Found[] {
  const found: Found[] = []
  const rest: unknown[] = [root]
  while (rest.length > 0) {
    const value = rest.pop()
    if (Array.isArray(value)) rest.push(...value)
    else {
      const parent = members(value)
      for (const [key, member] of Object.entries(parent)) {
        found.push({ key, value: member, parent })
        rest.push(member)
      }
    }
  }
  return found
}
