import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deployedProject } from '../support/deployed-project.ts'
import type { KubeObject } from '../../src/object/index.ts'
import type { Kubectl } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

const { serial, kserve } = sandboxTest()

const RICH = `  port: 9000
  env: {LOG_LEVEL: info, TOKEN: {secret: hf, key: token, optional: true}}
  replicas: 2
  loadTime: 2m
  networkPolicy: {}
  ingress: {host: chat.example.com}
`

serial('R7 · import of what was applied gives the same file, and nothing to apply', async t => {
  const project = await deployedProject(t, { chat: RICH })
  await project.expect(0, 'apply', '--yes')
  const { stdout: before } = await project.expect(0, 'render')
  await project.remove('endpoints/chat.yaml')
  await project.write('endpoints/other.yaml', OTHER)
  const { stdout } = await project.expect(0, 'import', 'deployment', 'chat')
  t.is(stdout, 'endpoints/chat.yaml\nThe spec renders to exactly what is live.\n')
  await project.remove('endpoints/other.yaml')
  const after = await project.expect(0, 'render')
  t.is(after.stdout, before)
  const diff = await project.expect(0, 'diff', '--exit-code')
  t.is(diff.code, 0)
  const again = await project.expect(2, 'import', 'deployment', 'chat')
  t.regex(again.stderr, /endpoints\/chat\.yaml already exists/)
})

serial('R7 · import of somebody’s Deployment says field by field what would change', async t => {
  const project = await deployedProject(t, { other: '' })
  const { namespace, kubectl } = project
  await kubectl('create', 'namespace', namespace)
  await kubectl.apply(foreign(namespace))
  const { stdout } = await project.expect(0, 'import', 'deployment', 'iris', '-n', namespace)
  t.regex(stdout, /Deployment\/.*\/iris\n/)
  t.regex(stdout, /spec\.minReadySeconds: 7 has no field in the spec/)
  t.regex(stdout, /spec\.selector\.matchLabels\.app: iris has no field in the spec/)
  t.notRegex(stdout, /is new/)
  const text = await readFile(join(project.directory, 'endpoints/iris.yaml'), 'utf8')
  t.regex(text, /image: registry\.example\.com\/iris:3/)
  t.regex(text, /podSecurity: false/)
  t.regex(text, /memory: 64Mi/)
  const missing = await project.expect(2, 'import', 'deployment', 'nothing', '-n', namespace)
  t.regex(missing.stderr, /there is no Deployment "nothing"/)
})

serial(
  'A1 · what is imported is adopted as it runs: the same pods, behind the same Service, with what they read',
  async t => {
    const project = await deployedProject(t, { other: '' })
    const { namespace, kubectl } = project
    await kubectl('create', 'namespace', namespace)
    await kubectl.applyClientSide(prompts(namespace))
    await kubectl.applyClientSide(pair(namespace))
    await kubectl.applyClientSide(front(namespace))
    await kubectl('rollout', 'status', 'deployment/pair', '-n', namespace, '--timeout=120s')
    const before = await podsOf(kubectl, namespace)
    const { stdout } = await project.expect(0, 'import', 'deployment', 'pair', '--objects')
    t.regex(stdout, /^endpoints\/pair\.yaml\nendpoints\/pair\.objects\/configmap-prompts\.yaml\n/)
    t.regex(stdout, /The model server is container model: the others are proxies, agents or tools/)
    await project.remove('endpoints/other.yaml')
    const { stdout: unapplied } = await project.expect(0, 'status')
    t.regex(unapplied, /pair .*ready: running, not applied yet/)
    const { stdout: plan } = await project.expect(0, 'diff')
    t.regex(plan, /restarts no pods; downtime: no/)
    t.regex(plan, /ConfigMap\/\S+\/prompts/)
    await project.expect(0, 'apply', '--yes')
    t.deepEqual(await podsOf(kubectl, namespace), before)
    const live = await kubectl.get('deployment', 'pair', namespace)
    t.deepEqual(containersOf(live), ['envoy', 'model'])
    await project.expect(0, 'diff', '--exit-code')
    const { stdout: now } = await project.expect(0, 'status', '-o', 'json')
    const [seen] = (JSON.parse(now) as { endpoints: { phases?: unknown[] }[] }).endpoints
    t.truthy(seen?.phases, 'its pods are found without a label of slipway')
    const { stdout: asked } = await project.expect(0, 'smoke', 'pair')
    t.notRegex(asked, /has no pod that is ready/)
  },
)

serial(
  'A2 · an import that cannot tell the model server, or would lose, writes nothing',
  async t => {
    const project = await deployedProject(t, { other: '' })
    const { namespace, kubectl } = project
    await kubectl('create', 'namespace', namespace)
    const unclear = pair(namespace, 'registry.example.com/own/gateway:1')
    await kubectl.applyClientSide(unclear)
    const refused = await project.expect(2, 'import', 'deployment', 'pair')
    t.regex(
      refused.stderr,
      /which container of Deployment\/\S+\/pair serves the model is not clear/,
    )
    t.regex(refused.stderr, /--container envoy or --container model/)
    t.false(existsSync(join(project.directory, 'endpoints/pair.yaml')))
    await project.expect(2, 'import', 'deployment', 'pair', '--container', 'none')
    const { stdout } = await project.expect(
      0,
      'import',
      'deployment',
      'pair',
      '--container',
      'model',
    )
    t.regex(stdout, /Kept by patches:\n/)
  },
)

