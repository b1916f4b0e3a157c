import { isMap, type JsonMap } from '../../object/index.ts'

/** What an environment is to say for one endpoint. */
export interface OverlayChange {
  environment: string
  endpoint: string
  fields: readonly OverlayField[]
}

/** A field of the spec as it is written; null takes back what weaker layers say. */
export interface OverlayField {
  path: readonly string[]
  value: unknown
}

/** The index of the entry that is for the endpoint alone; undefined where there is none, or where an entry after it is stronger. */
export function chooseEntry(
  entries: readonly unknown[],
  { endpoint, fields }: OverlayChange,
): number | undefined {
  const index = entries.findLastIndex(entry => isFor(entry, endpoint))
  if (index === -1) return undefined
  const after = entries.slice(index + 1)
  const isStronger = after.some(entry => mayMatch(entry, endpoint) && says(entry, fields))
  return isStronger ? undefined : index
}

function matchOf(entry: unknown): unknown {
  return isMap(entry) ? entry['match'] : undefined
}

function isFor(entry: unknown, endpoint: string): boolean {
  const match = matchOf(entry)
  if (!isMap(match) || Object.keys(match).length !== 1) return false
  const { name } = match
  return name === endpoint || (Array.isArray(name) && name.length === 1 && name[0] === endpoint)
}

/** What a serving target or labels say is not looked at: an entry too many does no harm. */
function mayMatch(entry: unknown, endpoint: string): boolean {
  const match = matchOf(entry)
  const name = isMap(match) ? match['name'] : undefined
  return name === undefined || [name].flat().includes(endpoint)
}

function says(entry: unknown, fields: readonly OverlayField[]): boolean {
  return isMap(entry) && fields.some(({ path: [first = ''] }) => entry[first] !== undefined)
}

export function entryFor({ endpoint, fields }: OverlayChange): JsonMap {
  return fields.reduce<JsonMap>((entry, { path, value }) => withValue(entry, path, value), {
    match: { name: endpoint },
  })
}

/** The entries as they are to be. */
export function expectedOverlay(entries: readonly unknown[], change: OverlayChange): unknown[] {
  const index = chooseEntry(entries, change)
  if (index === undefined) return [...entries, entryFor(change)]
  return entries.map((entry, at) =>
    at === index && isMap(entry)
      ? change.fields.reduce((now, { path, value }) => withValue(now, path, value), entry)
      : entry,
  )
}

function withValue(map: JsonMap, path: readonly string[], value: unknown): JsonMap {
  const [key = '', ...rest] = path
  if (rest.length === 0) return { ...map, [key]: value }
  const inner = map[key]
  return { ...map, [key]: withValue(isMap(inner) ? inner : {}, rest, value) }
}
