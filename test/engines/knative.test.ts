import test, { type ExecutionContext } from 'ava'
import { at, text, type KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject, endpointText } from '../support/deployed-project.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { startKnative, type Knative } from './knative.ts'

/** KServe's serverless mode on the real Knative: ready by its words, early where they are final, and never on the revision before. */

const { kserve } = sandboxTest({ alone: true })

let started: Promise<Knative> | undefined
test.after.always(async () => {
  const knative = await started?.catch(() => undefined)
  knative?.stop()
})

const SERVERLESS = '  kserve: { deploymentMode: serverless }\n'

async function aProject(t: ExecutionContext<{ sandbox: Sandbox }>, spec = '') {
  // From empty caches Knative is built first.
  t.timeout(45 * 60_000)
  started ??= startKnative(t.context.sandbox)
  const { logs } = await started
  t.teardown(() => {
    if (!t.passed) t.log(logs())
  })
  const environment = `createNamespace: true, kserve: {version: ${testedVersions.kserve}}`
  const project = await deployedProject(t, {}, environment)
  await project.write('endpoints/chat.yaml', endpointText('chat', SERVERLESS + spec, 'kserve'))
  await project.commit('The first version')
  const { kubectl, namespace } = project
  const service = () => kubectl.get('inferenceservice', 'chat', namespace)
  const revisions = () => kubectl.list('revisions.serving.knative.dev', namespace)
  return { ...project, service, revisions }
}

const newestOf = (service: KubeObject | undefined) =>
  text(at(service, 'status', 'components', 'predictor', 'latestCreatedRevision'))

kserve(
  'K9 · an endpoint is ready by what Knative says, and a second apply changes nothing',
  async t => {
    const { expect, service, revisions } = await aProject(t)
    await expect(0, 'apply', '--yes')
    t.is(newestOf(await service()), 'chat-predictor-00001')
    await expect(0, 'diff', '--exit-code')
    await expect(0, 'apply', '--yes')
    t.is((await revisions()).length, 1)
    const { stdout } = await expect(0, 'status', 'chat')
    t.regex(stdout, /✓  chat .* ready/)
  },
)

const STILL_SERVES = /revision chat-predictor-00001 still serves 100 % of the requests/

interface Trouble {
  /** Of the sandbox, for the label that plays it. */
  trouble: string
  cause: string
}

const TROUBLES: Record<string, Trouble> = {
  'an image that is not there': { trouble: 'image-pull', cause: 'image-pull' },
  'a server that ends again and again': { trouble: 'crash-loop', cause: 'crash-loop' },
}

/** An image is asked for again and again before that is given up, and the machine may be busy. */
const EARLY_SECONDS = 150

for (const [what, { trouble, cause }] of Object.entries(TROUBLES)) {
  kserve(`K3, K9 · ${what}: told early, and the revision before still serves`, async t => {
    const { expect, edit, commit, service, slipway } = await aProject(t)
    await expect(0, 'apply', '--yes')
    const [plain, troubled] = [
      '{name: chat}',
      `{name: chat, labels: {sandbox.slipway.dev/trouble: ${trouble}}}`,
    ]
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    await edit('endpoints/chat.yaml', plain, troubled)
    await commit('A version that does not start')
    const begun = Date.now()
    const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '10m')
    const seconds = (Date.now() - begun) / 1000
    t.true(seconds < EARLY_SECONDS, `${seconds} s`)
    // KServe tells it a moment after the pod has failed.
    await eventually(async () => newestOf(await service()) === 'chat-predictor-00002')
    t.regex(stderr, /pod chat-predictor-00002-deployment-/)
    t.regex(stderr, STILL_SERVES)
    const { stdout } = await slipway('status', '-o', 'json')
    t.regex(stdout, new RegExp(`"cause": ?"${cause}"`))
    t.regex(stdout, STILL_SERVES)
    t.notRegex(stdout, /"state": ?"ready"/)
    await edit('endpoints/chat.yaml', troubled, plain)
    await commit('One that does')
    await expect(0, 'apply', '--yes')
    await eventually(async () => newestOf(await service()) === 'chat-predictor-00003')
  })
}

kserve('K3, K9 · pods that a quota refuses are waited for, then told', async t => {
  const { expect, edit, commit, kubectl, namespace } = await aProject(t)
  await expect(0, 'apply', '--yes')
  const spec = { hard: { pods: '1' } }
  const metadata = { name: 'few', namespace }
  await kubectl.apply({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec })
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('One more')
  const begun = Date.now()
  const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '10m')
  t.true(Date.now() - begun > 25_000)
  t.regex(stderr, /the quota few leaves no room/)
  t.regex(stderr, STILL_SERVES)
})

kserve(
  'K3, K9 · a pod that gets no node is waited for, and told with what it waits for',
  async t => {
    const { expect, edit, commit } = await aProject(t)
    await expect(0, 'apply', '--yes')
    await edit('endpoints/chat.yaml', 'cpu: 100m', 'cpu: 9000')
    await commit('More than any node has')
    const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '15s')
    t.regex(stderr, /pod chat-predictor-00002-deployment-\S+ waits for/)
    t.regex(stderr, STILL_SERVES)
  },
)

