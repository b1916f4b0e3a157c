import type { JsonMap } from '../../object/index.ts'
import type { Path } from '../yaml/node.ts'
import type { LayerSource } from './layer.ts'

/** Which layer a value came from; `parts` where several took part. */
export interface Trace {
  source: LayerSource
  /** Where it stands in that layer, when not at its path in the merged spec. */
  at?: Path
  parts?: Record<string, Trace>
}

export interface Merged {
  value: unknown
  trace: Trace
}

/** A map. */
export interface MergedMap extends Merged {
  value: Readonly<JsonMap>
}

/** What one layer says about a field. */
export interface Statement {
  value: unknown
  source: LayerSource
}
