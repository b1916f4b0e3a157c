import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { openFolder } from '../../src/spec/index.ts'
import { renderProject } from '../../src/project/index.ts'
import { toYaml } from '../../src/render/index.ts'
import { planCanary, type ChangingStep } from '../../src/revisions/index.ts'
import { aRepository, problemOf, type Playground } from '../git/playground.ts'

/** Each step of a canary is a commit: what it writes, and that it writes nothing else. */

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec:
  namespace: shop
  environments:
    production: {}
`

const head = 'apiVersion: slipway.dev/v1alpha1\nkind: Endpoint\nmetadata: {name: chat}\nspec:\n'
const ROUTE = '  route: {host: chat.example.com, gateway: {name: shared}}\n'

const STABLE = `  # What serves.
  image: registry.example.com/chat:v1 # the first
  resources: {cpu: 1, memory: 1Gi}
  env:
    LEVEL: info
    MODE: fast
  replicas: 3
${ROUTE}`

const CANARY = `  canary:
    # A tenth.
    weight: 10
    image: registry.example.com/chat:v2
    env: {LEVEL: 7, EXTRA: "yes"}
    args:
    - --new
  metrics: {}
`

interface Shop extends Playground {
  text: () => string
}

function aShop(t: ExecutionContext, ...versions: string[]): Shop {
  const repository = aRepository(t)
  repository.commit('project', { 'slipway.yaml': PROJECT })
  for (const [index, spec] of versions.entries())
    repository.commit(`version ${index}`, { 'endpoints/chat.yaml': head + spec })
  const file = join(repository.directory, 'endpoints/chat.yaml')
  return { ...repository, text: () => readFileSync(file, 'utf8') }
}

async function planned(
  { directory }: Playground,
  step: ChangingStep,
  { name = 'chat', environment }: { name?: string; environment?: string } = {},
) {
  const repository = await openRepository(directory)
  const choice = environment === undefined ? {} : { environment }
  return planCanary({ repository, directory, choice, name, step })
}

async function rendered({ directory }: Playground): Promise<string> {
  const source = openFolder(directory)
  const { objects } = await renderProject({ directory, choice: {}, source })
  return toYaml(objects)
}

test('another weight changes that one number', async t => {
  const shop = aShop(t, STABLE + CANARY)
  const before = shop.text()
  const found = await planned(shop, { type: 'weight', to: 50 })
  t.is(found.headline, 'The canary of chat gets 50 % of the requests')
  t.deepEqual(
    found.effects.map(({ changes }) => changes?.differences.map(({ ref }) => ref.kind)),
    [['HTTPRoute']],
  )
  t.is(shop.text(), before)
  const { subject } = await found.make()
  t.is(subject, 'Give the canary of chat 50 % of the requests')
  t.is(shop.text(), before.replace('weight: 10', 'weight: 50'))
  t.is(shop.git('status', '--porcelain'), '')
})

test('W3 · promotion moves the fields up, keeps what stands around them, and names the pods that serve', async t => {
  const shop = aShop(t, STABLE + CANARY)
  await (await planned(shop, { type: 'promote' })).make()
  t.is(
    shop.text(),
    `${head}  # What serves.
  image: registry.example.com/chat:v2
  resources: {cpu: 1, memory: 1Gi}
  env:
    LEVEL: "7"
    MODE: fast
    EXTRA: "yes"
  replicas: 3
${ROUTE}  args:
    - --new
  slot: b
  metrics: {}
`,
  )
})

test('the next canary is promoted to the first name again', async t => {
  const next = '  canary: {weight: 5, image: "registry.example.com/chat:v3"}\n'
  const shop = aShop(t, `${STABLE}  slot: b\n${next}`)
  const found = await planned(shop, { type: 'promote' })
  t.deepEqual(
    found.effects[0]?.changes?.differences.map(
      ({ type, ref, restartsPods }) => `${type} ${ref.kind}/${ref.name} ${restartsPods}`,
    ),
    [
      'changed Deployment/chat false',
      'removed Deployment/chat-b true',
      'removed Service/chat-canary-svc false',
      'changed Service/chat-svc false',
      'changed HTTPRoute/chat-route false',
      'changed PodDisruptionBudget/chat-pdb false',
    ],
  )
  await found.make()
  t.true(shop.text().endsWith(`${ROUTE}  slot: a\n`), shop.text())
})

test('a canary that is given up leaves every byte as it was', async t => {
  const shop = aShop(t, STABLE, STABLE + CANARY.replace('  metrics: {}\n', ''))
  const first = shop.git('show', 'HEAD~1:endpoints/chat.yaml')
  shop.git('checkout', '--quiet', 'HEAD~1')
  const before = await rendered(shop)
  shop.git('switch', '--quiet', '-')
  await (await planned(shop, { type: 'weight', to: 100 })).make()
  t.not(await rendered(shop), before)
  await (await planned(shop, { type: 'abort' })).make()
  t.is(shop.text().trimEnd(), first)
  t.is(await rendered(shop), before)
})

test('git revert of what started it does the same', async t => {
  const shop = aShop(t, STABLE, STABLE + CANARY)
  shop.git('revert', '--no-edit', 'HEAD')
  t.is(shop.text(), head + STABLE)
})

test('a canary in an overlay is promoted there', async t => {
  const shop = aShop(t, STABLE.replace(/ {2}image.*\n/, ''))
  const overlay = (fields: string) => `    production:
      overlay:
        - match: {name: chat}
          image: registry.example.com/chat:v1
