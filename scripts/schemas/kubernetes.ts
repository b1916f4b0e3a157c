import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonSchema } from './json-schema.ts'
import { addKind, newTable, textOfTable, typeOf, type Table } from './table.ts'

/** Any patch release of a minor version has the same fields. */
const RELEASES = ['1.30.0', '1.31.0', '1.32.0', '1.33.0', '1.34.4', '1.35.0', '1.36.0', '1.37.2']

interface Group {
  group: string
  version: string
  kind: string
}

interface Swagger {
  definitions: Record<string, JsonSchema & { 'x-kubernetes-group-version-kind'?: Group[] }>
  paths: Record<string, { put?: { 'x-kubernetes-group-version-kind'?: Group } }>
}

/** Fields and types of every kind that lives in namespaces. What is required is left out: of its own kinds the API server does not go by the schema. */
export function kubernetesSchemas(): { name: string; text: string } {
  const versions = RELEASES.map(release => release.replace(/\.\d+$/, ''))
  const table = newTable(versions)
  for (const [index, release] of RELEASES.entries()) {
    addRelease(table, versions[index] ?? '', swaggerOf(release))
  }
  return { name: 'kubernetes', text: textOfTable(table, 'Kubernetes') }
}

function addRelease(table: Table, version: string, { definitions, paths }: Swagger): void {
  const resolve = ({ $ref, ...schema }: JsonSchema): JsonSchema => {
    const name = $ref?.replace('#/definitions/', '') ?? ''
    if (name.endsWith('.Quantity')) return QUANTITY
    return definitions[name] ?? schema
  }
  const isNamespaced = new Map(
    Object.entries(paths).flatMap(([path, { put }]) => {
      const named = put?.['x-kubernetes-group-version-kind']
      return named === undefined || !path.endsWith('/{name}')
        ? []
        : [[nameOf(named), path.includes('/namespaces/{namespace}/')] as const]
    }),
  )
  for (const definition of Object.values(definitions)) delete definition.required
  for (const definition of Object.values(definitions)) {
    for (const kind of (definition['x-kubernetes-group-version-kind'] ?? []).map(nameOf)) {
      if (!isNamespaced.has(kind)) continue
      // A set has no objects of the whole cluster; that there is the kind is known.
      const schema = isNamespaced.get(kind) === true ? definition : {}
      addKind(table, { kind, version, type: typeOf(table, schema, memo(resolve)) })
    }
  }
}

const QUANTITY: JsonSchema = { 'x-kubernetes-int-or-string': true, pattern: 'KMGTPE' }

/** Schemas without a reference stay themselves, so that each is written once. */
function memo(resolve: (schema: JsonSchema) => JsonSchema) {
  return (schema: JsonSchema) => (schema.$ref === undefined ? schema : resolve(schema))
}

function nameOf({ group, version, kind }: Group): string {
  return `${group === '' ? version : `${group}/${version}`} ${kind}`
}

function swaggerOf(release: string): Swagger {
  const args = ['mod', 'download', '-json', `k8s.io/kubernetes@v${release}`]
  const answer = execFileSync('go', args, { cwd: tmpdir(), encoding: 'utf8' })
  const { Dir } = JSON.parse(answer) as { Dir: string }
  return JSON.parse(readFileSync(join(Dir, 'api/openapi-spec/swagger.json'), 'utf8')) as Swagger
}
