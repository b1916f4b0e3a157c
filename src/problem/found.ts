/** What somebody looked for: nothing, one thing or several, in any grouping. */
export type Found<Thing> = Thing | undefined | readonly Found<Thing>[]

/** All that was found, in its order. */
export function allFound<Thing>(found: Found<Thing>): Thing[] {
  const all: Thing[] = []
  collect(found, all)
  return all
}

/** Most rules find nothing in most things: nothing is made for those. */
function collect<Thing>(found: Found<Thing>, all: Thing[]): void {
  if (found === undefined) return
  if (!isGroup(found)) all.push(found)
  else for (const each of found) collect(each, all)
}

function isGroup<Thing>(found: Thing | readonly Found<Thing>[]): found is readonly Found<Thing>[] {
  return Array.isArray(found)
}
