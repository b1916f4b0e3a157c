import type { ExecutionContext } from 'ava'
import { RENDERED_KINDS } from '../../src/kinds/index.ts'
import { APPLYSET } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { defineKinds, definitionOf, SERVICE_MONITOR } from '../support/definitions.ts'
import { deployedProject, endpointText, type DeployedProject } from '../support/deployed-project.ts'
import { deployerWith, without } from '../support/deployer.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What the record of a set does not say, because it is gone or knows of a kind that is, is found or told. */

// Definitions are for everybody in a cluster.
const { serial } = sandboxTest({ alone: true })

const RECORD = 'slipway-test-test'
const MISSING =
  /warning: the record of what was applied to test is missing, and objects of it are live/

/** Two endpoints that have every kind between them, and one that has a Service only. */
async function aFullProject(t: ExecutionContext<{ sandbox: Sandbox }>): Promise<DeployedProject> {
  t.timeout(300_000)
  await defineKinds(t.context.sandbox)
  const project = await deployedProject(t, { old: SCALED }, 'createNamespace: true')
  await project.write('endpoints/served.yaml', endpointText('served', '', 'kserve'))
  await project.write('endpoints/queued.yaml', endpointText('queued', QUEUED))
  await project.write('endpoints/gpt.yaml', EXTERNAL)
  await project.commit('All of them')
  await project.expect(0, 'apply', '--yes', '--no-wait')
  return project
}

const SCALED = `  scaling: {min: 2, max: 3, cpu: 70}
  ingress: {host: old.example.com, className: nginx}
  route: {host: old.example.com, gateway: {name: shared}}
  metrics: {scrape: ServiceMonitor}
  networkPolicy: {}
  serviceAccount: {create: true}
`

const QUEUED = `  scaling:
    max: 3
    queue: {preset: vllm-waiting, prometheus: {serverAddress: 'http://prometheus:9090'}, target: 5}
`

const EXTERNAL = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: gpt}
spec:
  runtime: external
  external: {host: api.example.com}
