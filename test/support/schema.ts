import type { KubeObject } from '../../src/object/index.ts'

/** A field of a kind's schema that is a map or a list; nothing below an atomic one is listed. */
export interface Place {
  kind: string
  path: string
  name: string
  isAtomic: boolean
}

interface Schema {
  $ref?: string
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema
  'x-kubernetes-list-type'?: string
  'x-kubernetes-map-type'?: string
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[]
}

/** Reads /openapi/v2: what server-side apply keeps whole, for the kinds of the given objects. */
export function schemaOf(document: unknown, objects: readonly KubeObject[]): Place[] {
  const { definitions } = document as { definitions: Record<string, Schema> }
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.replace('#/definitions/', '')
    return name === undefined ? schema : { ...definitions[name], ...schema }
  }
  return objects.flatMap(({ apiVersion, kind }) => {
    const root = Object.values(definitions).find(definition =>
      definition['x-kubernetes-group-version-kind']?.some(
        ({ group, version, kind: own }) =>
          own === kind && (group === '' ? version : `${group}/${version}`) === apiVersion,
      ),
    )
    const spec = root?.properties?.['spec']
    return spec === undefined ? [] : placesIn({ kind, path: '', schema: resolve(spec), resolve })
  })
}

interface Walk {
  kind: string
  path: string
  schema: Schema
  resolve: (schema: Schema) => Schema
}

function placesIn({ kind, path, schema, resolve }: Walk): Place[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const field = resolve(property)
    const at = `${path}.${name}`
    const isMap = field.properties !== undefined || field.additionalProperties !== undefined
    if (field.type !== 'array' && !isMap) return []
    const isAtomic =
      field.type === 'array'
        ? (field['x-kubernetes-list-type'] ?? 'atomic') === 'atomic'
        : field['x-kubernetes-map-type'] === 'atomic'
    const below = field.type === 'array' ? resolve(field.items ?? {}) : field
    const place = { kind, path: at, name, isAtomic }
    return isAtomic ? [place] : [place, ...placesIn({ kind, path: at, schema: below, resolve })]
  })
}
