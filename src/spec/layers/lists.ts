import { at } from '../../object/index.ts'
import type { Path } from '../yaml/node.ts'
import type { LayerSource } from './layer.ts'
import type { Merged, Statement, Trace } from './merged.ts'

/** Lists that all layers add to, with what makes two entries the same one; undefined: never. As in Kubernetes' strategic merge. */
export const KEYED_LISTS: Readonly<Record<string, (item: unknown) => string | undefined>> = {
  adapters: item => String(at(item, 'name')),
  volumes: item => String(at(item, 'name')),
  initContainers: item => String(at(item, 'name')),
  sidecars: item => String(at(item, 'name')),
  imagePullSecrets: String,
  patches: () => undefined,
}

interface Item {
  value: unknown
  trace: Trace
}

/** Weaker layers' entries first; a stronger layer's entry takes the place of the same one. */
export function mergeList(
  statements: readonly Statement[],
  name: string,
  strongest: LayerSource,
): Merged {
  const keyOf = KEYED_LISTS[name]
  const items: Item[] = []
  const positions = new Map<string, number>()
  for (const { value, source } of statements.toReversed()) {
    for (const [index, entry] of (Array.isArray(value) ? value : []).entries()) {
      const path: Path = [name, index]
      const key = keyOf?.(entry)
      const position = (key === undefined ? undefined : positions.get(key)) ?? items.length
      items[position] = { value: entry, trace: { source, at: path } }
      if (key !== undefined) positions.set(key, position)
    }
  }
  return listOf(items, strongest)
}

export function listOf(items: readonly Item[], source: Trace['source']): Merged {
  const parts = Object.fromEntries(items.map(({ trace }, index) => [String(index), trace]))
  return { value: items.map(({ value }) => value), trace: { source, parts } }
}