`

const KINDS =
  'deploy,hpa,ing,netpol,pdb,svc,sa,inferenceservices.serving.kserve.io,servicemonitors.monitoring.coreos.com,scaledobjects.keda.sh,httproutes.gateway.networking.k8s.io'

/** The kinds of an endpoint's objects that are live. */
async function kindsOf({ kubectl, namespace }: DeployedProject, endpoint: string) {
  const objects = await kubectl.list(KINDS, namespace)
  const own = objects.filter(
    ({ metadata }) => metadata.labels?.['slipway.dev/endpoint'] === endpoint,
  )
  return [...new Set(own.map(({ kind }) => kind))].toSorted()
}

async function forget({ kubectl, namespace }: DeployedProject): Promise<void> {
  await kubectl('delete', 'configmap', RECORD, '-n', namespace)
}

async function recordedKinds({ kubectl, namespace }: DeployedProject): Promise<string> {
  const record = await kubectl.get('configmap', RECORD, namespace)
  return record?.metadata.annotations?.[APPLYSET.groupKinds] ?? ''
}

serial(
  'S1 · with the record deleted, what git removed is found in every kind and deleted, and that the record is missing is told',
  async t => {
    const project = await aFullProject(t)
    const { expect, remove, commit } = project
    const before = [
      ...(await kindsOf(project, 'old')),
      ...(await kindsOf(project, 'served')),
      ...(await kindsOf(project, 'queued')),
    ]
    t.deepEqual([...new Set(before)].toSorted(), RENDERED_KINDS.toSorted())
    await forget(project)
    t.regex((await expect(0, 'history')).stderr, /No apply is recorded in ConfigMap test-/)
    const status = await project.slipway('status')
    t.regex(status.stdout, /^test: what was applied is not recorded/)
    t.regex(status.stderr, MISSING)

    await remove('endpoints/old.yaml')
    await remove('endpoints/served.yaml')
    await remove('endpoints/queued.yaml')
    await commit('Three leave')
    const plan = await expect(0, 'diff', '--max-prune', '50')
    t.regex(plan.stdout, MISSING)
    t.regex(plan.stdout, /delete old/)
    t.regex(plan.stdout, /delete served/)
    const { stderr } = await expect(0, 'apply', '--yes', '--max-prune', '50')
    t.regex(stderr, MISSING)
    t.deepEqual(await kindsOf(project, 'old'), [])
    t.deepEqual(await kindsOf(project, 'served'), [])
    t.deepEqual(await kindsOf(project, 'queued'), [])
    t.deepEqual(await kindsOf(project, 'gpt'), ['Service'])
    t.is(await recordedKinds(project), 'Service')
    t.notRegex((await expect(0, 'apply', '--yes')).stderr, MISSING)
  },
)

serial('S1 · delete --all and delete NAME find everything without a record, too', async t => {
  const project = await aFullProject(t)
  const { expect, remove, commit } = project
  await forget(project)
  await remove('endpoints/served.yaml')
  await commit('served leaves')
  await expect(0, 'delete', 'served', '--yes')
  t.deepEqual(await kindsOf(project, 'served'), [])
  await forget(project)
  await expect(0, 'delete', '--all', '--yes')
  for (const endpoint of ['old', 'gpt'])
    // oxlint-disable-next-line no-await-in-loop
    t.deepEqual(await kindsOf(project, endpoint), [])
})

serial(
  'S1 · without a record, an apply of one endpoint writes down what it has left of the others',
  async t => {
    const project = await aFullProject(t)
    const { expect, remove, commit } = project
    await forget(project)
    await remove('endpoints/old.yaml')
    await commit('old leaves')
    await expect(0, 'apply', 'gpt', '--yes', '--no-wait')
    t.true((await kindsOf(project, 'old')).includes('Deployment'))
    t.regex(await recordedKinds(project), /Deployment\.apps.*ServiceMonitor\.monitoring/)
    await expect(0, 'apply', '--yes', '--no-wait')
    await eventually(async () => (await kindsOf(project, 'old')).length === 0)
  },
)

serial(
  'S1 · a kind that is not served for a while stays in the record, and what is left of it goes when it is back',
  async t => {
    const project = await aFullProject(t)
    const { expect, edit, commit, kubectl, namespace } = project
    await kubectl.apply(definitionOf(SERVICE_MONITOR, false))
    await eventually(async () => !(await isServed(project)))
    await edit('endpoints/old.yaml', '  metrics: {scrape: ServiceMonitor}\n', '')
    await commit('Without metrics')
    for (const command of ['apply', 'apply']) {
      // oxlint-disable-next-line no-await-in-loop
      const { stderr } = await expect(0, command, '--yes', '--no-wait')
      t.regex(stderr, /the cluster does not serve ServiceMonitor\.monitoring\.coreos\.com now/)
    }
    const status = await project.slipway('status')
    t.regex(status.stderr, /does not serve ServiceMonitor/)
    t.regex(await recordedKinds(project), /ServiceMonitor\.monitoring\.coreos\.com/)
    const all = await expect(1, 'delete', '--all', '--yes')
    t.regex(all.stderr, /does not serve ServiceMonitor/)
    t.regex(await recordedKinds(project), /ServiceMonitor\.monitoring\.coreos\.com/)

    await kubectl.apply(definitionOf(SERVICE_MONITOR))
    await eventually(() => isServed(project))
    t.truthy(await kubectl.get('servicemonitor', 'old-metrics', namespace))
    await expect(0, 'delete', '--all', '--yes')
    t.is(await kubectl.get('servicemonitor', 'old-metrics', namespace), undefined)
    t.is(await recordedKinds(project), '')
  },
)

async function isServed({ kubectl }: DeployedProject): Promise<boolean> {
  const served = await kubectl('api-resources', '--api-group=monitoring.coreos.com', '-o', 'name')
  return served !== ''
}

serial(
  'S1 · what is kept by its annotation is still known when its kind is rendered no more, and goes without the annotation',
  async t => {
    const project = await aFullProject(t)
    const { expect, edit, commit, kubectl, namespace } = project
    const annotate = (value: string) =>
      kubectl('annotate', 'servicemonitor', 'old-metrics', '-n', namespace, value)
    await annotate('slipway.dev/prune=disabled')
    await edit('endpoints/old.yaml', '  metrics: {scrape: ServiceMonitor}\n', '')
    await commit('Without metrics')
    for (const command of ['apply', 'apply'])
      t.regex(
        // oxlint-disable-next-line no-await-in-loop
        (await expect(0, command, '--yes', '--no-wait')).stderr,
        /ServiceMonitor\/.*\/old-metrics is no longer rendered but is kept/,
      )
    await annotate('slipway.dev/prune-')
    await expect(0, 'apply', '--yes', '--no-wait')
    await eventually(async () => !(await kubectl.get('servicemonitor', 'old-metrics', namespace)))
  },
)

serial(
  'S1, R4 · a first apply that may not list a kind says so; with a lost record it is refused',
  async t => {
    t.timeout(300_000)
    await defineKinds(t.context.sandbox)
    const project = await deployedProject(t, { chat: '' }, 'createNamespace: false')
    const { expect, kubectl, namespace } = project
    const { stdout } = await expect(0, 'rbac', '-o', 'json')
    const roles = without(stdout, 'inferenceservices', 'servicemonitors')
    const login = await deployerWith(project, roles)
    const first = await expect(0, 'apply', '--yes', ...login)
    t.regex(first.stderr, /warning: whether something of test is there already could not be seen/)
    t.regex(first.stderr, /ServiceMonitor, InferenceService in test-\S+ may not be listed/)
    const again = await expect(0, 'apply', '--yes', ...login)
    t.notRegex(again.stderr, /could not be seen/)

    await forget(project)
    const refused = await expect(2, 'apply', '--yes', ...login)
    t.regex(refused.stderr, /error: the record of what was applied to test is missing/)
    t.regex(refused.stderr, /ServiceMonitor, InferenceService in test-\S+ may not be listed/)
    t.is(await kubectl.get('configmap', RECORD, namespace), undefined)
    await expect(0, 'apply', '--yes')
  },
)

serial(
  'S1, R4 · a first apply with the Role that slipway rbac prints has nothing to tell',
  async t => {
    t.timeout(300_000)
    await defineKinds(t.context.sandbox)
    const project = await deployedProject(t, { chat: '' }, 'createNamespace: false')
    const { stdout } = await project.expect(0, 'rbac', '-o', 'json')
    const login = await deployerWith(project, stdout)
    t.notRegex((await project.expect(0, 'apply', '--yes', ...login)).stderr, /warning|error/)
  },
)
