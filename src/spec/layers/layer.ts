import type { JsonMap } from '../../object/index.ts'
import type { Place } from '../../problem/index.ts'
import type { Layer } from '../set.ts'
import type { Path } from '../yaml/node.ts'

/** One layer of settings, parsed: fields of a spec; null takes back what weaker layers say. */
export interface LayerSource {
  layer: Layer
  fields: Readonly<JsonMap>
  /** Of a field of it, or of its nearest ancestor there; undefined for built-in values. */
  placeOf: (path: Path) => Place | undefined
  /** Slipway's own values stay when a stronger layer says null. */
  isBuiltIn: boolean
  /** Without, parts that no other layer adds to are taken over whole. */
  hasNulls: boolean
}

export function builtInLayer(layer: Layer, fields: Readonly<JsonMap>): LayerSource {
  return { layer, fields, placeOf: () => undefined, isBuiltIn: true, hasNulls: false }
}
