import type { KubeObject } from '../object/index.ts'
import type { Endpoint } from '../spec/index.ts'

/** An object with the endpoint it was rendered for. */
export interface RenderedObject {
  object: KubeObject
  endpoint: Endpoint
  /** Where patches changed it. */
  patched?: Patched
}

export interface Patched {
  /** The object as it was before any patch. */
  before: KubeObject
  /** Index in `spec.patches` of the last that changed it. */
  last: number
}

/** With what `check` needs to say whether the spec or a patch is to blame. */
export interface Rendering extends RenderedObject {
  /** The object as it was before any patch. */
  unpatched: KubeObject
  /** Indices in `spec.patches` of what changed it. */
  patches: readonly number[]
}
