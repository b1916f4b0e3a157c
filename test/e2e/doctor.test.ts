import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject, type DeployedProject } from '../support/deployed-project.ts'
import { findings } from '../support/doctor-findings.ts'
import { aLimitRange, aNode, TOLERATIONS } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What the doctor finds in a real cluster before anything is applied. */

const { serial, kserve } = sandboxTest()

serial('K7 · a plain project on a plain cluster: ok, and what is not needed', async t => {
  const project = await deployedProject(t, { chat: '' })
  const found = await findings(project, 0)
  t.is(found['API server']?.state, 'ok')
  t.is(found['clock']?.state, 'ok')
  t.is(found[`permissions in ${project.namespace}`]?.state, 'ok')
  t.is(found['GPUs']?.state, 'not-needed')
  t.is(found['Knative']?.state, 'not-needed')
  t.is(found['Istio']?.state, 'not-needed')
  t.is(found['metrics API']?.state, 'not-needed')
  t.is(found['ingress classes']?.state, 'not-needed')
  t.is(found['endpoints']?.message, 'none is applied yet')
  const { stdout } = await project.expect(0, 'doctor')
  t.regex(stdout, /✓ API server +ok +v1\.\d+/)
  t.regex(stdout, /0 missing/)
})

const DEMANDING = `  imagePullSecrets: [ecr]
  env: {TOKEN: {secret: hf, key: token}}
  serviceAccount: serving
  resources: {cpu: 2, memory: 1Gi, gpus: 9}
  replicas: 2
  ingress: {host: chat.example.com, className: nginx}
`

serial('K5, K7 · what is missing is named, each with its remedy', async t => {
  const project = await deployedProject(t, {})
  await project.write('endpoints/chat.yaml', demanding(DEMANDING))
  const { kubectl, namespace } = project
  await kubectl('create', 'namespace', namespace)
  await kubectl('create', 'secret', 'generic', 'hf', '--from-literal=token=x', '-n', namespace)
  const hard = '--hard=requests.cpu=3,requests.nvidia.com/gpu=4'
  await kubectl('create', 'quota', 'small', hard, '-n', namespace)
  const quotaIsSet = ['wait', '--for=jsonpath={.status.hard}', 'quota/small', '-n', namespace]
  await kubectl(...quotaIsSet, '--timeout=90s')
  await kubectl.apply(aLimitRange(namespace, { max: { memory: '512Mi' } }))
  const found = await findings(project, 1)
  t.is(found[`limit ranges of ${namespace}`]?.state, 'missing')
  t.regex(
    found[`limit ranges of ${namespace}`]?.message ?? '',
    /chat: container server: memory limit 1Gi is above the maximum 512Mi \(LimitRange team\)/,
  )
  t.is(found[`Secret ${namespace}/ecr`]?.state, 'missing')
  t.is(found[`Secret ${namespace}/hf`]?.state, 'ok')
  t.is(found[`ServiceAccount ${namespace}/serving`]?.state, 'missing')
  t.is(found['ingress class nginx']?.state, 'missing')
  t.like(found['GPUs nvidia.com/gpu'], { state: 'warning' })
  t.regex(found['GPUs nvidia.com/gpu']?.message ?? '', /18 asked for, \d of 8 not held by others/)
  const quota = found[`quota ${namespace}/small`]
  t.is(quota?.state, 'missing')
  t.regex(quota?.message ?? '', /requests\.cpu: 4 more wanted, 3 of 3 left/)
  t.regex(quota?.message ?? '', /nvidia\.com\/gpu: 18 more wanted, 4 of 4 left/)
  for (const finding of Object.values(found))
    t.is(finding.state === 'missing' && finding.remedy === undefined, false, finding.check)
})

serial(
  'T5, K7 · devices that pods claim are counted by their class, and the scheduler gives them',
  async t => {
    const project = await deployedProject(t, {})
    const { kubectl, namespace, expect } = project
    const [name, pool] = [`gpu.${namespace}`, `${namespace}-dra`]
    await project.write('endpoints/chat.yaml', demanding(claiming(namespace)))
    await project.write('endpoints/chat.objects/two.yaml', twoOf(name))
    t.teardown(() => kubectl('delete', 'node,resourceslice', pool, '--ignore-not-found'))
    t.teardown(() => kubectl('delete', 'deviceclass', name, '--ignore-not-found'))
    await kubectl.apply(aNode(pool, { pool: namespace }))
    await kubectl.apply({
      apiVersion: 'resource.k8s.io/v1',
      kind: 'DeviceClass',
      metadata: { name },
      spec: { selectors: [{ cel: { expression: `device.driver == "${namespace}.example.com"` } }] },
    })
    await kubectl.apply({
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceSlice',
      metadata: { name: pool },
      spec: {
        nodeName: pool,
        driver: `${namespace}.example.com`,
        pool: { name: pool, generation: 1, resourceSliceCount: 1 },
        devices: ['a', 'b', 'c', 'd', 'e'].map(each => ({ name: each })),
      },
    })
    const all = '2 asked for, 5 of 5 not held by others'
    t.is((await findings(project, 0))[`GPUs ${name}`]?.message, all)
    await expect(0, 'apply', '--yes', '--timeout', '60s')
    t.is((await findings(project, 0))[`GPUs ${name}`]?.message, all)
    const claims = await kubectl.list('resourceclaims', namespace)
    t.is(claims.length, 1)
  },
)

