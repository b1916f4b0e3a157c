import { parse } from 'yaml'
import type { KubeObject } from '../../src/object/index.ts'
import type { Kubectl } from '../support/kubectl.ts'
import { kserveProject } from '../support/kserve-project.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What the real KServe controller does when something is wrong, and what slipway says of it. */

const { kserve } = sandboxTest()

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

const SERVING_RUNTIME = `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: {name: forest-server}
spec:
  supportedModelFormats: [{name: forest, version: "1", autoSelect: true, priority: 1}]
  protocolVersions: [v1]
  containers:
    - name: kserve-container
      image: registry.example.com/forest:1.0.0
      args: ["--name={{.Name}}", --port=8080]
      env: [{name: LEVEL, value: info}, {name: TEAM, value: "{{.Labels.team}}"}]
      resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
`
const FORMAT_ENDPOINT = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: trees, labels: {team: pricing}}
spec:
  runtime: kserve
  model:
    format: forest
    uri: s3://models/trees
    fetch: {image: "registry.example.com/fetch:1.0.0"}
  args: [--trees=9]
  env: {LEVEL: debug}
  shutdown: {gracePeriod: 10s, preStop: {sleep: 1s}}
`

interface Template {
  template: { spec: { containers: { image: string; args: string[]; env: Variable[] }[] } }
}
interface Variable {
  name: string
  value?: string
}

kserve(
  'M1, M2 · a model format is served by KServe and without it, by the same container',
  async t => {
    const { expect, kubectl, namespace, write, edit } = await kserveProject(t, {})
    await write('serving-runtimes/forest.yaml', SERVING_RUNTIME)
    await write('endpoints/trees.yaml', FORMAT_ENDPOINT)
    await kubectl('create', 'namespace', namespace)
    await kubectl.apply({
      ...(parse(SERVING_RUNTIME) as KubeObject),
      metadata: { name: 'forest-server', namespace },
    })
    await expect(0, 'apply', '--yes')
    await expect(0, 'diff', '--exit-code')
    const served = await containerOf('trees-predictor')
    await edit('endpoints/trees.yaml', 'runtime: kserve', 'runtime: deployment')
    await expect(0, 'apply', '--yes')
    await expect(0, 'diff', '--exit-code')
    t.deepEqual(await containerOf('trees'), served)
    t.deepEqual(served, {
      image: 'registry.example.com/forest:1.0.0',
      args: ['--name=trees', '--port=8080', '--trees=9'],
      env: [
        { name: 'LEVEL', value: 'debug' },
        { name: 'TEAM', value: 'pricing' },
      ],
    })

    /** Without what KServe tells every server. */
    async function containerOf(deployment: string) {
      const found = await kubectl.get('deployment', deployment, namespace)
      const spec = found?.['spec'] as Template | undefined
      const [container] = spec?.template.spec.containers ?? []
      const env = container?.env.filter(({ name }) => name !== 'INFERENCE_SERVICE_NAME')
      return { image: container?.image, args: container?.args, env }
    }
  },
)

// Beside policies that change what KServe writes: here the API server's own, in clusters often Kyverno's.

const PINNED = 'registry.example.com/chat@sha256:'

/** From there on, MutatingAdmissionPolicy is served without being asked for. */
const POLICIES = { kubernetesFrom: '1.36' }

kserve(
  'K3 · a policy that pins images keeps no InferenceService from being ready',
  async t => {
    const { expect, kubectl, namespace, edit } = await kserveProject(t, { chat: '' })
    await kubectl('create', 'namespace', namespace)
    const expression = [
      '[JSONPatch{op: "replace", path: "/spec/template/spec/containers/0/image", value: ',
      'object.spec.template.spec.containers[0].image.contains("@")',
      '  ? object.spec.template.spec.containers[0].image',
      `  : "${PINNED}" + (object.spec.template.spec.containers[0].image.endsWith("v2") ? "${'b2'.repeat(32)}" : "${'a1'.repeat(32)}")`,
      '}]',
    ]
    await mutateDeployments(kubectl, namespace, { expression, mark: PINNED })
    await expect(0, 'apply', '--yes', '--timeout', '90s')
    const messageOf = async () => {
      const { stdout } = await expect(0, 'status', '-o', 'json')
      const [seen] = (JSON.parse(stdout) as { endpoints: { message: string }[] }).endpoints
      return seen?.message ?? ''
    }
    t.true((await messageOf()).includes(`admission made ${PINNED}a1a1`))
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    await expect(0, 'apply', '--yes', '--timeout', '90s')
    t.true((await messageOf()).includes(`admission made ${PINNED}b2b2`))
  },
  POLICIES,
)

kserve(
  'K3 · what a policy takes away is named with who may do it',
  async t => {
    const { expect, kubectl, namespace } = await kserveProject(t, { chat: '  args: [--trace]\n' })
    await kubectl('create', 'namespace', namespace)
    const expression = [
      '[JSONPatch{op: "add", path: "/spec/template/spec/containers/0/args", value: ["--quiet"]}]',
    ]
    await mutateDeployments(kubectl, namespace, { expression, mark: '--quiet' })
    const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '45s')
    t.regex(stderr, /its containers\[0\]\.args is not what was asked for: an admission policy/)
    t.regex(stderr, /kubectl get mutatingadmissionpolicies,mutatingwebhookconfigurations/)
  },
  POLICIES,
)

/** In force when this resolves: some time after it is there, what is written has the mark. */
async function mutateDeployments(
  kubectl: Kubectl,
  namespace: string,
  { expression, mark }: { expression: readonly string[]; mark: string },
): Promise<void> {
  const apiVersion = 'admissionregistration.k8s.io/v1'
  const name = `rewrite-${namespace}`
  const rule = { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] }
  await kubectl.apply({
    apiVersion,
    kind: 'MutatingAdmissionPolicy',
    metadata: { name },
    spec: {
      reinvocationPolicy: 'Never',
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        resourceRules: [{ ...rule, operations: ['CREATE', 'UPDATE'] }],
      },
      mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: expression.join('\n') } }],
    },
  })
  await kubectl.apply({
    apiVersion,
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name },
  })
  const probe = ['create', 'deployment', 'probe', '--image=probe', '-n', namespace]
  await eventually(async () =>
    (await kubectl(...probe, '--dry-run=server', '-o', 'json')).includes(mark),
  )
}
