import test from 'ava'
import type { ExecutionContext } from 'ava'
import { at, text } from '../../src/object/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject, endpointText } from '../support/deployed-project.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'
import type { Knative } from './knative.ts'
import { startKnative } from './knative.ts'

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
    t.regex(stdout, /✓  chat .* ready\n/)
  },
)

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
  kserve(`K3, K9 · ${what}: told early, and never ready by the revision before`, async t => {
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
    const { stdout } = await slipway('status', '-o', 'json')
    t.regex(stdout, new RegExp(`"cause": ?"${cause}"`))
    t.notRegex(stdout, /"state": ?"ready"/)
    await edit('endpoints/chat.yaml', troubled, plain)
    await commit('One that does')
    await expect(0, 'apply', '--yes')
    await eventually(async () => newestOf(await service()) === 'chat-predictor-00003')
  })
}

kserve('K9 · what nobody asks goes to zero, and is ready there', async t => {
  const { expect, kubectl, namespace } = await aProject(t, '  scaling: { min: 0, max: 1 }\n')
  await expect(0, 'apply', '--yes')
  const pods = async () => (await kubectl.list('pods', namespace)).length
  await eventually(async () => (await pods()) === 0)
  const { stdout } = await expect(0, 'status', '-o', 'json')
  t.regex(stdout, /"state": ?"ready"/)
  await expect(0, 'diff', '--exit-code')
})
