import type { KubeObject } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import type { EndpointDocument } from '../spec/index.ts'

/** Fields of a spec that stand together at its end, under a comment. */
export interface Block {
  fields: readonly string[]
  comments: readonly string[]
}

export interface Draft extends Pick<EndpointDocument, 'metadata' | 'spec'> {
  /** Where slipway's defaults are switched off. */
  block?: Block
}

export interface Rendered {
  /** Of this endpoint; none where its spec is not valid. */
  objects: readonly KubeObject[]
  problems: readonly Problem[]
}

export interface Completed {
  document: Draft
  /** Of the document. */
  rendered: Rendered
}

/** Renders a document in its project, as if it were there. */
export type Render = (document: Draft) => Promise<Rendered>
