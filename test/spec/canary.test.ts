import test from 'ava'
import { podSpecOf } from '../../src/kinds/index.ts'
import { at, type KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { endpointFile, load, loadChat, projectFile } from './support.ts'

/** A canary is what the endpoint will be: what is refused stands with the broken specs. */

const STABLE = `image: registry.example.com/chat:v1
env: {LEVEL: info, MODE: fast}
replicas: 3
scheduling: {spread: node}
route: {host: chat.example.com, gateway: {name: shared}}`

const CANARY = `canary:
  weight: 10
  image: registry.example.com/chat:v2
  env: {LEVEL: 7}`

/** The same, once it was promoted by hand. */
const PROMOTED = STABLE.replace(':v1', ':v2').replace('info', '"7"')

const one = (spec: string) => ({ 'endpoints/chat.yaml': endpointFile(spec) })

async function rendered(spec: string): Promise<Map<string, KubeObject>> {
  const { value, problems } = await load(one(spec))
  if (value === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  const { objects } = renderSet(value)
  return new Map(objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]))
}

const templateOf = (object: KubeObject | undefined) => at(object, 'spec', 'template')

test('a candidate is the endpoint with what its canary says, under the other name', async t => {
  const { spec, candidate } = await loadChat(t, one(`${STABLE}\n${CANARY}`))
  t.is(spec.image, 'registry.example.com/chat:v1')
  t.is(candidate?.endpoint.spec.image, 'registry.example.com/chat:v2')
  t.deepEqual(candidate?.endpoint.spec.env, { LEVEL: '7', MODE: 'fast' })
  t.is(candidate?.endpoint.spec.slot, 'b')
  t.is(candidate?.endpoint.spec.canary, undefined)
})

test('a canary in an overlay is of that environment, and its candidate too', async t => {
  const overlay = `overlay: [{match: {name: chat}, canary: {weight: 5, args: [--fast]}}]`
  const { spec, candidate } = await loadChat(t, {
    ...one(STABLE),
    'slipway.yaml': projectFile({ environment: overlay }),
  })
  t.is(spec.args, undefined)
  t.deepEqual(candidate?.endpoint.spec.args, ['--fast'])
})

test('W3 · promotion changes nothing in the pods of the candidate', async t => {
  for (const [slot, other, name] of [
    ['', 'slot: b', 'chat-b'],
    ['slot: b', 'slot: a', 'chat'],
  ] as const) {
    const during = await rendered(`${STABLE}\n${CANARY}\n${slot}`)
    const after = await rendered(`${PROMOTED}\n${other}`)
    const candidate = during.get(`Deployment/${name}`)
    t.deepEqual(templateOf(candidate), templateOf(after.get(`Deployment/${name}`)), name)
    t.deepEqual(at(candidate, 'spec', 'selector'), {
      matchLabels: { 'slipway.dev/endpoint': name },
    })
    t.is(at(candidate, 'spec', 'replicas'), 1)
    t.is(at(after.get(`Deployment/${name}`), 'spec', 'replicas'), 3)
  }
})

test('callers in the cluster keep their name, which leads to what serves', async t => {
  const selector = async (spec: string, name = 'chat-svc') =>
    at((await rendered(spec)).get(`Service/${name}`), 'spec', 'selector', 'slipway.dev/endpoint')
  t.is(await selector(STABLE), 'chat')
  t.is(await selector(`${STABLE}\n${CANARY}`), 'chat')
  t.is(await selector(`${STABLE}\n${CANARY}`, 'chat-canary-svc'), 'chat-b')
  t.is(await selector(`${PROMOTED}\nslot: b`), 'chat-b')
})

test('a canary changes nothing of what is rendered beside it but the route', async t => {
  const [before, during] = [await rendered(STABLE), await rendered(`${STABLE}\n${CANARY}`)]
  const changed = [...before].filter(([key, object]) => {
    return JSON.stringify(during.get(key)) !== JSON.stringify(object)
  })
  t.deepEqual(
    changed.map(([key]) => key),
    ['HTTPRoute/chat-route'],
  )
})

const sharesOf = async (canary: string) => {
  const route = (await rendered(`${STABLE}\n${canary}`)).get('HTTPRoute/chat-route')
  const rules = at(route, 'spec', 'rules') as { backendRefs: { name: string; weight: number }[] }[]
  return rules.map(({ backendRefs }) => backendRefs.map(({ name, weight }) => `${name} ${weight}`))
}

test('weights are those of the route, whole as for one backend without a canary', async t => {
  const canary = (weight: number) => `canary: {weight: ${weight}, args: [--new]}`
  t.deepEqual(await sharesOf(''), [['chat-svc 1']])
  t.deepEqual(await sharesOf(canary(0)), [['chat-svc 100', 'chat-canary-svc 0']])
  t.deepEqual(await sharesOf(canary(25)), [['chat-svc 75', 'chat-canary-svc 25']])
  t.deepEqual(await sharesOf(canary(100)), [['chat-svc 0', 'chat-canary-svc 100']])
})

test('requests that match go to the candidate whatever its weight', async t => {
  const canary = 'canary: {weight: 0, args: [--new], match: {headers: {x-tester: "yes"}}}'
  t.deepEqual(await sharesOf(canary), [
    ['chat-svc 100', 'chat-canary-svc 0'],
    ['chat-canary-svc 1'],
  ])
})

test('Knative has one InferenceService: the candidate’s predictor, and its percentage', async t => {
  const spec = 'image: registry.example.com/chat:v1\nruntime: kserve'
  const serverless = `${spec}\nkserve: {deploymentMode: serverless}`
  const objects = await rendered(`${serverless}\n${CANARY}`)
  const chat = objects.get('InferenceService/chat')
  t.is(at(chat, 'spec', 'predictor', 'canaryTrafficPercent'), 10)
  t.is(at(podSpecOf(chat as KubeObject), 'containers', 0, 'image'), 'registry.example.com/chat:v2')
  t.deepEqual(
    [...objects.keys()].filter(key => /Deployment|canary/.test(key)),
    [],
  )
})
