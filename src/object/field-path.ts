import { equalValues, isMap } from './json.ts'

/** A name, or a piece of one that has dots: the value tells where it ends. Or which entry of a list: its number, or what it has. */
export type Step = string | { entry: string }

const STEP =
  /\["((?:[^"\\]|\\.)*)"\]|\[((?:"(?:[^"\\]|\\.)*"|[^\]["])*)\]|\.?([^.[]+)|(\.)(?=\.|$)/g

/**
 * The steps of a path to a field, in each of the ways in which one is written: `spec.containers[name=server].image` in plans, where a name
 * that has dots is quoted (`labels["a.b/c"]`); `.spec.containers[name="server"].image` in conflicts, as structured-merge-diff writes it and
 * quotes no names; `volumes[0].name` and `volumes.0.name` in specs.
 */
export function fieldSteps(path: string): Step[] {
  return [...path.matchAll(STEP)].map(([, quoted, entry, name = '']) =>
    entry === undefined ? (quoted ?? name) : { entry },
  )
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return valueAtSteps(value, fieldSteps(path))
}

export function valueAtSteps(value: unknown, steps: readonly Step[]): unknown {
  if (steps.length === 0) return value
  const next = nextKey(value, steps)
  return next && valueAtSteps((value as Record<string, unknown>)[next.key], next.rest)
}

/** The name, or the index, that the first steps lead to in a value; the longest name that is there. Undefined where they lead nowhere. */
export function nextKey<Some extends Step>(
  value: unknown,
  steps: readonly Some[],
): { key: string; rest: readonly Some[] } | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const [first] = steps
  if (typeof first === 'object') {
    const key = Array.isArray(value) ? String(indexOf(value, first.entry)) : first.entry
    return Object.hasOwn(value, key) ? { key, rest: steps.slice(1) } : undefined
  }
  const names = leadingNames(steps)
  for (let length = names.length; length > 0; length--) {
    const key = names.slice(0, length).join('.')
    if (Object.hasOwn(value, key)) return { key, rest: steps.slice(length) }
  }
  return undefined
}

function leadingNames(steps: readonly Step[]): string[] {
  const end = steps.findIndex(step => typeof step === 'object')
  return steps.slice(0, end === -1 ? steps.length : end).filter(step => typeof step === 'string')
}

/** `[0]`, `[name=a]`, `[name="a"]`, `[containerPort=80,protocol="TCP"]`, `[="a"]` for a value of a set. */
function indexOf(items: readonly unknown[], entry: string): number {
  if (/^\d+$/.test(entry)) return Number(entry)
  const pairs = [...entry.matchAll(/(?:^|,)([^=,]*)=("(?:[^"\\]|\\.)*"|[^,]*)/g)]
  if (pairs.length === 0) return -1
  return items.findIndex(item =>
    pairs.every(([, name = '', text = '']) => {
      const own = name === '' ? item : isMap(item) ? item[name] : undefined
      return own === undefined ? name === 'protocol' : isWritten(own, text)
    }),
  )
}

/** As JSON, or as it is. */
function isWritten(value: unknown, text: string): boolean {
  if (String(value) === text) return true
  try {
    return equalValues(value, JSON.parse(text))
  } catch {
    return false
  }
}