kserve('A2 · a model without a serving runtime in the catalogue is not imported', async t => {
  const project = await deployedProject(t, { other: '' })
  const { namespace, kubectl } = project
  await kubectl('create', 'namespace', namespace)
  const model = { modelFormat: { name: 'sklearn' }, storageUri: 'gs://example/model' }
  await kubectl.applyClientSide({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'iris', namespace },
    spec: { predictor: { model } },
  })
  const { stderr } = await project.expect(1, 'import', 'inferenceservice', 'iris')
  t.regex(stderr, /no catalogue of serving runtimes/)
  t.false(existsSync(join(project.directory, 'endpoints/iris.yaml')))
})

kserve(
  'A1 · an InferenceService is adopted with its transformer and the same pods, is known without a label, and goes with its file',
  async t => {
    const project = await deployedProject(t, { other: '' })
    const { namespace, kubectl } = project
    await kubectl('create', 'namespace', namespace)
    const container = (name: string) => ({ name, image: `registry.example.com/${name}:1` })
    await kubectl.applyClientSide({
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: { name: 'iris', namespace, labels: { tier: 'models' } },
      spec: {
        predictor: { minReplicas: 1, containers: [container('kserve-container')] },
        transformer: { minReplicas: 1, containers: [container('kserve-container')] },
      },
    })
    const isReady = ['wait', '--for=condition=Ready', 'inferenceservice/iris', '--timeout=180s']
    await kubectl(...isReady, '-n', namespace)
    const before = await podsOf(kubectl, namespace)
    const { stderr } = await project.expect(0, 'import', 'inferenceservice', 'iris')
    t.notRegex(stderr, /transformer|error/)
    await project.expect(0, 'apply', '--yes')
    const live = await kubectl.get('inferenceservice', 'iris', namespace)
    t.deepEqual(live?.metadata.labels, { tier: 'models' })
    t.true('transformer' in Object(live?.['spec']))
    const after = await podsOf(kubectl, namespace)
    t.deepEqual(
      before.filter(uid => !after.includes(uid)),
      [],
    )
    await project.expect(0, 'diff', '--exit-code')
    const { stdout } = await project.expect(0, 'status', 'iris')
    t.regex(stdout, /iris\s.*ready/)
    await project.remove('endpoints/iris.yaml')
    await project.expect(0, 'apply', '--yes')
    t.is(await kubectl.get('inferenceservice', 'iris', namespace), undefined)
  },
)

kserve(
  'R7 · import of a live InferenceService gives the same file, and nothing to apply',
  async t => {
    const project = await deployedProject(t, {
      chat: '  scaling: {min: 1, max: 2, cpu: 70}\n  loadTime: 2m\n',
    })
    await project.edit('endpoints/chat.yaml', 'runtime: deployment', 'runtime: kserve')
    await project.expect(0, 'apply', '--yes')
    const { stdout: before } = await project.expect(0, 'render')
    await project.remove('endpoints/chat.yaml')
    await project.write('endpoints/other.yaml', OTHER)
    const { stdout } = await project.expect(0, 'import', 'inferenceservice', 'chat')
    t.regex(stdout, /^endpoints\/chat\.yaml\n/)
    await project.remove('endpoints/other.yaml')
    const after = await project.expect(0, 'render')
    t.is(after.stdout, before)
    await project.expect(0, 'diff', '--exit-code')
  },
)

const OTHER = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: other}
spec: {image: registry.example.com/other:v1}
`

function foreign(namespace: string): object {
  const labels = { app: 'iris' }
  const container = {
    name: 'server',
    image: 'registry.example.com/iris:3',
    ports: [{ containerPort: 8080 }],
    resources: { requests: { memory: '64Mi' }, limits: { memory: '64Mi' } },
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'iris', namespace },
    spec: {
      replicas: 1,
      minReadySeconds: 7,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  }
}

/** A proxy, and the model server that it stands before. */
function pair(namespace: string, proxy = 'registry.example.com/envoyproxy/envoy:v1'): object {
  const labels = { app: 'pair', tier: 'models' }
  const containers = [
    { name: 'envoy', image: proxy, ports: [{ name: 'http', containerPort: 8443 }] },
    {
      name: 'model',
      image: 'registry.example.com/own/model:3',
      ports: [{ containerPort: 8080 }],
      env: [{ name: 'THREADS', value: '4' }],
      envFrom: [{ configMapRef: { name: 'prompts' } }],
      readinessProbe: { tcpSocket: { port: 8080 } },
      volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
    },
  ]
  const volumes = [{ name: 'scratch', emptyDir: {} }]
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'pair', namespace, labels: { team: 'vision' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'pair' } },
      template: { metadata: { labels }, spec: { containers, volumes } },
    },
  }
}

function prompts(namespace: string): object {
  const metadata = { name: 'prompts', namespace }
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { SYSTEM: 'Be brief.' } }
}

function front(namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'front', namespace },
    spec: { selector: { tier: 'models' }, ports: [{ port: 80, targetPort: 'http' }] },
  }
}

/** UIDs of those that front leads to. */
async function podsOf(kubectl: Kubectl, namespace: string): Promise<string[]> {
  const pods = await kubectl.list('pods', namespace)
  const behind = pods.filter(({ metadata }) => metadata.labels?.['tier'] === 'models')
  return behind.map(({ metadata }) => metadata.uid ?? '').toSorted()
}

function containersOf(deployment: KubeObject | undefined): unknown {
  const { template } = Object(deployment?.['spec']) as {
    template: { spec: { containers: { name: string }[] } }
  }
  return template.spec.containers.map(({ name }) => name)
}
