import type { KubeObject } from '../../src/object/index.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { applyObjects, requestFor, server } from '../support/engine.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Deletions that hang, ended by force: only when asked, only of what is the set's, and told. */

const { serial } = sandboxTest()

serial(
  'D2 · --force-finalizers ends a deletion that finalizers hold, of what the object owns, too, and of nothing else',
  async t => {
    const { expect, kubectl, namespace } = await deployedProject(t, { chat: '' })
    await expect(0, 'apply', '--yes')
    const hold = (kind: string, name: string) =>
      kubectl('patch', kind, name, '-n', namespace, '--type=merge', '-p', HELD)
    const [replicaSet] = await kubectl.list('replicasets', namespace)
    await hold('service', 'chat-svc')
    await hold('replicaset', replicaSet?.metadata.name ?? '')
    await kubectl('create', 'configmap', 'stranger', '-n', namespace)
    await hold('configmap', 'stranger')
    await kubectl('delete', 'configmap', 'stranger', '-n', namespace, '--wait=false')
    const flags = ['--yes', '--delete-timeout', '3s', '--log-format', 'json']
    const refused = await expect(1, 'delete', 'chat', ...flags)
    t.regex(refused.stderr, /"code":"not-deleted"/)
    t.notRegex(refused.stderr, /"type":"forced"/)
    const { stderr, stdout } = await expect(0, 'delete', 'chat', ...flags, '--force-finalizers')
    const forced = eventsOf(stderr).filter(({ type }) => type === 'forced')
    t.is(forced.length, 2)
    for (const kind of ['Service', 'ReplicaSet'])
      t.true(forced.some(({ ref }) => ref?.kind === kind))
    for (const { problem } of forced)
      t.regex(problem?.message ?? '', /example\.com\/hold was taken off by force/)
    t.regex(stdout, /chat +deleted/)
    t.is(await kubectl.get('service', 'chat-svc', namespace), undefined)
    t.deepEqual(await kubectl.list('deployments,replicasets,pods', namespace), [])
    const stranger = await kubectl.get('configmap', 'stranger', namespace)
    t.deepEqual(stranger?.metadata.finalizers, ['example.com/hold'])
    await kubectl('patch', 'configmap', 'stranger', '-n', namespace, '--type=merge', '-p', FREE)
  },
)

serial(
  'D8 · --force-delete-pods ends pods that their node does not, and says so; without it the deletion fails',
  async t => {
    const { expect, kubectl, namespace } = await deployedProject(t, {
      chat: `  shutdown: {gracePeriod: 10s, preStop: {sleep: 1s}}
  patches:
    - target: {kind: Deployment}
      merge: {spec: {template: {metadata: {labels: {sandbox.slipway.dev/trouble: stuck-terminating}}}}}
`,
    })
    await expect(0, 'apply', '--yes')
    const flags = ['--yes', '--delete-timeout', '4s']
    const refused = await expect(1, 'delete', 'chat', ...flags)
    t.regex(refused.stderr, /Deployment\/\S+\/chat and what it owns are not gone after \d+ s/)
    const { stderr } = await expect(0, 'delete', 'chat', ...flags, '--force-delete-pods')
    t.regex(stderr, /Pod\/\S+\/chat-\S+: deleted by force: nothing has confirmed that it ended/)
    t.regex(stderr, /Make sure that it does not run any more on node \S+/)
    t.deepEqual(await kubectl.list('deployments,replicasets,pods', namespace), [])
  },
)

serial('D8 · a forced pod of a StatefulSet warns that two copies may run', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const request = requestFor(namespace, { chat: [stuckStatefulSet()] })
  await applyObjects({ cluster, request })
  const pods = () => cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace })
  await eventually(async () => (await pods()).items.length === 1)
  const remove = { ...request, remove: 'all' as const }
  const options = { deleteTimeoutSeconds: 3, forceDeletePods: true }
  const { outcome, events } = await applyObjects({ cluster, request: remove, options })
  t.is(outcome.result, 'succeeded')
  const [warning] = outcome.problems.filter(({ code }) => code === 'forced')
  t.regex(warning?.cause ?? '', /StatefulSet: two copies with one identity may run/)
  t.is(warning?.severity, 'warning')
  t.is(events.filter(({ type }) => type === 'forced').length, 1)
  t.deepEqual((await pods()).items, [])
})

const HELD = '{"metadata":{"finalizers":["example.com/hold"]}}'
const FREE = '{"metadata":{"finalizers":null}}'

interface Event {
  type: string
  ref?: { kind: string }
  problem?: { message: string }
}

function eventsOf(stderr: string): Event[] {
  return stderr
    .split('\n')
    .flatMap(line => (line.startsWith('{') ? [JSON.parse(line) as Event] : []))
}

function stuckStatefulSet(): KubeObject {
  const { metadata, spec } = server('chat', 'chat:1')
  const template = (spec as { template: { metadata: { labels: object } } }).template
  const labels = { ...template.metadata.labels, 'sandbox.slipway.dev/trouble': 'stuck-terminating' }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      ...(spec as object),
      serviceName: 'chat',
      template: { ...template, metadata: { labels } },
    },
  }
}
