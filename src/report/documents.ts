import type { OutputKind } from './output-kinds.ts'

/** JSON Schema (draft 2020-12) of such a document. Within one version fields may be added. */
export async function documentSchema(kind: OutputKind): Promise<Record<string, unknown>> {
  const { schemaOf } = await import('./document-schema.ts')
  return schemaOf(kind)
}
