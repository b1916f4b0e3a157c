import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { kserveVersions } from '../../src/sandbox/index.ts'
import { ADDON_NAMES } from '../../src/sandbox/addons.ts'
import { moduleOf, type Module } from '../../src/sandbox/binaries/catalogue.ts'
import { findModules } from '../../src/sandbox/binaries/find.ts'
import { definitionFiles } from '../../src/sandbox/definitions.ts'
import { definitionsOf } from '../../src/sandbox/kserve/manifests.ts'
import { kserveModule, plainVersion } from '../../src/sandbox/versions.ts'
import type { JsonSchema } from './json-schema.ts'
import { markLeftOut } from './left-out.ts'
import { addKind, newTable, textOfTable, typeOf, type Table } from './table.ts'

interface Definition {
  spec: {
    group: string
    scope: string
    names: { kind: string }
    versions: { name: string; served: boolean; schema: { openAPIV3Schema: JsonSchema } }[]
  }
}

interface Schemas {
  name: string
  text: string
}

export async function kserveSchemas(): Promise<Schemas> {
  const versions = kserveVersions()
  const table = newTable(versions.map(minorOf))
  for (const version of versions) {
    const module = kserveModule(version)
    const definitions = read(definitionsOf(await filesOf(module)))
    const services = definitions.filter(({ spec }) => spec.names.kind === 'InferenceService')
    for (const schema of services.flatMap(schemasOf)) markLeftOut(module, schema)
    addDefinitions(table, minorOf(version), definitions)
  }
  return { name: 'kserve', text: textOfTable(table, 'KServe') }
}

const TITLES: Record<(typeof ADDON_NAMES)[number], string> = {
  'gateway-api': 'Gateway API',
  keda: 'KEDA',
  prometheus: 'Prometheus Operator',
  'external-secrets': 'External Secrets',
}

export async function addonSchemas(): Promise<Schemas[]> {
  return await Promise.all(ADDON_NAMES.map(addonOf))
}

async function addonOf(name: (typeof ADDON_NAMES)[number]): Promise<Schemas> {
  const module = moduleOf(name)
  const version = plainVersion(module)
  const table = newTable([version])
  addDefinitions(table, version, read(definitionFiles(await filesOf(module))))
  return { name, text: textOfTable(table, TITLES[name]) }
}

async function filesOf(module: Module): Promise<string> {
  const [found] = await findModules([module], { filesOnly: true, onProgress: () => {} })
  return found?.files ?? ''
}

/** Servers of their own, with a whole pod inside: they belong to those who set up a cluster. */
const NOT_OURS = /^(Prometheus|PrometheusAgent|Alertmanager|ThanosRuler)$/

function read(files: readonly string[]): Definition[] {
  return files.map(file => parse(readFileSync(file, 'utf8')) as Definition)
}

function schemasOf({ spec }: Definition): JsonSchema[] {
  return spec.versions.map(({ schema }) => schema.openAPIV3Schema)
}

function addDefinitions(
  table: Table,
  version: string,
  definitions: readonly Definition[],
): void {
  for (const { spec } of definitions) {
    if (spec.scope !== 'Namespaced' || NOT_OURS.test(spec.names.kind)) continue
    for (const served of spec.versions.filter(each => each.served)) {
      const kind = `${spec.group}/${served.name} ${spec.names.kind}`
      addKind(table, {
        kind,
        version,
        type: typeOf(table, objectOf(served.schema.openAPIV3Schema)),
      })
    }
  }
}

const TEXT: JsonSchema = { type: 'string' }
const TEXTS: JsonSchema = { type: 'object', additionalProperties: TEXT }

/** What the API server knows of each object's metadata, of which definitions say nothing; what it writes itself is for another rule. */
const METADATA: JsonSchema = {
  properties: {
    name: TEXT,
    namespace: TEXT,
    labels: TEXTS,
    annotations: TEXTS,
    finalizers: { type: 'array', items: TEXT },
    generateName: TEXT,
    ownerReferences: {},
    managedFields: {},
    uid: TEXT,
    resourceVersion: TEXT,
    generation: { type: 'integer' },
    creationTimestamp: TEXT,
    deletionTimestamp: TEXT,
    deletionGracePeriodSeconds: { type: 'integer' },
    selfLink: TEXT,
  },
}

function objectOf(schema: JsonSchema): JsonSchema {
  const { status: _status, ...properties } = schema.properties ?? {}
  return { ...schema, properties: { ...properties, metadata: METADATA, status: {} } }
}

function minorOf(version: string): string {
  return version.replace(/\.\d+$/, '')
}
