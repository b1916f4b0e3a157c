import { readFileSync } from 'node:fs'
import test from 'ava'
import { parse } from 'yaml'
import { renderSet } from '../../src/render/index.ts'
import { kserveVersions } from '../../src/sandbox/index.ts'
import { findModules } from '../../src/sandbox/binaries/find.ts'
import { definitionsOf } from '../../src/sandbox/kserve/manifests.ts'
import { kserveModule } from '../../src/sandbox/versions.ts'
import { goldenSet } from './golden-set.ts'

interface Schema {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
  required?: string[]
  enum?: unknown[]
  'x-kubernetes-preserve-unknown-fields'?: boolean
  'x-kubernetes-int-or-string'?: boolean
}

const versions = kserveVersions()

for (const version of [versions[0] ?? '', versions.at(-1) ?? '']) {
  test(`K9 · every InferenceService has only fields that the definition of KServe ${version} knows, of its types`, async t => {
    t.timeout(300_000)
    const schema = await schemaOf('spec', version)
    const { objects } = renderSet(await goldenSet())
    const services = objects.filter(({ object }) => object.kind === 'InferenceService')
    t.true(services.length >= 3)
    for (const { object } of services) t.deepEqual(faults(object['spec'], schema, 'spec'), [])
  })
}

async function schemaOf(field: string, version: string): Promise<Schema> {
  const options = { filesOnly: true, onProgress: () => {} }
  const [module] = await findModules([kserveModule(version)], options)
  const files = definitionsOf(module?.files ?? '')
  const file = files.find(each => each.endsWith('_inferenceservices.yaml')) ?? ''
  const crd = parse(readFileSync(file, 'utf8')) as {
    spec: { versions: { name: string; schema: { openAPIV3Schema: Schema } }[] }
  }
  const served = crd.spec.versions.find(({ name }) => name === 'v1beta1')
  const found = served?.schema.openAPIV3Schema.properties?.[field]
  if (found === undefined) throw new Error(`v1beta1 has no ${field}`)
  return found
}

function faults(value: unknown, schema: Schema, path: string): string[] {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return ['number', 'string'].includes(typeof value) ? [] : [`${path}: ${JSON.stringify(value)}`]
  }
  if (Array.isArray(value)) {
    if (schema.type !== 'array') return [`${path} is no list`]
    return value.flatMap((item, index) => faults(item, schema.items ?? {}, `${path}[${index}]`))
  }
  if (typeof value === 'object' && value !== null) return memberFaults(value, schema, path)
  const types = { integer: 'number', number: 'number', string: 'string', boolean: 'boolean' }
  const expected = types[schema.type as keyof typeof types]
  const allowed = schema.enum?.includes(value) ?? true
  return typeof value === expected && allowed ? [] : [`${path}: ${JSON.stringify(value)}`]
}

function memberFaults(value: object, schema: Schema, path: string): string[] {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return []
  const { properties = {}, additionalProperties } = schema
  const missing = (schema.required ?? []).filter(name => !(name in value))
  const inner = Object.entries(value).flatMap(([name, member]) => {
    const free = typeof additionalProperties === 'object' ? additionalProperties : undefined
    const known = properties[name] ?? free
    return known === undefined
      ? [`${path}.${name} is unknown`]
      : faults(member, known, `${path}.${name}`)
  })
  return [...missing.map(name => `${path}.${name} is missing`), ...inner]
}
