import test from 'ava'
import { endpointFile, load } from './support.ts'

/** What a spec is told of fields that are not as they should be: one sentence for one mistake. */

const CASES: [what: string, spec: string, told: string[]][] = [
  [
    'a field under a name that is near is not missing as well',
    "adapters: [{ nmae: law, uri: 'oci://registry.example.com/law:1' }]",
    ['unknown field "nmae" in spec.adapters[0] Did you mean "name"?'],
  ],
  [
    'nor one under the name of another format',
    'canary: { percent: 5, image: registry.example.com/chat:v2 }',
    ['unknown field "percent" in spec.canary Here it is called weight.'],
  ],
  [
    'nor the only one that is missing beside the only one that is not known',
    'canary: { weight: 5, image: registry.example.com/chat:v2, match: { cookie: a } }',
    ['unknown field "cookie" in spec.canary.match Fields here: headers.'],
  ],
  [
    'two mistakes are two sentences',
    'canary: { weigth: 5, match: {} }',
    [
      'unknown field "weigth" in spec.canary Did you mean "weight"?',
      'spec.canary.match.headers is missing Set it. Requests that have all of them, with exactly these values, go to the candidate.',
    ],
  ],
  [
    'what is missing beside something else that is not known is told',
    'canary: { imgae: registry.example.com/chat:v2 }',
    [
      'spec.canary.weight is missing Set it. Percentage of the requests that the candidate gets; 0 for none, 100 for all of them.',
      'unknown field "imgae" in spec.canary Did you mean "image"?',
    ],
  ],
  [
    'what is missing below a list and a choice',
    'volumes: [{ name: data, pvc: data }, { name: more, configMap: more, mountPath: relative }]',
    [
      'spec.volumes[1].mountPath must be an absolute path such as /models, without ":", not "relative"',
    ],
  ],
]

for (const [what, spec, told] of CASES) {
  test(`R8 · ${what}`, async t => {
    const files = {
      'endpoints/chat.yaml': endpointFile(`image: registry.example.com/chat:v1\n${spec}`),
    }
    const { problems } = await load(files)
    t.deepEqual(
      problems
        .filter(({ severity }) => severity === 'error')
        .map(({ message, remedy }) => [message, remedy].filter(Boolean).join(' '))
        .toSorted(),
      told.toSorted(),
    )
  })
}

const HOSTS: [given: string, remedy: string | undefined][] = [
  ['https://chat.example.com', 'Did you mean "chat.example.com"?'],
  ['Chat.Example.com:8443/v1', 'Did you mean "chat.example.com"?'],
  ['chat example', undefined],
  ['http://10.0.0.1', undefined],
]

for (const [given, remedy] of HOSTS) {
  test(`R8 · the host ${given} is no host name`, async t => {
    const spec = `image: registry.example.com/chat:v1\ningress: { host: '${given}' }`
    const { problems } = await load({ 'endpoints/chat.yaml': endpointFile(spec) })
    t.deepEqual(
      problems.flatMap(each => (each.severity === 'error' ? [each.remedy] : [])),
      [remedy],
    )
  })
}

test('R8 · a field that was written beside spec is told where it belongs', async t => {
  const head = 'apiVersion: slipway.dev/v1alpha1\n'
  const files = {
    'slipway.yaml': `${head}kind: Project\nmetadata: { name: a }\nenvironments: { dev: {} }\n`,
  }
  const { problems } = await load(files)
  t.deepEqual(
    problems.map(({ message, remedy }) => [message, remedy]),
    [['unknown field "environments"', 'Indent it under spec: it is spec.environments.']],
  )
  const endpoint = `${head}kind: Endpoint\nmetadata: { name: chat }\nspec: {}\nimage: registry.example.com/chat:1\n`
  const found = (await load({ 'endpoints/chat.yaml': endpoint })).problems
  t.true(found.some(({ remedy }) => remedy === 'Indent it under spec: it is spec.image.'))
})
