import anyTest from 'ava'
import type { ExecutionContext, TestFn } from 'ava'
import { startKserve, stopKserve } from '../../src/sandbox/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What the real KServe controller does when something is wrong, and what slipway says of it. */

const test = anyTest as TestFn<{ sandbox: Sandbox }>
const { kserve } = sandboxTest(test)

type Context = ExecutionContext<{ sandbox: Sandbox }>

/** Endpoints that KServe serves; `spec` is indented by two. */
async function served(t: Context, specs: Record<string, string>) {
  const project = await deployedProject(t, {}, 'createNamespace: true, kserve: {version: 0.16.0}')
  for (const [name, spec] of Object.entries(specs)) {
    await project.write(
      `endpoints/${name}.yaml`,
      `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: ${name}}
spec:
  runtime: kserve
  image: registry.example.com/${name}:v1
  resources: {cpu: 100m, memory: 128Mi}
  shutdown: {gracePeriod: 10s, preStop: {sleep: 1s}}
${spec}`,
    )
  }
  return project
}

kserve(
  'K6 · a controller that is down is named, with the way to see it and the way without it',
  async t => {
    const { expect, kubectl, namespace } = await served(t, { chat: '' })
    await expect(0, 'apply', '--yes')
    const { name } = t.context.sandbox
    await stopKserve({ name })
    try {
      const { stderr } = await expect(1, 'delete', 'chat', '--yes', '--delete-timeout', '3s')
      t.regex(stderr, /finalizer/)
      t.regex(stderr, /inferenceservice\.finalizers/)
      t.regex(stderr, /kserve-controller-manager|KServe controller/)
      const force = ['--delete-timeout', '1s', '--force-finalizers']
      const forced = await expect(1, 'delete', 'chat', '--yes', ...force)
      t.regex(forced.stderr, /force did not help: the admission webhook "inferenceservice\./)
    } finally {
      await startKserve({ name })
    }
    await eventually(
      async () => (await kubectl.get('inferenceservice', 'chat', namespace)) === undefined,
    )
  },
)

kserve(
  'K6 · a webhook that is down is told and tried again; the apply goes on when the manager is back',
  async t => {
    const { start, expect, kubectl, namespace } = await served(t, { chat: '' })
    const { name } = t.context.sandbox
    await stopKserve({ name })
    try {
      const apply = start('apply', '--yes', '--timeout', '10m')
      await apply.says(
        /the admission webhook inferenceservice\.kserve-webhook-server\.\S+ cannot be called/,
      )
      await startKserve({ name })
      const { code, stderr } = await apply.ended
      t.is(code, 0, stderr)
    } finally {
      await startKserve({ name })
    }
    t.truthy(await kubectl.get('inferenceservice', 'chat', namespace))
    const { stdout } = await expect(0, 'status')
    t.regex(stdout, /chat +kserve .* ready/)
  },
)

kserve(
  'K6 · a webhook that stays down is explained when the time is over, and nothing is written',
  async t => {
    const { expect, kubectl, namespace } = await served(t, { chat: '' })
    await kubectl('create', 'namespace', namespace)
    const { name } = t.context.sandbox
    await stopKserve({ name })
    try {
      const { stderr } = await expect(2, 'apply', '--yes', '--timeout', '3s')
      t.regex(stderr, /inferenceservice\.kserve-webhook-server\.\S+" cannot be called/)
      t.regex(stderr, /connection refused/)
      t.regex(stderr, /kubectl get pods -A -l control-plane=kserve-controller-manager/)
      t.regex(stderr, /runtime: deployment/)
      t.is(await kubectl.get('inferenceservice', 'chat', namespace), undefined)
    } finally {
      await startKserve({ name })
    }
  },
)

kserve('K3, K10 · a foreign Deployment in the way of KServe is named from its event', async t => {
  const { expect, kubectl, namespace } = await served(t, { chat: '' })
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
    const { expect, kubectl, namespace, edit } = await served(t, { chat: '' })
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
)

kserve(
  'K3 · a crash loop behind an InferenceService is named though its conditions do not say it',
  async t => {
    const { expect } = await served(t, {
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
