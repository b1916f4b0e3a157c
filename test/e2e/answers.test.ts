import type { ExecutionContext } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { aCluster, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { applyObjects, requestFor, server, settings } from '../support/engine.ts'
import type { Fault, FaultProxy } from '../support/proxy.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Answers with success that look right and are not: what the cluster is like counts, and nothing else. */

const { serial } = sandboxTest()

const OTHER = lie({ status: 'ok' })
const EMPTY = (apiVersion: string, kind: string) =>
  lie({ apiVersion, kind: `${kind}List`, metadata: { resourceVersion: '1' }, items: [] })

const ENDLESS = lie({
  apiVersion: 'apps/v1',
  kind: 'DeploymentList',
  metadata: { resourceVersion: '1', continue: 'more' },
  items: [],
})
const NOT_FOUND: Fault = {
  type: 'answer',
  status: 404,
  body: { kind: 'Status', status: 'Failure', reason: 'NotFound', message: 'not found' },
}

/** What a write is answered with, given what was there before. */
const WRITES: [string, (live: KubeObject | undefined) => object][] = [
  ['what was there before', live => ({ ...live })],
  ['another object', live => withMetadata(live, { uid: 'other', resourceVersion: '999999999' })],
  ['an object without a version', live => withMetadata(live, { resourceVersion: undefined })],
]

for (const [what, answer] of WRITES) {
  serial(`S1, S2 · a write that is answered with ${what} is not done`, async t => {
    const { direct, proxy, proxied, namespace } = await aSetting(t)
    const before = { chat: [settings('chat', 'one')] }
    await applyObjects({ cluster: direct, request: requestFor(namespace, before) })
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'chat' }
    const live = await direct.get(ref)
    const request = requestFor(namespace, { chat: [settings('chat', 'two')] })
    const real = { method: 'PATCH', path: /configmaps\/chat\?(?!.*dryRun)/ }
    const rule = proxy.on(real, lie(answer(live)))
    const { outcome } = await applyObjects({ cluster: proxied, request })
    t.true(rule.hits() > 0)
    t.is(outcome.result, 'failed')
    t.is(outcome.problems[0]?.code, 'wrong-answer')
    t.like(await direct.get(ref), { data: { value: 'one' } })
    t.is((await applyObjects({ cluster: direct, request })).outcome.result, 'succeeded')
  })
}

/** What a watch is told, as if there were nothing. */
const BLIND: [string, Fault, string][] = [
  [
    'may not be watched',
    {
      type: 'answer',
      status: 403,
      body: {
        kind: 'Status',
        status: 'Failure',
        reason: 'Forbidden',
        message: 'configmaps is forbidden: User "ci" cannot watch resource "configmaps"',
      },
    },
    'forbidden',
  ],
  ['is missing from a watch', EMPTY('v1', 'ConfigMap'), 'not-deleted'],
]

for (const [title, fault, code] of BLIND) {
  serial(`S1, S2 · what ${title} does not count as deleted`, async t => {
    const { direct, proxy, proxied, namespace } = await aSetting(t)
    const kept = { kept: [settings('kept', 'one')] }
    const request = requestFor(namespace, { ...kept, leaving: [settings('leaving', 'one')] })
    await applyObjects({ cluster: direct, request })
    const path = code === 'forbidden' ? /configmaps\?watch=true/ : /configmaps\?.*limit=100(&|$)/
    proxy.on({ method: 'GET', path }, fault)
    proxy.on({ method: 'DELETE', path: /configmaps\/leaving/ }, done('leaving'))
    const { outcome } = await applyObjects({
      cluster: proxied,
      request: requestFor(namespace, kept),
      options: { deleteTimeoutSeconds: 1 },
    })
    t.is(outcome.result, 'failed')
    t.is(outcome.endpoints['leaving'], 'failed')
    t.true(outcome.problems.some(problem => problem.code === code))
    const left = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'leaving' }
    t.truthy(await direct.get(left))
    const again = await applyObjects({ cluster: direct, request: requestFor(namespace, kept) })
    t.is(again.outcome.result, 'succeeded')
    t.is(await direct.get(left), undefined)
  })
}

