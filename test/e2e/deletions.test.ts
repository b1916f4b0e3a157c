import { actionsOf } from '../../src/plan/index.ts'
import type { ExecutionContext } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import { APPLYSET, type KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { aCluster, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { applyObjects, requestFor, server, settings } from '../support/engine.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What goes, what stays, and what a deletion that went wrong leaves behind, on the real API server. */

const { serial } = sandboxTest()

type T = ExecutionContext<{ sandbox: Sandbox }>

async function aStage(t: T) {
  const cluster = await aCluster(t, t.context.sandbox)
  return { cluster, namespace: await aNamespace(t, cluster) }
}

const ref = (namespace: string, name: string, kind = 'ConfigMap') => ({
  apiVersion: 'v1',
  kind,
  namespace,
  name,
})

serial(
  'D1 · a stranger that takes the name during the deletion is neither waited for nor touched',
  async t => {
    const { cluster, namespace } = await aStage(t)
    const kept = [settings('kept', 'one')]
    const before = requestFor(namespace, { kept, leaving: [settings('leaving', 'one')] })
    await applyObjects({ cluster, request: before })
    const stranger = recreated(cluster, namespace)
    const { outcome } = await applyObjects({ cluster, request: requestFor(namespace, { kept }) })
    t.is(outcome.result, 'succeeded')
    const { uid } = (await stranger).metadata
    const live = await cluster.get(ref(namespace, 'leaving'))
    t.is(live?.metadata.uid, uid)
    t.is(live?.metadata.deletionTimestamp, undefined)
  },
)

/** Somebody makes an object of the same name the moment that the old one is gone. */
async function recreated(cluster: Cluster, namespace: string): Promise<KubeObject> {
  const query = { apiVersion: 'v1', kind: 'ConfigMap', namespace }
  const stop = new AbortController()
  for await (const event of cluster.watch(query, stop.signal)) {
    if (event.type !== 'deleted' || event.object.metadata.name !== 'leaving') continue
    const own = { name: 'leaving', namespace }
    const object = { ...settings('leaving', 'of somebody else'), metadata: own }
    const made = await cluster.apply(object, { fieldManager: 'somebody' })
    stop.abort()
    return made
  }
  throw new Error('it was never deleted')
}

serial('R3 · a delete that was lost is noticed and sent again', async t => {
  const { cluster: direct, namespace } = await aStage(t)
  const kept = [settings('kept', 'one')]
  const before = requestFor(namespace, { kept, leaving: [settings('leaving', 'one')] })
  await applyObjects({ cluster: direct, request: before })
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const { uid } = (await direct.get(ref(namespace, 'leaving')))?.metadata ?? {}
  // As the API server writes it: anything less is not believed.
  const details = { name: 'leaving', kind: 'configmaps', uid }
  const success = { kind: 'Status', apiVersion: 'v1', status: 'Success', details }
  const lost = proxy.on(
    { method: 'DELETE', path: /configmaps\/leaving/, times: 1 },
    { type: 'answer', status: 200, body: success },
  )
  const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const request = requestFor(namespace, { kept })
  const { outcome, events } = await applyObjects({ cluster, request })
  t.is(lost.hits(), 1)
  t.is(outcome.result, 'succeeded')
  t.true(events.some(({ type }) => type === 'deleted-again'))
  t.is(await direct.get(ref(namespace, 'leaving')), undefined)
})

serial(
  'D7 · what could not be pruned stays in the inventory, and the next apply prunes it',
  async t => {
    const { cluster, namespace } = await aStage(t)
    const kept = [settings('kept', 'one')]
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'leaving' } }
    const before = requestFor(namespace, { kept, leaving: [account] })
    await applyObjects({ cluster, request: before })
    const leaving = ref(namespace, 'leaving', 'ServiceAccount')
    const hold = (finalizers: string[]) =>
      cluster.patch(leaving, { type: 'merge', body: { metadata: { finalizers } } })
    await hold(['example.com/hold'])
    const request = requestFor(namespace, { kept })
    const options = { deleteTimeoutSeconds: 1 }
    const failed = await applyObjects({ cluster, request, options })
    t.is(failed.outcome.endpoints['leaving'], 'failed')
    t.is(failed.outcome.endpoints['kept'], 'ready')
    t.deepEqual(await recordedKinds(cluster, namespace), ['ConfigMap', 'ServiceAccount'])
    await hold([])
    const { outcome } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'succeeded')
    t.is(await cluster.get(leaving), undefined)
    t.deepEqual(await recordedKinds(cluster, namespace), ['ConfigMap'])
  },
)