${fields}`
  const project = PROJECT.replace('    production: {}\n', '')
  shop.commit('canary', {
    'slipway.yaml': `${project}${overlay(`          canary:
            weight: 10
            image: registry.example.com/chat:v2
`)}`,
  })
  const found = await planned(shop, { type: 'promote' })
  t.deepEqual(found.files, ['slipway.yaml'])
  await found.make()
  t.is(
    readFileSync(join(shop.directory, 'slipway.yaml'), 'utf8'),
    `${project}${overlay('          slot: b\n').replace(':v1', ':v2')}`,
  )
})

const SERVERLESS = `  image: registry.example.com/chat:v1
  runtime: kserve
  kserve: {deploymentMode: serverless}
  resources: {cpu: 1, memory: 1Gi}
`
const NEXT = '  canary:\n    weight: 10\n    image: registry.example.com/chat:v2\n'

test('W3, K9 · promotion under Knative names no pods: revisions have names of their own', async t => {
  const shop = aShop(t, SERVERLESS + NEXT)
  await (await planned(shop, { type: 'promote' })).make()
  t.is(shop.text(), head + SERVERLESS.replace(':v1', ':v2'))
})

test('W3, K9 · a slot that was written under Knative before is valid, means nothing and stays', async t => {
  const shop = aShop(t, `${SERVERLESS}  slot: b\n`)
  const before = await rendered(shop)
  t.is(await rendered(aShop(t, SERVERLESS)), before)
  shop.commit('canary', { 'endpoints/chat.yaml': `${head}${SERVERLESS}  slot: b\n${NEXT}` })
  await (await planned(shop, { type: 'promote' })).make()
  t.is(shop.text(), `${head}${SERVERLESS.replace(':v1', ':v2')}  slot: b\n`)
})

test('W3, K9 · what is under Knative in one environment names its pods for the other one', async t => {
  const shop = aShop(t, STABLE.replace(ROUTE, '') + NEXT)
  const environments = `    staging:
      overlay:
        - match: {name: chat}
          runtime: kserve
          kserve: {deploymentMode: serverless}
    production:
      overlay:
        - match: {name: chat}
          route: {host: chat.example.com, gateway: {name: shared}}
`
  shop.commit('environments', {
    'slipway.yaml': PROJECT.replace('    production: {}\n', environments),
  })
  const found = await planned(shop, { type: 'promote' }, { environment: 'staging' })
  await found.make({ otherEnvironments: true })
  t.regex(shop.text(), /^ {2}slot: b$/m)
})

test('what does not stand in lines of its own is not edited', async t => {
  const spec = STABLE.replaceAll('\n', '\n').trimEnd()
  const shop = aShop(t, `${spec}\n`)
  shop.commit('flow', {
    'endpoints/chat.yaml': `${head.replace('spec:\n', '')}spec: {image: "registry.example.com/chat:v1", resources: {cpu: 1, memory: 1Gi}, route: {host: chat.example.com, gateway: {name: shared}}, canary: {weight: 10, args: [--new]}}\n`,
  })
  const problem = await problemOf(t, planned(shop, { type: 'promote' }))
  t.is(problem.message, 'the canary is not on lines of its own, so it cannot be edited')
  t.is(problem.place?.file, 'endpoints/chat.yaml')
  await (await planned(shop, { type: 'weight', to: 7 })).make()
  t.true(shop.text().includes('canary: {weight: 7, args: [--new]}'))
})

test('there is nothing to do without a canary, nor for an endpoint that is not there', async t => {
  const shop = aShop(t, STABLE)
  t.is(
    (await problemOf(t, planned(shop, { type: 'abort' }))).message,
    'chat has no canary in production',
  )
  t.regex((await problemOf(t, planned(shop, { type: 'abort' }, { name: 'chta' }))).message, /chta/)
})

test('uncommitted changes are in the way, and stay', async t => {
  const shop = aShop(t, STABLE + CANARY)
  const found = await planned(shop, { type: 'weight', to: 50 })
  const mine = `${head}${STABLE}${CANARY}  loadTime: 5m\n`
  shop.write({ 'endpoints/chat.yaml': mine })
  t.is((await problemOf(t, found.make())).code, 'dirty-tree')
  t.is(shop.text(), mine)
})

test('a gate is asked before more, and only then', async t => {
  const gate = `    gate:
      prometheus: {serverAddress: 'http://prometheus:9090', query: up}
      max: 1
`
  const shop = aShop(t, STABLE + CANARY.replace('    weight: 10\n', `    weight: 10\n${gate}`))
  const isAsked = async (step: ChangingStep) => (await planned(shop, step)).gate !== undefined
  t.true(await isAsked({ type: 'weight', to: 11 }))
  t.true(await isAsked({ type: 'promote' }))
  t.false(await isAsked({ type: 'weight', to: 10 }))
  t.false(await isAsked({ type: 'weight', to: 0 }))
  t.false(await isAsked({ type: 'abort' }))
  await (await planned(shop, { type: 'promote' })).make()
  t.notRegex(shop.text(), /prometheus/)
})
