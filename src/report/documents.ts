import type * as z from 'zod'
import type { DOCUMENTS } from './document-schema.ts'
import type { OutputKind } from './output-kinds.ts'

/** A document as its schema in document-schema.ts describes it. Type-only: no command that prints one loads zod for it. */
export type OutputDocument<Kind extends OutputKind = OutputKind> = {
  [Each in Kind]: Frozen<z.infer<(typeof DOCUMENTS)[Each]>>
}[Kind]

/** Reports are read, never written to. */
type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value

/** JSON Schema (draft 2020-12) of such a document. Within one version fields may be added. */
export async function documentSchema(kind: OutputKind): Promise<Record<string, unknown>> {
  const { schemaOf } = await import('./document-schema.ts')
  return schemaOf(kind)
}
