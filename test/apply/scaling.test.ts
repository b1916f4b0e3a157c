import { applyPlan } from '../../src/apply/index.ts'
import { actionsOf, planSet } from '../../src/plan/index.ts'
import type { Cluster } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { applyObjects, requestFor, server } from '../support/engine.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Replicas change hands between git and an autoscaler, and never fall on the way. */

const { serial } = sandboxTest()

const autoscaler: KubeObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'chat-hpa' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'chat' },
    minReplicas: 1,
    maxReplicas: 5,
  },
}

const chat = (replicas: number | undefined, selector?: string): KubeObject => {
  const object = server('chat', 'chat:1', selector)
  const { replicas: _replicas, ...spec } = object['spec'] as { replicas: number }
  return { ...object, spec: replicas === undefined ? spec : { ...spec, replicas } }
}

const liveChat = (cluster: Cluster, namespace: string) =>
  cluster.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'chat' })

const replicasOf = async (cluster: Cluster, namespace: string) => {
  const live = await liveChat(cluster, namespace)
  return (live?.['spec'] as { replicas?: number } | undefined)?.replicas
}

const generationOf = async (cluster: Cluster, namespace: string) =>
  (await liveChat(cluster, namespace))?.metadata.generation

serial(
  'R4 · replicas do not fall to 1 when an autoscaler comes, nor in a replacement, and come back when it goes',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const kubectl = kubectlFor(t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const options = { wait: false }
    const apply = (...objects: KubeObject[]) =>
      applyObjects({ cluster, options, request: requestFor(namespace, { chat: objects }) })

    await apply(chat(3))
    const { plan } = await apply(chat(undefined), autoscaler)
    t.false(
      actionsOf(plan).some(({ changes }) => changes.some(({ path }) => path === 'spec.replicas')),
    )
    t.is(await replicasOf(cluster, namespace), 3)
    t.deepEqual(actionsOf((await apply(chat(undefined), autoscaler)).plan), [])

    // What the autoscaler's controller does: the scale subresource under its own name.
    const scale = '--field-manager=kube-controller-manager'
    const patch = '{"spec":{"replicas":4}}'
    await kubectl(
      'patch',
      'deployment/chat',
      '-n',
      namespace,
      '--subresource=scale',
      '--type=merge',
      '-p',
      patch,
      scale,
    )
    t.deepEqual(actionsOf((await apply(chat(undefined), autoscaler)).plan), [])
    t.is(await replicasOf(cluster, namespace), 4)

    const replaced = await apply(chat(undefined, 'other'), autoscaler)
    t.deepEqual(
      actionsOf(replaced.plan).map(({ type }) => type),
      ['replace'],
    )
    t.is(replaced.outcome.result, 'succeeded')
    t.is(await replicasOf(cluster, namespace), 4)

    await kubectl(
      'patch',
      'deployment/chat',
      '-n',
      namespace,
      '--subresource=scale',
      '--type=merge',
      '-p',
      '{"spec":{"replicas":5}}',
      scale,
    )
    const stillScaled = await t.throwsAsync(apply(chat(2, 'other'), autoscaler))
    t.regex(stillScaled?.message ?? '', /spec\.replicas is held by .*kube-controller-manager/)
    const { outcome } = await apply(chat(2, 'other'))
    t.is(outcome.result, 'succeeded')
    t.is(await replicasOf(cluster, namespace), 2)
  },
)

serial(
  'R4 · an endpoint that is new has the replicas of its autoscaler from the start',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const spec = { ...(autoscaler['spec'] as object), minReplicas: 3 }
    const request = requestFor(namespace, { chat: [chat(undefined), { ...autoscaler, spec }] })
    const { outcome } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'succeeded')
    const { items } = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace })
    t.is(items.length, 3)
    t.is(await generationOf(cluster, namespace), 1, 'created so, and not scaled afterwards')
    t.deepEqual(actionsOf((await applyObjects({ cluster, request })).plan), [])
  },
)

serial('R4 · the replicas that it was created with stay when something else changes', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const scaler = { ...autoscaler, spec: { ...(autoscaler['spec'] as object), minReplicas: 3 } }
  // As the API server does not write it: what it holds is told by a dry-run alone.
  const withMemory = (memory: string) => {
    const object = structuredClone(chat(undefined)) as KubeObject & {
      spec: { template: { spec: { containers: { resources?: object }[] } } }
    }
    object.spec.template.spec.containers[0]!.resources = { requests: { memory } }
    return object
  }
  const apply = (object: KubeObject) =>
    applyObjects({
      cluster,
      options: { wait: false },
      request: requestFor(namespace, { chat: [object, scaler] }),
    })
  await apply(withMemory('1024Mi'))
  t.deepEqual(actionsOf((await apply(withMemory('1024Mi'))).plan), [])
  const { plan } = await apply(withMemory('2048Mi'))
  t.deepEqual(
    actionsOf(plan).flatMap(({ changes }) => changes.map(({ path }) => path)),
    ['spec.template.spec.containers[name=server].resources.requests.memory'],
  )
  t.is(await replicasOf(cluster, namespace), 3)
  t.deepEqual(actionsOf((await apply(withMemory('2048Mi'))).plan), [])
})

serial('R4 · what somebody scales between plan and write stays', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const kubectl = kubectlFor(t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const scaler = { ...autoscaler, spec: { ...(autoscaler['spec'] as object), minReplicas: 2 } }
  const request = (object: KubeObject) => requestFor(namespace, { chat: [object, scaler] })
  const options = { wait: false }
  await applyObjects({ cluster, options, request: request(chat(undefined)) })
  const labelled = chat(undefined)
  labelled.metadata.labels = { tier: 'gold' }
  const planned = { ...request(labelled), cluster, options: { allowNoCommit: true } }
  const plan = await planSet(planned)
  await kubectl('-n', namespace, 'scale', 'deployment/chat', '--replicas=5')
  const outcome = await applyPlan({
    plan,
    replan: () => planSet(planned),
    cluster,
    options,
    onEvent: () => undefined,
    signal: new AbortController().signal,
  })
  t.is(outcome.result, 'succeeded')
  t.is((await liveChat(cluster, namespace))?.metadata.labels?.['tier'], 'gold')
  t.is(await replicasOf(cluster, namespace), 5)
})
