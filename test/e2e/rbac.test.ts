import { readFile, writeFile } from 'node:fs/promises'
import { aFaultProxy } from '../support/cluster.ts'
import { deployedProject, endpointText } from '../support/deployed-project.ts'
import { defineKinds } from '../support/definitions.ts'
import { aLeaseOf } from '../support/lease.ts'
import { deployerWith, without, type Roles } from '../support/deployer.ts'
import { permissionsUsed } from '../support/rbac-use.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What `slipway rbac` prints is enough, and what is missing is said at once. */

// Definitions are for everybody in a cluster.
const { serial } = sandboxTest({ alone: true })

const ENDPOINTS = {
  chat: '  replicas: 2\n  ingress: {host: chat.example.com, className: nginx}\n',
  small: '  scaling: {min: 1, max: 3, cpu: 70}\n',
}

serial(
  'R4, D6 · the Role that slipway rbac prints is enough to create, change, prune and delete',
  async t => {
    const project = await deployedProject(t, ENDPOINTS, 'createNamespace: false')
    const { expect, edit, remove, commit, kubectl, namespace } = project
    const { stdout } = await expect(0, 'rbac')
    t.notRegex(stdout, /ClusterRole|"\*"|'\*'/)
    const login = await deployerWith(project, stdout)
    await expect(0, 'apply', '--yes', ...login)
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    await remove('endpoints/small.yaml')
    await commit('chat v2, small leaves')
    const { stderr } = await expect(0, 'apply', '--yes', '--log-format', 'json', ...login)
    t.notRegex(stderr, /forbidden/)
    t.is(await kubectl.get('deployment', 'small', namespace), undefined)
    await expect(0, 'status', ...login)
    await expect(0, 'history', ...login)
    await expect(0, 'delete', '--all', '--yes', ...login)
    t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
  },
)

/** The set's ConfigMap, and its Lease. */
const RECORD = 'slipway-test-test'

/** What API servers from 1.35 on want of a WebSocket; this one does not ask for it. */
const FOR_NEWER_SERVERS = 'create pods/portforward'

serial('R4 · the Role that slipway rbac prints holds nothing that goes unused', async t => {
  t.timeout(300_000)
  await defineKinds(t.context.sandbox)
  const project = await deployedProject(
    t,
    { ...ENDPOINTS, asked: '  smoke: [{get: /health}]\n' },
    'createNamespace: false',
  )
  const { expect, start, edit, write, remove, commit, kubectl, namespace } = project
  const { stdout } = await expect(0, 'rbac', '-o', 'json')
  const [, direct = '', ...context] = await deployerWith(project, stdout)
  const proxy = await aFaultProxy(t, direct)
  const login = ['--kubeconfig', await throughProxy(direct, proxy.url), ...context]

  // Of another runtime, with a kind of its own, and without a record: found by label.
  await write('endpoints/was.yaml', endpointText('was', GUARDED, 'kserve'))
  await write('endpoints/queued.yaml', endpointText('queued', QUEUED))
  await expect(0, 'apply', 'was', 'queued', '--yes', '--no-wait')
  await remove('endpoints/was.yaml')
  await remove('endpoints/queued.yaml')
  await kubectl('delete', 'configmap', RECORD, '-n', namespace)

  await kubectl.apply(aLeaseOf('somebody', namespace))
  const first = start('apply', '--yes', '--max-prune', '20', ...login)
  await first.says(/waiting for the lock held by somebody/)
  const expiring = '{"spec":{"leaseDurationSeconds":1,"renewTime":"2000-01-01T00:00:00.000000Z"}}'
  await kubectl('patch', 'lease', RECORD, '-n', namespace, '--type=merge', '-p', expiring)
  const { code, stderr } = await first.ended
  t.is(code, 0, stderr)
  await expect(1, 'smoke', 'asked', ...login)
  await edit('endpoints/chat.yaml', '  replicas: 2\n', `  replicas: 2\n${CRASHING}`)
  await remove('endpoints/small.yaml')
  await commit('chat crashes, small leaves')
  await expect(1, 'apply', '--yes', ...login)
  await expect(1, 'status', ...login)
  await expect(0, 'history', ...login)
  await expect(0, 'delete', '--all', '--yes', ...login)

  const used = permissionsUsed(proxy.seen)
  const granted = grantedBy(stdout)
  t.true(granted.length > 40)
  t.deepEqual(
    granted.filter(permission => !used.has(permission)),
    [FOR_NEWER_SERVERS],
  )
})

