import { DOCUMENTS } from '../../src/report/document-schema.ts'

/** The document as its schema knows it: without any field that the schema lacks. Throws where it does not match. */
export function asDocumented(kind: keyof typeof DOCUMENTS, value: unknown): unknown {
  return DOCUMENTS[kind].parse(value)
}
