import { servePods } from '../../src/sandbox/index.ts'
import { aCluster, aFaultProxy } from '../support/cluster.ts'
import { deployedProject, type DeployedProject } from '../support/deployed-project.ts'
import { aGateway, type GatewayRun } from '../support/gateway.ts'
import { anHttpServer, json } from '../support/http-server.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { eventually } from '../support/scene.ts'

/** A canary from its start to its end, with clients who never notice. */

const { serial } = sandboxTest({ addons: ['gateway-api'] })

const SPEC = `  scaling: {min: 3, max: 6, cpu: 70}
  networkPolicy: {}
  route: {host: chat.example.com, gateway: {name: shared}}
`
const CANARY = `  canary:
    weight: 10
    image: registry.example.com/chat:v2
`

/** UIDs of pods by the label that they are found by. */
async function podsOf({ kubectl, namespace }: DeployedProject, name: string): Promise<string[]> {
  const selector = `slipway.dev/endpoint=${name}`
  const uids = [
    'get',
    'pods',
    '-n',
    namespace,
    '-l',
    selector,
    '-o',
    'jsonpath={.items[*].metadata.uid}',
  ]
  return (await kubectl(...uids))
    .split(' ')
    .filter(uid => uid !== '')
    .toSorted()
}

const share = ({ answers }: GatewayRun, name: string) => {
  const all = [...answers.values()].reduce((sum, count) => sum + count, 0)
  return (answers.get(name) ?? 0) / all
}

