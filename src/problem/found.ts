/** What somebody looked for: nothing, one thing or several, in any grouping. */
export type Found<Thing> = Thing | undefined | readonly Found<Thing>[]

/** All that was found, in its order. */
export function allFound<Thing>(found: Found<Thing>): Thing[] {
  if (found === undefined) return []
  return isGroup(found) ? found.flatMap(each => allFound(each)) : [found]
}

function isGroup<Thing>(found: Thing | readonly Found<Thing>[]): found is readonly Found<Thing>[] {
  return Array.isArray(found)
}