const claiming = (pool: string) => `  resources: {cpu: 100m, memory: 128Mi}
  scheduling: {nodeSelector: {pool: ${pool}}, tolerations: ${TOLERATIONS}}
  pod:
    resourceClaims: [{name: gpus, resourceClaimTemplateName: two-gpus}]
    containers: [{name: server, resources: {claims: [{name: gpus}]}}]
`

const twoOf = (deviceClass: string) => `apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: {name: two-gpus}
spec:
  spec:
    devices:
      requests: [{name: gpu, exactly: {deviceClassName: ${deviceClass}, count: 2}}]
`

function demanding(spec: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: chat}
spec:
  image: registry.example.com/chat:v1
${spec}`
}

serial('K7 · a quota with scopes is held against the pods that it counts', async t => {
  const project = await deployedProject(t, {})
  const { kubectl, namespace } = project
  await project.write('endpoints/chat.yaml', demanding('  resources: {cpu: 2, memory: 1Gi}\n'))
  const gold = '  resources: {cpu: 2, memory: 1Gi}\n  scheduling: {priorityClass: gold}\n'
  const vip = demanding(gold).replace('name: chat', 'name: vip')
  await project.write('endpoints/vip.yaml', vip)
  await kubectl('create', 'namespace', namespace)
  const quota = (name: string, spec: object) =>
    kubectl.apply({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name, namespace },
      spec: { hard: { 'requests.cpu': '3' }, ...spec },
    })
  const ofClass = (operator: string, values?: string[]) => ({
    scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, values }] },
  })
  await quota('gold', ofClass('In', ['gold']))
  await quota('silver', ofClass('In', ['silver']))
  await quota('serving', { scopes: ['NotTerminating'] })
  await quota('jobs', { scopes: ['Terminating'] })
  for (const name of ['gold', 'silver', 'serving', 'jobs']) {
    const isSet = ['wait', '--for=jsonpath={.status.hard}', `quota/${name}`, '-n', namespace]
    await kubectl(...isSet, '--timeout=20s')
  }
  const found = await findings(project, 1)
  t.is(found[`quota ${namespace}/gold`]?.state, 'ok')
  t.is(found[`quota ${namespace}/silver`]?.state, 'not-needed')
  t.regex(found[`quota ${namespace}/silver`]?.message ?? '', /PriorityClass In silver/)
  t.is(found[`quota ${namespace}/jobs`]?.state, 'not-needed')
  t.like(found[`quota ${namespace}/serving`], {
    state: 'missing',
    message: 'requests.cpu: 4 more wanted, 3 of 3 left',
  })
})

serial('K5 · apply warns of a missing pull secret beforehand, once for what it writes', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, {
    chat: '  imagePullSecrets: [ecr]\n',
  })
  const first = await expect(0, 'apply', '--yes')
  t.regex(first.stderr, /chat needs Secret "ecr" \(image pull secret\), which is not in namespace/)
  t.regex(first.stderr, /endpoints\/chat\.yaml:8/)
  const again = await expect(0, 'apply', '--yes')
  t.notRegex(again.stderr, /ecr/)
  await kubectl('create', 'secret', 'generic', 'ecr', '-n', namespace)
  await kubectl('delete', 'deployment', 'chat', '-n', namespace)
  const last = await expect(0, 'apply', '--yes')
  t.notRegex(last.stderr, /ecr/)
})

serial('K7 · with next to no permission it says what it could not see', async t => {
  const project = await deployedProject(t, { chat: DEMANDING.replace(/ {2}resources.*\n/, '') })
  const { kubectl, namespace, directory } = project
  await kubectl('create', 'namespace', namespace)
  await kubectl('create', 'serviceaccount', 'nobody', '-n', namespace)
  const token = (await kubectl('create', 'token', 'nobody', '-n', namespace)).trim()
  const config = join(directory, 'nobody.kubeconfig')
  await writeFile(config, await withToken(t.context.sandbox, kubectl, token))
  const found = await findings(project, 1, '--kubeconfig', config)
  t.is(found[`permissions in ${namespace}`]?.state, 'missing')
  t.regex(found[`permissions in ${namespace}`]?.message ?? '', /create\/patch\/delete deployments/)
  t.is(found[`namespace ${namespace}`]?.state, 'unseen')
  t.is(found[`Secret ${namespace}/ecr`]?.state, 'unseen')
  t.is(found['ingress classes']?.state, 'unseen')
  t.is(found[`quotas of ${namespace}`]?.state, 'unseen')
  t.is(found['permission to list nodes']?.state, 'unseen')
})

/** The sandbox's kubeconfig with a token instead of its certificate. */
async function withToken(
  sandbox: Sandbox,
  kubectl: DeployedProject['kubectl'],
  token: string,
): Promise<string> {
  const text = await kubectl('config', 'view', '--raw', '--minify', '-o', 'json')
  const config = JSON.parse(text) as { users: { name: string; user: object }[] }
  const users = config.users.map(({ name }) => ({ name, user: { token } }))
  return JSON.stringify({ ...config, users, 'current-context': sandbox.context })
}

const KSERVE = `  runtime: kserve
`

kserve('K9 · serverless without Knative is missing, with the way out', async t => {
  const project = await deployedProject(t, {})
  await project.write(
    'endpoints/chat.yaml',
    demanding(`${KSERVE}  kserve: {deploymentMode: serverless}\n`),
  )
  const found = await findings(project, 1)
  t.is(found['Knative']?.state, 'missing')
  t.regex(found['Knative']?.remedy ?? '', /deploymentMode: raw/)
})
