import { at, isMap, type JsonMap } from '../../object/index.ts'
import { nodeAt, type Path, type YamlNode } from '../yaml/node.ts'

/** A value made ready for its schema. */
export interface Prepared {
  value: unknown
  /** Where a layer said null: it takes back what weaker layers say. */
  removed: Path[]
}

/**
 * Of the layers at the given paths: nulls in maps are taken out (schemas need not know them; lists keep
 * theirs), and numbers and booleans of `env` become text as written (1.10 stays 1.10).
 */
export function prepareLayers(root: YamlNode, layers: readonly Path[]): Prepared {
  let value = root.value
  const removed: Path[] = []
  for (const path of layers) {
    const node = nodeAt(root, path)
    if (node === undefined || !isMap(node.value)) continue
    const prepared = envAsWritten(withoutNulls(node.value, path, removed), node)
    if (prepared !== node.value) value = replaceAt(value, path, prepared)
  }
  return { value, removed }
}

/** The same object when there is no null in it. */
function withoutNulls(fields: JsonMap, path: Path, removed: Path[]): JsonMap {
  let result = fields
  for (const [key, value] of Object.entries(fields)) {
    const kept = isMap(value) ? withoutNulls(value, [...path, key], removed) : value
    if (kept === value && value !== null) continue
    if (result === fields) result = { ...fields }
    if (value === null) {
      delete result[key]
      removed.push([...path, key])
    } else result[key] = kept
  }
  return result
}

function envAsWritten(layer: JsonMap, node: YamlNode): JsonMap {
  const { env, canary } = layer
  const trial = nodeAt(node, ['canary'])
  const known = trial !== undefined && isMap(canary) ? envAsWritten(canary, trial) : canary
  if (known !== canary) return envAsWritten({ ...layer, canary: known }, node)
  if (!isMap(env) || !Object.values(env).some(isNumberOrBoolean)) return layer
  const entries = Object.entries(env).map(([name, value]) => {
    const text = nodeAt(node, ['env', name])?.text
    return [name, isNumberOrBoolean(value) ? (text ?? value) : value] as const
  })
  return { ...layer, env: Object.fromEntries(entries) }
}

function isNumberOrBoolean(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}

function replaceAt(value: unknown, [step, ...rest]: Path, replacement: unknown): unknown {
  if (step === undefined) return replacement
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replaceAt(item, rest, replacement) : item))
  if (!isMap(value)) return value
  return { ...value, [step]: replaceAt(value[step], rest, replacement) }
}

/** Writes the nulls into a parsed value, where the merge looks for them. */
export function restoreNulls(parsed: unknown, removed: readonly Path[]): void {
  for (const path of removed) {
    const target = at(parsed, ...path.slice(0, -1))
    if (isMap(target)) target[String(path.at(-1))] = null
  }
}