/** What is lied about for as long as it is asked. */
const KINDS: [string, RegExp, Fault][] = [
  ['the list of the runtime before', /\/deployments\?/, OTHER],
  ['the kinds of its group', /\/apis\/apps\/v1$/, OTHER],
  ['a list of another kind', /\/deployments\?/, EMPTY('apps/v1', 'StatefulSet')],
  ['a list that leads on without an object', /\/deployments\?/, ENDLESS],
  ['the kinds of the core', /\/api\/v1$/, NOT_FOUND],
]

for (const [title, path, fault] of KINDS) {
  serial(`S1 · a switch of runtime does not happen while something lies: ${title}`, async t => {
    const { direct, proxy, proxied, namespace } = await aSetting(t)
    const before = requestFor(namespace, { chat: [server('chat', 'chat:1')] })
    await applyObjects({ cluster: direct, request: before, options: { wait: false } })
    const after = requestFor(namespace, { chat: [settings('chat', 'one')] })
    proxy.on({ method: 'GET', path }, fault)
    const error = await t.throwsAsync(applyObjects({ cluster: proxied, request: after }))
    t.regex(error.message, /was answered with/)
    const record = await recordOf(direct, namespace)
    t.regex(record ?? '', /Deployment\.apps/)
    const { outcome } = await applyObjects({ cluster: direct, request: after })
    t.is(outcome.result, 'succeeded')
    const chat = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'chat' }
    t.is(await direct.get(chat), undefined)
  })
}

/** Commands that are lied to from some of their requests on. */
const COMMANDS = [
  'status -o json',
  'diff -o json',
  'history -o json',
  'delete chat --dry-run -o json',
]

for (const command of COMMANDS) {
  serial(`S1, S2 · ${command}: when something lies, the truth or an error`, async t => {
    t.timeout(170_000)
    const project = await deployedProject(t, { chat: '', embed: '' })
    await project.expect(0, 'apply', '--yes')
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const words = [...command.split(' '), '--kubeconfig', proxy.kubeconfig]
    const truth = await project.expect(0, ...words)
    const { length } = proxy.seen
    t.true(length > 1)
    for (const point of [1, Math.floor(length / 2), length - 2, length - 1]) {
      proxy.clear()
      const rule = proxy.on({ skip: point }, OTHER)
      const { code, stdout, stderr } = await project.slipway(...words)
      const where = `from request ${point + 1} of ${length} on: ${stderr}${stdout}`
      t.true(rule.hits() > 0, where)
      if (code === 0) t.deepEqual(lasting(stdout), lasting(truth.stdout), where)
      else t.regex(stderr + stdout, /was answered with/, where)
      t.notRegex(stderr, /internal|bug in slipway/, where)
    }
  })
}

function withMetadata(live: KubeObject | undefined, metadata: object): object {
  return { ...live, metadata: { ...live?.metadata, ...metadata } }
}

function lie(body: unknown): Fault {
  return { type: 'answer', status: 200, body }
}

function done(name: string): Fault {
  return lie({ kind: 'Status', apiVersion: 'v1', status: 'Success', details: { name } })
}

/** Without what each run makes anew. */
function lasting(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) =>
    /age|time|since|seconds/i.test(key) ? 0 : value,
  )
}

interface Setting {
  direct: Cluster
  proxy: FaultProxy
  proxied: Cluster
  namespace: string
}

async function aSetting(t: ExecutionContext<{ sandbox: Sandbox }>): Promise<Setting> {
  const direct = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, direct)
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const proxied = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  return { direct, proxy, proxied, namespace }
}

async function recordOf(cluster: Cluster, namespace: string): Promise<string | undefined> {
  const name = 'slipway-models-test'
  const record = await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name })
  return record?.metadata.annotations?.['applyset.kubernetes.io/contains-group-kinds']
}
