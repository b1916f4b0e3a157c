import test from 'ava'
import { compareDocs, fieldsOf } from '../../scripts/spec-docs.ts'
import { jsonSchema } from '../../src/spec/index.ts'

const KINDS = ['Endpoint', 'Project', 'ModelCatalogue', 'ImageCatalogue'] as const

for (const kind of KINDS) {
  test(`the schema of ${kind} is a JSON Schema that refuses unknown fields`, t => {
    const schema = jsonSchema(kind)
    t.is(schema['$schema'], 'https://json-schema.org/draft/2020-12/schema')
    t.is(schema['additionalProperties'], false)
    t.is(schema['title'], `slipway ${kind}`)
    t.notThrows(() => JSON.stringify(schema))
  })

  test(`every field of ${kind} says what it means`, t => {
    const fields = fieldsOf(kind)
    t.true(fields.length > 5)
    t.deepEqual(
      fields.filter(({ meaning }) => meaning === '').map(({ path }) => path),
      [],
    )
  })
}

test('the schema is of what is written, not of what becomes of it', t => {
  const text = JSON.stringify(jsonSchema())
  t.true(text.includes('1h30m'))
  t.true(text.includes('"const":"Endpoint"'))
})

test('R7 · a field of a layer may be null, a field of metadata need not', t => {
  const { spec, metadata } = properties(jsonSchema())
  t.true(JSON.stringify(properties(spec)['port']).includes('"null"'))
  t.false(JSON.stringify(properties(metadata)['name']).includes('"null"'))
})

function properties(schema: unknown): Record<string, unknown> {
  return (schema as { properties: Record<string, unknown> }).properties
}

test('docs/spec.md has the fields as they are: else run node scripts/spec-docs.ts && oxfmt docs/spec.md', async t => {
  const { isCurrent } = await compareDocs()
  t.true(isCurrent)
})
