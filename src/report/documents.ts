/** The kinds of documents that commands print with `-o json` and whose schema is published. */
export const OUTPUT_KINDS = [
  'Validation',
  'Explanation',
  'Plan',
  'Comparison',
  'ApplyOutcome',
  'Status',
  'SmokeReport',
  'DoctorReport',
  'History',
  'Environments',
] as const

export type OutputKind = (typeof OUTPUT_KINDS)[number]

/** JSON Schema (draft 2020-12) of such a document. Within one version fields may be added. */
export async function documentSchema(kind: OutputKind): Promise<Record<string, unknown>> {
  const { schemaOf } = await import('./document-schema.ts')
  return schemaOf(kind)
}
