import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from '../../src/cluster/index.ts'
import type { KubeObject, ObjectRef } from '../../src/object/index.ts'
import { aCluster, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { applyObjects, requestFor, settings } from '../support/engine.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { assertTurns, isWrite } from '../support/spans.ts'
import { startApply } from '../support/start-apply.ts'

const { serial } = sandboxTest()

serial(
  'R1 · eight applies of four commits at once end with the newest, and never do two of them write',
  async t => {
    const { expect, edit, commit, start, kubectl, namespace } = await deployedProject(t, {
      chat: '',
    })
    await expect(0, 'apply', '--yes')
    const commits = []
    for (const version of [2, 3, 4, 5]) {
      await edit('endpoints/chat.yaml', /chat:v\d/, `chat:v${version}`)
      commits.push(await commit(`chat v${version}`))
    }
    const proxies = await Promise.all(
      [...commits, ...commits].map(() => aFaultProxy(t, t.context.sandbox.kubeconfig)),
    )
    const results = await Promise.all(
      [...commits, ...commits].map((revision, index) => {
        const { kubeconfig = '' } = proxies[index] ?? {}
        return start(
          'apply',
          '--yes',
          '--no-wait',
          '--kubeconfig',
          kubeconfig,
          '--revision',
          revision,
        ).ended
      }),
    )
    for (const { code, stderr } of results) {
      t.true(code === 0 || /is older than/.test(stderr), stderr)
    }
    t.true(results.some(({ code }) => code === 0))
    t.is(
      imageOf(await kubectl.get('deployment', 'chat', namespace)),
      'registry.example.com/chat:v5',
    )
    const { stdout } = await expect(0, 'history')
    t.regex(stdout.split('\n')[1] ?? stdout, /chat v5/)
    assertTurns(t, proxies)
  },
)

serial(
  'R1 · an apply that stood still for longer than its lock lives writes nothing when it goes on',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const old = { chat: [settings('chat', 'of the old one')] }
    // The last it asks before it writes; the answer comes while it stands still.
    const parent = { method: 'GET', path: /configmaps\/slipway-models-test/, skip: 1 }
    const asked = proxy.on(parent, { type: 'delay', seconds: 0.3 })
    const { kubeconfig } = proxy
    const job = { kubeconfig, namespace, objects: old, options: { lockTtlSeconds: 3 } }
    const { child, ended } = await startApply(t, job)
    while (asked.hits() === 0 && child.exitCode === null) await sleep(2)
    child.kill('SIGSTOP')
    const request = requestFor(namespace, { chat: [settings('chat', 'of the new one')] })
    const { outcome, events } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'succeeded')
    t.true(events.some(event => event.type === 'lock-acquired' && event.takenOverFrom === 'test'))
    const before = proxy.seen.length
    child.kill('SIGCONT')
    await ended
    const writes = proxy.seen.slice(before).filter(isWrite)
    t.deepEqual(
      writes.map(({ method, path }) => `${method} ${path}`),
      [],
    )
    const live = await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'chat' })
    t.deepEqual(live?.['data'], { value: 'of the new one' })
  },
)

/** A write of the ConfigMap chat, and no trial of one. */
const WRITE = /configmaps\/chat\?(?!.*dryRun)/

/** What somebody else does to an object between the plan and its write. */
const BETWEEN: [string, (cluster: Cluster, ref: ObjectRef) => Promise<unknown>][] = [
  [
    'changed',
    (cluster, ref) =>
      cluster.patch(ref, { type: 'merge', body: { metadata: { annotations: { a: 'b' } } } }),
  ],
  ['deleted', (cluster, ref) => cluster.delete(ref, { propagation: 'Background' })],
]

for (const [title, change] of BETWEEN) {
  serial(
    `R4 · what somebody else has ${title} since it was planned is written all the same`,
    async t => {
      const cluster = await aCluster(t, t.context.sandbox)
      const namespace = await aNamespace(t, cluster)
      const chat = (value: string) => requestFor(namespace, { chat: [settings('chat', value)] })
      await applyObjects({ cluster, request: chat('before') })
      const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
      const { promise: isChanged, resolve: tell } = Promise.withResolvers<void>()
      const held = proxy.on(
        { method: 'PATCH', path: WRITE, times: 1 },
        { type: 'wait', until: isChanged },
      )
      const proxied = await aCluster(t, { kubeconfig: proxy.kubeconfig })
      const applying = applyObjects({ cluster: proxied, request: chat('after') })
      while (held.hits() === 0) await sleep(5)
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'chat' }
      await change(cluster, ref)
      tell()
      const { outcome } = await applying
      t.is(outcome.result, 'succeeded', JSON.stringify(outcome.problems))
      t.deepEqual((await cluster.get(ref))?.['data'], { value: 'after' })
    },
  )
}

serial(
  'R1 · a write that arrives after the lock has changed hands changes nothing of what was written since',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const chat = (value: string) => requestFor(namespace, { chat: [settings('chat', value)] })
    await applyObjects({ cluster, request: chat('before') })
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const { promise: isTold, resolve: tell } = Promise.withResolvers<void>()
    const held = proxy.on(
      { method: 'PATCH', path: WRITE, times: 1 },
      { type: 'late', until: isTold },
    )
    const objects = { chat: [settings('chat', 'of the old one')] }
    const { kubeconfig } = proxy
    const job = { kubeconfig, namespace, objects, options: { lockTtlSeconds: 3 } }
    const { child, ended } = await startApply(t, job)
    while (held.hits() === 0 && child.exitCode === null) await sleep(5)
    child.kill('SIGKILL')
    await ended
    const { outcome } = await applyObjects({ cluster, request: chat('of the new one') })
    t.is(outcome.result, 'succeeded')
    tell()
    const late = () => proxy.seen.find(entry => entry.method === 'PATCH' && WRITE.test(entry.path))
    while (late()?.status === undefined) await sleep(5)
    t.is(late()?.status, 409)
    const live = await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'chat' })
    t.deepEqual(live?.['data'], { value: 'of the new one' })
  },
)

function imageOf(object: KubeObject | undefined): string | undefined {
  const spec = object?.['spec'] as
    | { template: { spec: { containers: { image: string }[] } } }
    | undefined
  return spec?.template.spec.containers[0]?.image
}
