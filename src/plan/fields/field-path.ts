import { equalValues, isMap } from '../../object/index.ts'

/**
 * The value at a path of structured-merge-diff, as conflicts name fields:
 * `.spec.template.spec.containers[name="server"].image`, `.metadata.labels.app.kubernetes.io/name`. Names are not quoted in it,
 * so the object tells where one ends. Undefined when there is none.
 */
export function valueAt(value: unknown, path: string): unknown {
  if (path === '') return value
  if (path.startsWith('[')) return valueInList(value, path)
  if (!path.startsWith('.') || !isMap(value)) return undefined
  const rest = path.slice(1)
  const names = Object.keys(value).filter(name => isPrefix(name, rest))
  const name = names.toSorted((a, b) => b.length - a.length)[0]
  return name === undefined ? undefined : valueAt(value[name], rest.slice(name.length))
}

function isPrefix(name: string, rest: string): boolean {
  return rest.startsWith(name) && ['.', '[', undefined].includes(rest[name.length])
}

/** `[name="a"]`, `[containerPort=80,protocol="TCP"]`, `[="a"]` for a value of a set, `[0]`. */
function valueInList(value: unknown, path: string): unknown {
  const [whole = '', inner = ''] = /^\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]/.exec(path) ?? []
  if (whole === '' || !Array.isArray(value)) return undefined
  const item = /^\d+$/.test(inner) ? value[Number(inner)] : found(value, inner)
  return valueAt(item, path.slice(whole.length))
}

function found(items: readonly unknown[], selector: string): unknown {
  const pairs = [...selector.matchAll(/(?:^|,)([^=,]*)=("(?:[^"\\]|\\.)*"|[^,]*)/g)]
  return items.find(item =>
    pairs.every(([, name = '', text = '']) => {
      const own = name === '' ? item : isMap(item) ? item[name] : undefined
      return equalValues(own, parsed(text)) || (own === undefined && name === 'protocol')
    }),
  )
}

/** What is not as structured-merge-diff writes it equals nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return UNREADABLE
  }
}

const UNREADABLE = Symbol('unreadable')
