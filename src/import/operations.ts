import { isMap, type JsonMap } from '../object/index.ts'
import { isSame, nameOf } from './differences.ts'
import { withoutDefaults } from './pod-parts/without-defaults.ts'

/** One step of a JSON patch (RFC 6902). */
export type Operation =
  | { op: 'add' | 'replace' | 'test'; path: string; value: unknown }
  | { op: 'remove'; path: string }
  | { op: 'move'; from: string; path: string }

/** The JSON patch that leads from `before` to `wanted`; entries that have names are moved, not written anew. */
export function operationsFor(before: unknown, wanted: unknown, pointer = ''): Operation[] {
  if (isSame(before, wanted, memberName(pointer))) return []
  if (isMap(before) && isMap(wanted)) return memberOperations(before, wanted, pointer)
  const isNamed = isNamedList(before) && isNamedList(wanted)
  if (isNamed) return listOperations(before, wanted, pointer)
  return [
    ...guard(before, pointer),
    { op: 'replace', path: pointer, value: withoutDefaults(wanted) },
  ]
}

/** A list that is replaced whole must be the one that was seen: what the spec says of it later is not lost in silence. */
function guard(before: unknown, path: string): Operation[] {
  return Array.isArray(before) ? [{ op: 'test', path, value: before }] : []
}

function memberOperations(before: JsonMap, wanted: JsonMap, pointer: string): Operation[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(wanted)])]
  return names.flatMap(name => {
    const path = `${pointer}/${escaped(name)}`
    const [old, next] = [before[name], wanted[name]]
    if (isSame(old, next, name)) return []
    if (next === undefined || next === null)
      return [...guard(old, path), { op: 'remove' as const, path }]
    if (old === undefined) return [{ op: 'add' as const, path, value: withoutDefaults(next) }]
    return operationsFor(old, next, path)
  })
}

function listOperations(
  before: readonly JsonMap[],
  wanted: readonly JsonMap[],
  pointer: string,
): Operation[] {
  const names = wanted.map(nameOf)
  const gone = before.flatMap((entry, index) => (names.includes(nameOf(entry)) ? [] : [index]))
  const removals = gone
    .toReversed()
    .map((index): Operation => ({ op: 'remove', path: `${pointer}/${index}` }))
  const list = before.filter((_entry, index) => !gone.includes(index))
  const places = wanted.flatMap((entry, index) => place({ list, entry, index, pointer }))
  const changes = wanted.flatMap((entry, index) =>
    operationsFor(list[index], entry, `${pointer}/${index}`),
  )
  return [...removals, ...places, ...changes]
}

interface Place {
  /** As it is by now. */
  list: JsonMap[]
  entry: JsonMap
  index: number
  pointer: string
}

function place({ list, entry, index, pointer }: Place): Operation[] {
  const at = list.findIndex(other => nameOf(other) === nameOf(entry))
  const path = `${pointer}/${index}`
  if (at === index) return []
  const [moved = entry] = at < 0 ? [] : list.splice(at, 1)
  list.splice(index, 0, moved)
  if (at < 0) return [{ op: 'add', path, value: withoutDefaults(entry) }]
  return [{ op: 'move', from: `${pointer}/${at}`, path }]
}

function isNamedList(value: unknown): value is JsonMap[] {
  if (!Array.isArray(value)) return false
  const names = value.map(nameOf)
  return names.every(name => name !== undefined) && new Set(names).size === names.length
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function memberName(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1)
}
