import anyTest from 'ava'
import type { TestFn } from 'ava'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { kserveProject } from '../support/kserve-project.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What the real KServe controller does when something is wrong, and what slipway says of it. */

const test = anyTest as TestFn<{ sandbox: Sandbox }>
const { kserve } = sandboxTest(test)

kserve('K3, K10 · a foreign Deployment in the way of KServe is named from its event', async t => {
  const { expect, kubectl, namespace } = await kserveProject(t, { chat: '' })
  await kubectl('create', 'namespace', namespace)
  await kubectl('create', 'deployment', 'chat-predictor', '--image=x', '-n', namespace)
  const start = Date.now()
  const { stderr, code } = await expect(1, 'apply', '--yes', '--timeout', '10m')
  t.is(code, 1)
  t.true(Date.now() - start < 120_000, 'long before the deadline')
  t.regex(stderr, /a Deployment chat-predictor that KServe did not make is in its way/)
  t.regex(stderr, /delete or rename that Deployment, or rename the endpoint/)
})

kserve(
  'K3, K10 · the legacy annotation: the update that it blocks is explained, with the cure',
  async t => {
    const { expect, kubectl, namespace, edit } = await kserveProject(t, { chat: '' })
    await expect(0, 'apply', '--yes')
    const mode = 'serving.kserve.io/deploymentMode'
    // As a client of KServe 0.15 would have written it.
    await kubectl('delete', 'inferenceservice', 'chat', '-n', namespace, '--timeout=90s')
    await kubectl.apply({
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: { name: 'chat', namespace, annotations: { [mode]: 'RawDeployment' } },
      spec: {
        predictor: {
          containers: [{ name: 'kserve-container', image: 'registry.example.com/old:v1' }],
        },
      },
    })
    const status = ['get', 'inferenceservice', 'chat', '-n', namespace, '-o', 'json']
    await eventually(async () => /"deploymentMode": "Standard"/.test(await kubectl(...status)))
    await kubectl('delete', 'inferenceservice', 'chat', '-n', namespace, '--wait=false')
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    const { stderr } = await expect(
      1,
      'apply',
      '--yes',
      '--timeout',
      '5s',
      '--delete-timeout',
      '5s',
    )
    t.regex(stderr, /RawDeployment/)
    t.regex(stderr, /kubectl .*annotate --overwrite .*deploymentMode=Standard/)
    await kubectl(
      'annotate',
      '--overwrite',
      'inferenceservice',
      'chat',
      '-n',
      namespace,
      `${mode}=Standard`,
    )
  },
  { before: '0.17' },
)

kserve(
  'K10 · the legacy annotation: a newer KServe corrects it, and the next apply takes the object over',
  async t => {
    const { expect, kubectl, namespace } = await kserveProject(t, { chat: '' })
    await expect(0, 'apply', '--yes')
    const mode = 'serving.kserve.io/deploymentMode'
    const legacy = `${mode}=RawDeployment`
    await kubectl('annotate', '--overwrite', 'inferenceservice', 'chat', '-n', namespace, legacy)
    const found = await kubectl.get('inferenceservice', 'chat', namespace)
    t.is(found?.metadata.annotations?.[mode], 'Standard')
    await expect(0, 'apply', '--yes')
    await expect(0, 'delete', 'chat', '--yes')
    t.is(await kubectl.get('inferenceservice', 'chat', namespace), undefined)
  },
  { from: '0.17' },
)

kserve(
  'K3 · a crash loop behind an InferenceService is named though its conditions do not say it',
  async t => {
    const { expect } = await kserveProject(t, {
      chat: `  patches:
    - target: {kind: InferenceService}
      merge: {metadata: {labels: {sandbox.slipway.dev/trouble: crash-loop}}}
`,
    })
    const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '2m')
    t.regex(stderr, /container kserve-container of pod chat-predictor-\S+ keeps ending/)
    t.regex(stderr, /exit code 1: an error of the application/)
  },
)