const SCRAPED = '  metrics: {scrape: ServiceMonitor}\n'
const GUARDED = `${SCRAPED}  route: {host: was.example.com, gateway: {name: shared}}\n  networkPolicy: {}\n  serviceAccount: {create: true}\n`

const QUEUED = `  scaling:
    max: 3
    queue: {preset: vllm-waiting, prometheus: {serverAddress: 'http://prometheus:9090'}, target: 5}
`

const CRASHING = `  patches:
    - target: {kind: Deployment}
      merge: {spec: {template: {metadata: {labels: {sandbox.slipway.dev/trouble: crash-loop}}}}}
`

/** The same login, by way of the proxy. */
async function throughProxy(file: string, server: string): Promise<string> {
  const config = JSON.parse(await readFile(file, 'utf8')) as { clusters: { name: string }[] }
  const clusters = config.clusters.map(({ name }) => ({ name, cluster: { server } }))
  const through = `${file}-through-proxy`
  await writeFile(through, JSON.stringify({ ...config, clusters }))
  return through
}

/** `patch deployments.apps` */
function grantedBy(roles: string): string[] {
  const { items } = JSON.parse(roles) as Roles
  return items.flatMap(({ rules }) =>
    rules.flatMap(({ apiGroups, resources, verbs }) =>
      verbs.map(verb => `${verb} ${resources[0]}${apiGroups[0] === '' ? '' : `.${apiGroups[0]}`}`),
    ),
  )
}

serial(
  'R4, K8 · the Role for one runtime is enough to leave the other, and what only it had',
  async t => {
    await defineKinds(t.context.sandbox)
    const project = await deployedProject(t, ENDPOINTS, 'createNamespace: false')
    const { expect, edit, commit, kubectl, namespace } = project
    const { stdout } = await expect(0, 'rbac', '-o', 'json')
    const login = await deployerWith(project, stdout)
    await expect(0, 'apply', '--yes', ...login)
    for (const name of ['chat', 'small'])
      // oxlint-disable-next-line no-await-in-loop
      await edit(`endpoints/${name}.yaml`, 'runtime: deployment', `runtime: kserve\n${SCRAPED}`)
    await commit('KServe')
    await expect(0, 'apply', '--yes', '--no-wait')
    t.truthy(await kubectl.get('inferenceservice', 'chat', namespace))
    await project.git('revert', '--no-edit', 'HEAD')
    const { stderr } = await expect(0, 'apply', '--yes', ...login)
    t.notRegex(stderr, /forbidden/)
    t.deepEqual(await kubectl.list('inferenceservices,servicemonitors', namespace), [])
    t.truthy(await kubectl.get('deployment', 'chat', namespace))
  },
)

serial('R4 · every missing permission is said at once, before anything is written', async t => {
  const project = await deployedProject(t, ENDPOINTS, 'createNamespace: false')
  const { expect, kubectl, namespace } = project
  const { stdout } = await expect(0, 'rbac', '-o', 'json')
  const login = await deployerWith(project, withoutMost(stdout))
  const { stderr } = await expect(2, 'apply', '--yes', ...login)
  t.regex(stderr, new RegExp(`permissions are missing in the namespace "${namespace}"`))
  t.regex(stderr, /leases\.coordination\.k8s\.io/)
  t.regex(stderr, /watch, delete deployments\.apps/)
  t.regex(stderr, /slipway rbac/)
  t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
})

