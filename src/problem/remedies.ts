/** What a plan or a report says of objects is theirs: no remedy is in it. */
const OF_OBJECTS = new Set(['actions', 'objects', 'changes', 'unchanged'])

/** Plain data with its remedies, at any depth, said as `say` says them; the same value where none changes. */
export function withRemedies<Value>(value: Value, say: (remedy: string) => string): Value {
  return said(value, say) as Value
}

type Say = (remedy: string) => string

function said(value: unknown, say: Say): unknown {
  if (Array.isArray(value)) {
    const items = value.map(item => said(item, say))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (!isPlain(value)) return value
  const changed = Object.entries(value).flatMap(([key, part]) => {
    if (OF_OBJECTS.has(key)) return []
    const next = key === 'remedy' && typeof part === 'string' ? say(part) : said(part, say)
    return next === part ? [] : [[key, next] as const]
  })
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) }
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && value.constructor === Object
}
