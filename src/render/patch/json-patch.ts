import { equalValues, PatchError } from '../../object/index.ts'
import type { Endpoint } from '../../spec/index.ts'
import { setMember } from '../set-member.ts'

type Patch = NonNullable<Endpoint['spec']['patches']>[number]
export type Operation = Extract<Patch, { json: unknown }>['json'][number]
type Container = Record<string, unknown> | unknown[]
interface Slot {
  parent: Container
  key: string
  pointer: string
}

/** A JSON Patch (RFC 6902) on a copy. Throws PatchError, with the operation, when a path does not exist or a test fails. */
export function applyJsonPatch(document: unknown, operations: readonly Operation[]): unknown {
  const copy = structuredClone(document)
  for (const [index, operation] of operations.entries()) {
    try {
      run(copy, operation)
    } catch (error) {
      throw error instanceof PatchError ? new PatchError(error.message, index) : error
    }
  }
  return copy
}

function run(document: unknown, operation: Operation): void {
  switch (operation.op) {
    case 'add':
      return add(slot(document, operation.path), structuredClone(operation.value))
    case 'replace':
      return replace(slot(document, operation.path), structuredClone(operation.value))
    case 'remove':
      return remove(slot(document, operation.path))
    case 'test':
      return test(slot(document, operation.path), operation.value)
    case 'copy':
      return add(
        slot(document, operation.path),
        structuredClone(get(slot(document, operation.from))),
      )
    case 'move': {
      const from = slot(document, operation.from)
      const value = get(from)
      remove(from)
      return add(slot(document, operation.path), value)
    }
  }
}

/** The place that a JSON pointer names: its parent exists, itself need not. */
function slot(document: unknown, pointer: string): Slot {
  const segments = pointer.split('/').map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const [root, ...path] = segments
  const key = path.pop()
  if (root !== '' || key === undefined)
    throw new PatchError(`"${pointer}" is not a path into the object, such as /spec/replicas.`)
  let parent = document
  for (const [depth, segment] of path.entries()) {
    const walked = `/${path.slice(0, depth).join('/')}`
    parent = get({ parent: asContainer(parent, walked), key: segment, pointer })
  }
  return { parent: asContainer(parent, `/${path.join('/')}`), key, pointer }
}

function asContainer(value: unknown, pointer: string): Container {
  if (isContainer(value)) return value
  throw new PatchError(`${pointer} has no members.`)
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

function get({ parent, key, pointer }: Slot): unknown {
  if (!has(parent, key)) throw new PatchError(`${pointer} does not exist: ${absence(parent, key)}`)
  return Reflect.get(parent, key)
}

function has(parent: Container, key: string): boolean {
  if (!Array.isArray(parent)) return Object.hasOwn(parent, key)
  return /^(0|[1-9]\d*)$/.test(key) && Number(key) < parent.length
}

function absence(parent: Container, key: string): string {
  if (Array.isArray(parent)) return `the list has ${parent.length} entries, "${key}" is none.`
  return `there is no "${key}" beside ${Object.keys(parent).join(', ') || 'nothing'}.`
}

function add({ parent, key, pointer }: Slot, value: unknown): void {
  if (!Array.isArray(parent)) return setMember(parent, key, value)
  const index = key === '-' ? parent.length : Number(key)
  if (!/^(-|0|[1-9]\d*)$/.test(key) || index > parent.length)
    throw new PatchError(`${pointer} does not exist: ${absence(parent, key)}`)
  parent.splice(index, 0, value)
}

function replace(target: Slot, value: unknown): void {
  get(target)
  setMember(target.parent, target.key, value)
}

function remove(target: Slot): void {
  get(target)
  if (Array.isArray(target.parent)) target.parent.splice(Number(target.key), 1)
  else Reflect.deleteProperty(target.parent, target.key)
}

function test(target: Slot, expected: unknown): void {
  const actual = get(target)
  if (equalValues(actual, expected)) return
  const is = `${target.pointer} is ${JSON.stringify(actual)}`
  throw new PatchError(`The test fails: ${is}, not ${JSON.stringify(expected)}.`)
}