kserve('K9 · what nobody asks goes to zero, and is ready there', async t => {
  const { expect, kubectl, namespace } = await aProject(t, '  scaling: { min: 0, max: 1 }\n')
  await expect(0, 'apply', '--yes')
  const pods = async () => (await kubectl.list('pods', namespace)).length
  await eventually(async () => (await pods()) === 0)
  const { stdout } = await expect(0, 'status', '-o', 'json')
  t.regex(stdout, /"state": ?"ready"/)
  await expect(0, 'diff', '--exit-code')
  const smoke = await expect(1, 'smoke')
  t.regex(smoke.stdout, /chat is scaled to zero: there is no pod to ask until a request comes/)
  await expect(0, 'apply', '--yes', '--smoke')
})

const FILE = 'endpoints/chat.yaml'

kserve('W3, K9 · a share of the requests, promoted; another one given up', async t => {
  const { expect, edit, commit, service, kubectl, namespace } = await aProject(t)
  const applied = () => sharesDuring(expect(0, 'apply', '--yes'), service)
  const uids = async () => uidsOf(await kubectl.list('pods', namespace))
  await applied()
  await edit(FILE, SERVERLESS, SERVERLESS + canary('v2'))
  await commit('Try v2')
  await applied()
  t.deepEqual(sharesOf(await service()), { [named(1)]: 90, [named(2)]: 10 })
  const status = await expect(0, 'status', '-o', 'json')
  t.regex(status.stdout, /"weight": ?10/)
  t.regex(status.stdout, /"name": ?"chat-predictor-00002"/)

  await expect(0, 'canary', 'weight', 'chat', '--percent', '50', '--yes')
  const plan = await expect(0, 'diff')
  t.regex(plan.stdout, /restarts no pods/)
  await applied()
  t.deepEqual(sharesOf(await service()), { [named(1)]: 50, [named(2)]: 50 })

  const loaded = (await uids()).get(named(2))
  t.truthy(loaded)
  await expect(0, 'canary', 'promote', 'chat', '--yes')
  await applied()
  t.deepEqual(sharesOf(await service()), { [named(2)]: 100 })
  t.is((await uids()).get(named(2)), loaded)

  const rendered = (await expect(0, 'render')).stdout
  await edit(FILE, SERVERLESS, SERVERLESS + canary('v3'))
  await commit('Try v3')
  await applied()
  t.deepEqual(sharesOf(await service()), { [named(2)]: 90, [named(3)]: 10 })

  await expect(0, 'canary', 'abort', 'chat', '--yes')
  t.is((await expect(0, 'render')).stdout, rendered)
  const seen = await applied()
  t.deepEqual(sharesOf(await service()), { [named(4)]: 100 })
  t.deepEqual(
    seen.filter(shares => (shares[named(3)] ?? 0) > 10),
    [],
  )
  await expect(0, 'diff', '--exit-code')
})

kserve(
  'W3, K9 · given up with all requests, a candidate serves until what served before is there',
  async t => {
    const { expect, edit, commit, service } = await aProject(t)
    const applied = () => sharesDuring(expect(0, 'apply', '--yes'), service)
    await applied()
    await edit(FILE, SERVERLESS, SERVERLESS + canary('v2'))
    await commit('Try v2')
    await applied()
    await expect(0, 'canary', 'weight', 'chat', '--percent', '100', '--yes')
    await applied()
    t.deepEqual(sharesOf(await service()), { [named(2)]: 100 })
    await expect(0, 'canary', 'abort', 'chat', '--yes')
    t.regex(
      (await expect(0, 'diff')).stdout,
      /it serves all requests until a new revision is ready/,
    )
    const seen = await applied()
    t.deepEqual(sharesOf(await service()), { [named(3)]: 100 })
    t.deepEqual(
      seen.filter(shares => (shares[named(1)] ?? 0) > 0),
      [],
    )
    await expect(0, 'diff', '--exit-code')
  },
)

const named = (number: number) => `chat-predictor-0000${number}`
const canary = (version: string) =>
  `  canary:\n    weight: 10\n    image: registry.example.com/chat:${version}\n`

type Shares = Record<string, number>

interface Target {
  revisionName: string
  percent?: number
}

function sharesOf(service: KubeObject | undefined): Shares {
  const traffic = at(service, 'status', 'components', 'predictor', 'traffic') as
    | Target[]
    | undefined
  const shown = (traffic ?? []).filter(({ percent = 0 }) => percent > 0)
  return Object.fromEntries(shown.map(({ revisionName, percent = 0 }) => [revisionName, percent]))
}

/** What is seen of them until the work is done. */
async function sharesDuring(
  work: Promise<unknown>,
  service: () => Promise<KubeObject | undefined>,
): Promise<Shares[]> {
  const seen: Shares[] = []
  const done = new AbortController()
  const ended = work.finally(() => done.abort())
  while (!done.signal.aborted) {
    // oxlint-disable-next-line no-await-in-loop
    seen.push(sharesOf(await service().catch(() => undefined)))
  }
  await ended
  return seen
}

/** Of the pods of each revision. */
function uidsOf(pods: readonly KubeObject[]): Map<string | undefined, string | undefined> {
  return new Map(
    pods.map(({ metadata }) => [metadata.labels?.['serving.knative.dev/revision'], metadata.uid]),
  )
}