serial(
  'R4, D3 · a kind that is only looked at, and is forbidden, is told and stops nothing',
  async t => {
    const project = await deployedProject(t, { chat: '', small: '' }, 'createNamespace: false')
    const { expect, remove, kubectl, namespace } = project
    const { stdout } = await expect(0, 'rbac', '-o', 'json')
    const login = await deployerWith(project, without(stdout, 'ingresses'))
    await expect(0, 'apply', '--yes', ...login)
    await remove('endpoints/small.yaml')
    const { stderr } = await expect(0, 'apply', '--yes', ...login)
    t.regex(stderr, /warning: related objects of kind Ingress could not be looked for/)
    t.is(await kubectl.get('deployment', 'small', namespace), undefined)
    const refused = await expect(2, 'delete', '--all', '--include-related', '--yes', ...login)
    t.regex(refused.stderr, /ingresses\.networking\.k8s\.io/)
  },
)

serial('R4, R13 · who may only read gets the plan, the status and the history', async t => {
  await defineKinds(t.context.sandbox)
  const endpoints = { chat: '  replicas: 2\n', small: '' }
  const project = await deployedProject(t, endpoints, 'createNamespace: false')
  const { expect, edit, write, remove, commit, kubectl, namespace } = project
  const { stdout } = await expect(0, 'rbac', '--read-only', '-o', 'json')
  t.notRegex(stdout, /create|patch|update|delete|watch|secrets|leases/)
  const reader = 'slipway-test-test-reader'
  const [, direct = '', ...context] = await deployerWith(project, stdout, reader)
  const proxy = await aFaultProxy(t, direct)
  const login = ['--kubeconfig', await throughProxy(direct, proxy.url), ...context]
  t.regex((await expect(0, 'diff', ...login)).stdout, /create chat/)
  await expect(0, 'apply', '--yes')
  const same = await expect(0, 'diff', '--exit-code', ...login)
  t.notRegex(same.stdout, /permission for a dry-run/)
  t.regex((await expect(0, 'status', ...login)).stdout, /chat .* synced .* ready/)
  await kubectl('scale', 'deployment/chat', '--replicas=3', '-n', namespace)
  t.regex((await project.slipway('status', ...login)).stdout, /spec\.replicas: 3 → 2/)

  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await write('endpoints/more.yaml', endpointText('more', `  replicas: 2\n${CRASHING}`))
  await remove('endpoints/small.yaml')
  await commit('chat v2, more for small')
  const plan = await expect(0, 'diff', ...login)
  t.regex(plan.stdout, /update chat: image v1 → v2/)
  t.regex(plan.stdout, /image: .*chat:v1 → .*chat:v2/)
  t.regex(plan.stdout, /replicas: 3 → 2/)
  t.regex(plan.stdout, /create more/)
  t.regex(plan.stdout, /delete small/)
  t.regex(plan.stdout, /4 changes could not be tried by a dry-run/)
  await expect(0, 'apply', '--dry-run', ...login)
  await expect(0, 'history', ...login)
  const refused = await expect(2, 'apply', '--yes', ...login)
  t.regex(refused.stderr, /permissions are missing/)
  t.truthy(await kubectl.get('deployment', 'small', namespace))

  await expect(1, 'apply', '--yes', '--force-conflicts')
  await expect(1, 'status', 'more', '--diagnostics-dir', 'why', ...login)
  const used = permissionsUsed(proxy.seen)
  t.deepEqual(
    grantedBy(stdout).filter(permission => !used.has(permission)),
    [],
  )
})

/** The lock is what an apply needs first; without watch and delete it would fail later. */
function withoutMost(text: string): string {
  const list = JSON.parse(text) as Roles
  for (const role of list.items) {
    role.rules = role.rules
      .filter(({ resources }) => !resources.includes('leases'))
      .map(rule => ({ ...rule, verbs: rule.verbs.filter(verb => !/watch|delete/.test(verb)) }))
      .filter(({ verbs }) => verbs.length > 0)
  }
  return JSON.stringify(list)
}