serial(
  'W3 · 10,000 requests across start, shift, promotion and giving up, and none fails',
  async t => {
    t.timeout(900_000)
    const server = await anHttpServer(t as never, { 'GET /health': json({}) })
    const project = await deployedProject(t, { chat: SPEC })
    const { expect, edit, commit, kubectl, namespace, git } = project
    const cluster = await aCluster(t, { kubeconfig: t.context.sandbox.kubeconfig })
    await kubectl('create', 'namespace', namespace)
    await servePods(t.context.sandbox, { port: server.port, namespace })
    const gateway = await aGateway(t, { cluster, kubectl, namespace })
    const apply = () => gateway.during(() => expect(0, 'apply', '--yes'))
    // Killed while old and new pods run side by side, and finished by the next one.
    const applyTwice = () =>
      gateway.during(async () => {
        const { kill, ended } = project.start('apply', '--yes')
        await eventually(async () => {
          const route = await kubectl.get('httproute', 'chat-route', namespace)
          return !JSON.stringify(route?.['spec']).includes('canary')
        })
        kill('SIGKILL')
        await ended
        await gateway.ask(500)
        await expect(0, 'apply', '--yes')
      })
    await expect(0, 'apply', '--yes')
    const stable = await podsOf(project, 'chat')
    const rendered = (await expect(0, 'render')).stdout
    t.is(stable.length, 3, 'stable')
    await gateway.ask(500)

    await edit('endpoints/chat.yaml', SPEC, SPEC + CANARY)
    await commit('Try v2')
    const { stdout: plan } = await expect(0, 'diff')
    t.regex(plan, /canary: 10 % of the requests go to the candidate chat-b \(image /)
    t.regex(plan, /downtime: no/)
    server.asked.length = 0
    await apply()
    t.deepEqual(server.asked, ['GET /health'])
    t.deepEqual(await podsOf(project, 'chat'), stable)
    const candidates = await podsOf(project, 'chat-b')
    t.is(candidates.length, 1)
    gateway.answers.clear()
    await gateway.ask(2000)
    t.true(share(gateway, 'chat-b') > 0.05 && share(gateway, 'chat-b') < 0.15)
    const { stdout: status } = await expect(0, 'status')
    t.regex(status, /chat: canary chat-b has 10 % of the requests, 1 of 1 pod ready/)

    await expect(0, 'canary', 'weight', 'chat', '--percent', '50', '--yes')
    await apply()
    gateway.answers.clear()
    await gateway.ask(2000)
    t.true(share(gateway, 'chat-b') > 0.4 && share(gateway, 'chat-b') < 0.6)

    await expect(0, 'canary', 'promote', 'chat', '--yes')
    await applyTwice()
    const serving = await podsOf(project, 'chat-b')
    t.is(serving.length, 3, 'promoted')
    t.true(candidates.every(uid => serving.includes(uid)))
    t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
    t.is(await kubectl.get('service', 'chat-canary-svc', namespace), undefined)
    gateway.answers.clear()
    await gateway.ask(2000)
    t.is(share(gateway, 'chat-b'), 1)

    const promoted = (await expect(0, 'render')).stdout
    await edit('endpoints/chat.yaml', '  slot: b\n', `  slot: b\n${CANARY.replace(':v2', ':v3')}`)
    await commit('Try v3')
    await apply()
    t.is((await podsOf(project, 'chat')).length, 1)
    await expect(0, 'canary', 'abort', 'chat', '--yes')
    await applyTwice()
    t.is((await expect(0, 'render')).stdout, promoted)
    t.deepEqual(await podsOf(project, 'chat-b'), serving)
    t.deepEqual(await podsOf(project, 'chat'), [])
    await gateway.ask(3500)

    t.deepEqual(gateway.failures, [])
    t.regex((await expect(0, 'diff', '-o', 'json')).stdout, /"endpoints": \[\]/)
    await git('revert', '--no-edit', 'HEAD~5..HEAD')
    t.is((await expect(0, 'render')).stdout, rendered)
  },
)

serial('W3 · a candidate that answers wrongly gets no request', async t => {
  t.timeout(600_000)
  const server = await anHttpServer(t as never, { 'GET /health': json({}, 500) })
  const project = await deployedProject(t, { chat: SPEC })
  const { expect, edit, commit, kubectl, namespace } = project
  const cluster = await aCluster(t, { kubeconfig: t.context.sandbox.kubeconfig })
  await kubectl('create', 'namespace', namespace)
  await servePods(t.context.sandbox, { port: server.port, namespace })
  const gateway = await aGateway(t, { cluster, kubectl, namespace })
  await expect(0, 'apply', '--yes')
  await edit('endpoints/chat.yaml', SPEC, SPEC + CANARY)
  await commit('Try v2')
  const { stderr } = await expect(1, 'apply', '--yes', '--no-wait')
  t.regex(stderr, /GET \/health of chat answered 500, not 200/)
  const route = await kubectl.get('httproute', 'chat-route', namespace)
  t.notRegex(JSON.stringify(route?.['spec']), /canary/)
  await gateway.ask(200)
  t.deepEqual(gateway.failures, [])
  t.deepEqual([...gateway.answers.keys()], ['chat'])
})

serial('W3 · requests go to a candidate when its Service leads to it', async t => {
  t.timeout(600_000)
  const server = await anHttpServer(t as never, { 'GET /health': json({}) })
  const project = await deployedProject(t, { chat: SPEC })
  const { expect, edit, commit, kubectl, namespace } = project
  const cluster = await aCluster(t, { kubeconfig: t.context.sandbox.kubeconfig })
  await kubectl('create', 'namespace', namespace)
  await servePods(t.context.sandbox, { port: server.port, namespace })
  await aGateway(t, { cluster, kubectl, namespace })
  await edit('endpoints/chat.yaml', SPEC, SPEC + CANARY)
  await commit('With v2 from the start')
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const metadata = { resourceVersion: '1' }
  const none = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSliceList', metadata, items: [] }
  const late = proxy.on({ path: SLICES, times: 2 }, { type: 'answer', status: 200, body: none })
  await expect(0, 'apply', '--yes', '--kubeconfig', proxy.kubeconfig)
  t.is(late.hits(), 2)
  const asked = proxy.seen.filter(({ path }) => SLICES.test(path))
  const routed = proxy.seen.findIndex(({ method, path }) => method === 'PATCH' && isRoute(path))
  t.true(asked.length > 2 && routed > proxy.seen.findLastIndex(({ path }) => SLICES.test(path)))

  // Who may not list them is not kept waiting.
  await edit('endpoints/chat.yaml', 'weight: 10', 'weight: 20')
  await commit('More of it')
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 403 }
  const body = { ...status, reason: 'Forbidden', message: 'endpointslices is forbidden' }
  proxy.on({ path: SLICES }, { type: 'answer', status: 403, body })
  await expect(0, 'apply', '--yes', '--kubeconfig', proxy.kubeconfig)
})

const SLICES = /\/endpointslices\?/
const isRoute = (path: string) => /\/httproutes\/[^?]*\?(?!.*dryRun)/.test(path)
