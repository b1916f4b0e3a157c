import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { status } from '../../src/sandbox/index.ts'
import { startKserve, stopKserve } from '../support/sandbox-trouble.ts'
import { findings } from '../support/doctor-findings.ts'
import { acceptanceOf } from '../support/gateway.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { kserveProject } from '../support/kserve-project.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** KServe's controller beside kinds of others; and when it, which answers its webhooks, too, or its kinds are gone: what slipway says and does. */

const { kserve } = sandboxTest({ addons: ['gateway-api', 'keda'] })

const BY_LOAD = '  scaling: {min: 1, max: 3, cpu: 70}\n'
const BY_QUEUE = `  scaling:
    min: 1
    max: 3
    queue: {preset: vllm-waiting, prometheus: {serverAddress: 'http://prometheus.monitoring:9090'}, target: 4}
`

const run = promisify(execFile)

kserve('K6 · InferenceServices become Ready; without the controller they are refused', async t => {
  const own = t.context.sandbox
  const kubectl = kubectlFor(own)
  await kubectl.apply({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'one', namespace: 'default' },
    spec: { predictor: { containers: [{ name: 'kserve-container', image: 'example.com/c:1' }] } },
  })
  await kubectl('wait', '--for=condition=Ready', 'isvc/one', '--timeout=90s')
  await stopKserve({ name: own.name })
  t.like(status({ name: own.name }), { state: 'running', kserve: 'stopped' })
  const { stderr } = await t.throwsAsync<Error & { stderr: string }>(
    run(own.kubectl, ['--kubeconfig', own.kubeconfig, 'label', 'isvc/one', 'a=b']),
  )
  t.regex(stderr, /failed calling webhook .* connection refused/)
  await startKserve({ name: own.name })
  await kubectl('delete', 'isvc/one', '--cascade=foreground', '--timeout=90s')
  t.deepEqual(await kubectl.list('isvc,deployments,pods', 'default'), [])
})

kserve('W4 · from one class of autoscaler to another, KServe’s old one goes', async t => {
  const project = await kserveProject(t, { chat: BY_LOAD })
  const { expect, edit, commit, kubectl, namespace } = project
  const scalers = async () => {
    const kinds = ['horizontalpodautoscaler', 'scaledobject']
    const found = await Promise.all(
      kinds.map(async kind => (await kubectl.get(kind, 'chat-predictor', namespace)) && kind),
    )
    return found.filter(kind => kind !== undefined)
  }
  await expect(0, 'apply', '--yes')
  t.deepEqual(await scalers(), ['horizontalpodautoscaler'])
  for (const [from, to, scaler] of [
    [BY_LOAD, BY_QUEUE, 'scaledobject'],
    [BY_QUEUE, BY_LOAD, 'horizontalpodautoscaler'],
  ] as const) {
    await edit('endpoints/chat.yaml', from, to)
    await commit(`By ${scaler}`)
    const { stdout } = await expect(0, 'diff')
    t.regex(stdout, /chat-predictor/)
    await expect(0, 'apply', '--yes')
    await eventually(async () => (await scalers()).join() === scaler)
    t.regex((await expect(0, 'diff', '-o', 'json')).stdout, /"endpoints": \[\]/)
  }
})

kserve('W2 · beside a route of slipway’s, KServe makes no way in of its own', async t => {
  const route = '  route: {host: chat.example.com, gateway: {name: shared}}\n'
  const project = await kserveProject(t, { chat: route, plain: '' })
  const { start, kubectl, namespace } = project
  const apply = start('apply', '--yes')
  await eventually(async () => {
    const live = await kubectl.get('httproute', 'chat-route', namespace)
    if (live !== undefined) await kubectl(...acceptanceOf(live, namespace))
    return live !== undefined
  })
  const { code, stderr } = await apply.ended
  t.is(code, 0, stderr)
  const ways = await kubectl('get', 'ingress,httproute', '-n', namespace, '-o', 'name')
  t.regex(ways, /httproute\.\S+\/chat-route/)
  t.regex(ways, /\/plain/)
  t.notRegex(ways, /\/chat(-predictor)?\n/)
})

kserve(
  'K6 · a controller that is down is named, with the way to see it and the way without it',
  async t => {
    const { expect, kubectl, namespace } = await kserveProject(t, { chat: '' })
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
    const { start, expect, kubectl, namespace } = await kserveProject(t, { chat: '' })
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
    const { expect, kubectl, namespace } = await kserveProject(t, { chat: '' })
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

kserve(
  'K6, K7 · KServe: mode, version against the declared one, webhooks that answer or not',
  async t => {
    const environment = 'createNamespace: true, kserve: {version: 0.15.2}'
    const project = await kserveProject(t, { chat: '' }, environment)
    await project.kubectl('create', 'namespace', project.namespace)
    const well = await findings(project, 0)
    t.is(well['KServe']?.state, 'ok')
    t.is(well['KServe webhooks']?.state, 'ok')
    t.regex(well['KServe default mode']?.message ?? '', /^Standard;/)
    t.is(well['KServe version']?.state, 'warning')
    const told = `v${testedVersions.kserve} is installed, 0.15.2 is declared`
    t.is(well['KServe version']?.message, told)
    const { name } = t.context.sandbox
    await stopKserve({ name })
    try {
      const down = await findings(project, 1)
      t.is(down['KServe webhooks']?.state, 'missing')
      t.regex(down['KServe webhooks']?.message ?? '', /connection refused/)
      t.regex(down['KServe webhooks']?.remedy ?? '', /controller runs/)
    } finally {
      await startKserve({ name })
    }
  },
)

// The last one: KServe's kinds are gone then.
kserve(
  "K7 · KServe's definitions removed in the middle of an apply: it ends, and says so",
  async t => {
    t.timeout(600_000)
    const { start, expect, edit, commit, kubectl } = await kserveProject(t, { chat: '' })
    const trouble = '{name: chat, labels: {sandbox.slipway.dev/trouble: never-ready}}'
    await edit('endpoints/chat.yaml', '{name: chat}', trouble)
    await commit('It never becomes ready')
    const apply = start('apply', '--yes', '--timeout', '10m')
    await apply.says(/chat: .*(not ready|waiting)/)
    await kubectl('delete', 'crd', 'inferenceservices.serving.kserve.io', '--timeout=120s')
    const { code, stderr, stdout } = await apply.ended
    const told = /the API server does not serve InferenceService in serving\.kserve\.io\/v1beta1/
    t.is(code, 2, stderr)
    t.regex(stderr, told)
    t.notRegex(stderr + stdout, /bug in slipway|page not found/)
    const next = await expect(2, 'apply', '--yes')
    t.regex(next.stderr, /the cluster does not know the kind InferenceService/)
  },
)