async function recordedKinds(cluster: Cluster, namespace: string): Promise<string[]> {
  const parent = await cluster.get(ref(namespace, 'slipway-models-test'))
  return (parent?.metadata.annotations?.[APPLYSET.groupKinds] ?? '').split(',')
}

serial(
  'D9 · a label alone deletes nothing: copied, owned by a controller, or kept on purpose',
  async t => {
    const { cluster, namespace } = await aStage(t)
    const request = requestFor(namespace, { kept: [settings('kept', 'one')] })
    await applyObjects({ cluster, request })
    const kept = await cluster.get(ref(namespace, 'kept'))
    const { uid = '', labels = {} } = kept?.metadata ?? {}
    const make = (name: string, more: object, fieldManager = 'slipway') =>
      cluster.apply(
        { ...settings(name, 'x'), metadata: { name, namespace, labels, ...more } },
        { fieldManager },
      )
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'kept', uid, controller: true }
    await make('copied', {}, 'somebody')
    await make('owned', { ownerReferences: [owner] })
    await make('annotated', { annotations: { 'slipway.dev/prune': 'disabled' } })
    await make('orphan', {})
    const { plan, outcome } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'succeeded')
    t.deepEqual(
      actionsOf(plan).map(action => action.ref.name),
      ['orphan'],
    )
    t.regex(messages(plan.problems), /annotated .*kept: annotation slipway\.dev\/prune: disabled/)
    t.regex(messages(plan.problems), /copied .*kept: slipway never applied it/)
    t.notRegex(messages(plan.problems), /owned/)
    const names = (
      await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace })
    ).items.map(({ metadata }) => metadata.name)
    t.true(['copied', 'owned', 'annotated'].every(name => names.includes(name)))
    t.false(names.includes('orphan'))
  },
)

serial('D5 · a deletion that finds nothing writes nothing, not even a namespace', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, { chat: '' })
  const { stdout, stderr } = await expect(1, 'delete', 'chat', '--yes')
  t.regex(stderr, /there is nothing of chat in the cluster that could be deleted/)
  t.regex(stdout, /^Nothing was deleted from test /)
  t.is(await kubectl('get', 'namespace', namespace, '--ignore-not-found'), '')
  const typo = await expect(2, 'delete', 'caht', '--yes')
  t.regex(typo.stderr, /there is no endpoint "caht"[^]*Did you mean "chat"\?/)
  t.notRegex(typo.stderr, /could be deleted/)
})

serial('D5 · delete takes every workload of the endpoint, whatever its spec says now', async t => {
  const { cluster, namespace } = await aStage(t)
  const both = {
    chat: [server('chat', 'chat:1'), statefulSet('chat')],
    kept: [settings('kept', 'x')],
  }
  await applyObjects({ cluster, request: requestFor(namespace, both), options: { wait: false } })
  const now = requestFor(namespace, { ...both, chat: [server('chat', 'chat:1')] })
  const { plan, outcome } = await applyObjects({ cluster, request: { ...now, remove: ['chat'] } })
  t.is(outcome.endpoints['chat'], 'deleted')
  t.deepEqual(
    actionsOf(plan)
      .map(action => action.ref.kind)
      .toSorted(),
    ['Deployment', 'StatefulSet'],
  )
  const kubectl = kubectlFor(t.context.sandbox)
  t.deepEqual(await kubectl.list('deployments,statefulsets,replicasets,pods', namespace), [])
  t.truthy(await cluster.get(ref(namespace, 'kept')))
})

