import * as z from 'zod'
import { imageCatalogue, modelCatalogue } from './schema/catalogue.ts'
import { endpointDocument, endpointSpec } from './schema/endpoint.ts'
import { projectDocument } from './schema/project.ts'

const DOCUMENTS = {
  Endpoint: endpointDocument,
  Project: projectDocument,
  ModelCatalogue: modelCatalogue,
  ImageCatalogue: imageCatalogue,
}

/** The kinds of documents in a project. */
export type DocumentKind = keyof typeof DOCUMENTS

/** JSON Schema (draft 2020-12) of a document as it is written, with descriptions: for editors. */
export function jsonSchema(kind: DocumentKind = 'Endpoint'): Record<string, unknown> {
  const schema = z.toJSONSchema(DOCUMENTS[kind], { io: 'input', override: allowNull })
  return { ...schema, title: `slipway ${kind}` }
}

interface Override {
  zodSchema: unknown
  jsonSchema: object
}

const MAY_BE_NULL = fieldsOf(endpointSpec, new Set())

/** Everything in a layer that may be left out. */
function fieldsOf(schema: unknown, found: Set<unknown>): Set<unknown> {
  if (schema instanceof z.ZodOptional) {
    found.add(schema)
    fieldsOf(schema.unwrap(), found)
  } else if (schema instanceof z.ZodObject) {
    for (const field of Object.values(schema.shape)) fieldsOf(field, found)
  } else if (schema instanceof z.ZodUnion) {
    for (const option of schema.options) fieldsOf(option, found)
  } else if (schema instanceof z.ZodRecord) {
    found.add(schema.valueType)
  }
  return found
}

/** In a layer, null takes back what weaker layers say. */
function allowNull({ zodSchema, jsonSchema: written }: Override): void {
  if (!MAY_BE_NULL.has(zodSchema)) return
  const field = Object.entries(written).filter(([key]) => key !== 'description')
  for (const [key] of field) Reflect.deleteProperty(written, key)
  Object.assign(written, { anyOf: [Object.fromEntries(field), { type: 'null' }] })
}
