import {
  ApiObject,
  App,
  Chart,
  JsonPatch,
  Testing,
  type ApiObjectProps,
  type IResolver,
} from 'cdk8s'
import test from 'ava'
import { PlainObject } from '../../charts/plain-object.ts'

const GIVEN: ApiObjectProps = {
  kind: 'Deployment',
  apiVersion: 'apps/v1',
  metadata: { name: 'chat', namespace: 'llm', labels: { b: '2', a: '1' }, annotations: {} },
  spec: {
    template: { spec: { containers: [{ name: 'server', args: [], env: undefined, tty: false }] } },
    replicas: 0,
    paused: null,
    selector: {},
  },
}

type Change = (object: ApiObject) => void

function made(
  Type: typeof ApiObject,
  { change, resolvers = [] }: { change?: Change; resolvers?: IResolver[] } = {},
): unknown {
  const chart = new Chart(new App({ resolvers }), 'chart', { labels: { chart: 'ours' } })
  const object = new Type(chart, 'object', structuredClone(GIVEN))
  change?.(object)
  // As text: the order of keys counts, too.
  return JSON.stringify(Testing.synth(chart))
}

test('a plain object is what cdk8s makes of it', t => {
  t.is(made(PlainObject), made(ApiObject))
})

const CHANGES: Record<string, Change> = {
  'a JSON patch': object => object.addJsonPatch(JsonPatch.replace('/spec/replicas', 3)),
  'a label': object => object.metadata.addLabel('team', 'search'),
  'an annotation': object => object.metadata.addAnnotation('note', 'ours'),
  'a finalizer': object => object.metadata.addFinalizers('example.com/ours'),
}

for (const [what, change] of Object.entries(CHANGES))
  test(`cdk8s adds ${what} to a plain object`, t => {
    t.is(made(PlainObject, { change }), made(ApiObject, { change }))
    t.not(made(PlainObject, { change }), made(PlainObject))
  })

test('an app resolves the values of plain objects in its own way', t => {
  const resolvers = [
    {
      resolve: (context: Parameters<IResolver['resolve']>[0]) => {
        if (context.value === 'server') context.replaceValue('model')
      },
    },
  ]
  t.is(made(PlainObject, { resolvers }), made(ApiObject, { resolvers }))
  t.regex(String(made(PlainObject, { resolvers })), /"model"/)
})
