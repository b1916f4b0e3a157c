import type { KubeObject } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import type { EndpointDocument } from '../spec/index.ts'

export type Draft = Pick<EndpointDocument, 'metadata' | 'spec'>

export interface Rendered {
  /** Of this endpoint; none where its spec is not valid. */
  objects: readonly KubeObject[]
  problems: readonly Problem[]
}

/** Renders a document in its project, as if it were there. */
export type Render = (document: Draft) => Promise<Rendered>