serial(
  'D3 · what points at a deleted endpoint is found by reference, and goes on request; what is foreign stays',
  async t => {
    const { expect, kubectl, namespace } = await deployedProject(t, { chat: '' })
    await expect(0, 'apply', '--yes')
    for (const object of pointers(namespace)) await kubectl.apply(object)
    const shown = await expect(0, 'delete', 'chat', '--dry-run')
    t.regex(shown.stdout, /any-name.*scaleTargetRef points at Deployment\/\S+\/chat/)
    t.regex(shown.stdout, /front-door.*a backend points at Service\/\S+\/chat-svc/)
    t.regex(shown.stdout, /second-service.*its selector matches the pods/)
    t.regex(shown.stdout, /helm-door.*belongs to the Helm release "edge"/)
    t.notRegex(shown.stdout, /unrelated/)
    const { stdout } = await expect(0, 'delete', 'chat', '--yes')
    t.regex(
      stdout,
      /^Deleted 1 endpoint from \S+ in \S+; its file is still in git, and the next apply creates it again\n/,
    )
    const status = await expect(1, 'status')
    t.regex(status.stdout, /^deleted: chat, .* ago by .*: succeeded$/m)
    t.regex(status.stdout, /chat .*absent: deleted \S+ ago by .*; the next apply creates it again/)
    t.notRegex(status.stdout, /drifted/)
    t.regex((await expect(0, 'history')).stdout, /^- .* succeeded .* delete chat$/m)
    const names = async () => {
      const objects = await kubectl.list('hpa,ingress,service', namespace)
      return objects.map(({ metadata }) => metadata.name).toSorted()
    }
    const all = ['any-name', 'front-door', 'helm-door', 'second-service', 'unrelated']
    t.deepEqual(await names(), all)
    await expect(0, 'apply', '--yes')
    await expect(0, 'delete', 'chat', '--yes', '--include-related')
    t.deepEqual(await names(), ['helm-door', 'unrelated'])
  },
)

serial(
  'D3 · a kind that cannot be listed keeps nothing from going; with --include-related it does',
  async t => {
    const { cluster: direct, namespace } = await aStage(t)
    const kept = [settings('kept', 'one')]
    const before = requestFor(namespace, { kept, leaving: [settings('leaving', 'one')] })
    await applyObjects({ cluster: direct, request: before })
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const status = {
      kind: 'Status',
      status: 'Failure',
      code: 500,
      message: 'conversion webhook for x failed',
    }
    proxy.on({ method: 'GET', path: /\/ingresses/ }, { type: 'answer', status: 500, body: status })
    const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig, retry: { attempts: 2 } })
    const request = requestFor(namespace, { kept })
    await t.throwsAsync(
      applyObjects({ cluster, request: { ...request, options: { includeRelated: true } } }),
    )
    t.truthy(await direct.get(ref(namespace, 'leaving')))
    const { plan, outcome } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'succeeded')
    t.regex(messages(plan.problems), /related objects of kind Ingress could not be looked for/)
    t.is(await direct.get(ref(namespace, 'leaving')), undefined)
  },
)

serial('D7 · a broken aggregated API stops nothing that does not need it', async t => {
  const kubectl = kubectlFor(t.context.sandbox)
  const name = 'v1.broken.example.com'
  t.teardown(() => kubectl('delete', 'apiservice', name, '--ignore-not-found'))
  await kubectl.apply({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name },
    spec: {
      group: 'broken.example.com',
      version: 'v1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { name: 'nobody', namespace: 'default' },
    },
  })
  const { cluster, namespace } = await aStage(t)
  const kept = [settings('kept', 'one')]
  const both = requestFor(namespace, { kept, chat: [server('chat', 'chat:1')] })
  t.is((await applyObjects({ cluster, request: both })).outcome.result, 'succeeded')
  const one = requestFor(namespace, { kept })
  t.is((await applyObjects({ cluster, request: one })).outcome.result, 'succeeded')
  t.deepEqual(await kubectl.list('deployments,pods', namespace), [])
})

function statefulSet(name: string): KubeObject {
  const { metadata, spec } = server(name, 'chat:1')
  const kind = 'StatefulSet'
  return { apiVersion: 'apps/v1', kind, metadata, spec: { ...(spec as object), serviceName: name } }
}

/** Objects of other people that refer to the endpoint chat, and one that does not. */
function pointers(namespace: string): KubeObject[] {
  const scaler = (name: string, target: string) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace },
    spec: {
      maxReplicas: 2,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
    },
  })
  const door = (name: string, annotations = {}) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations },
    spec: { defaultBackend: { service: { name: 'chat-svc', port: { number: 80 } } } },
  })
  return [
    scaler('any-name', 'chat'),
    scaler('unrelated', 'somebody'),
    door('front-door'),
    door('helm-door', { 'meta.helm.sh/release-name': 'edge' }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'second-service', namespace },
      spec: { selector: { 'slipway.dev/endpoint': 'chat' }, ports: [{ port: 80 }] },
    },
  ]
}

function messages(problems: readonly { message: string }[]): string {
  return problems.map(({ message }) => message).join('\n')
}
