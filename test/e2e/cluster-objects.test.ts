import { ClusterError, type Failure } from '../../src/cluster/index.ts'
import { refOf } from '../../src/object/index.ts'
import { aCluster, aConfigMap, aDeployment, aNamespace, firstSync } from '../support/cluster.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Single requests to a real API server: what is written, and what is refused why. */

const { serial } = sandboxTest()

async function failureOf(run: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await run
    return undefined
  } catch (error) {
    if (error instanceof ClusterError) return error.failure
    throw error
  }
}

serial(
  'server-side apply creates, leaves alone what is the same, and changes what is not',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const created = await cluster.apply(aConfigMap(namespace, 'a', { x: '1' }))
    t.is(created.metadata.managedFields?.[0]?.manager, 'slipway')
    t.is(created.metadata.managedFields?.[0]?.operation, 'Apply')
    const again = await cluster.apply(aConfigMap(namespace, 'a', { x: '1' }))
    t.is(again.metadata.resourceVersion, created.metadata.resourceVersion)
    const changed = await cluster.apply(aConfigMap(namespace, 'a', { y: '2' }))
    t.deepEqual(changed.data, { y: '2' })
    t.is(cluster.requests.patch, 3)
  },
)

serial('a dry run writes nothing, of an apply or a create or a delete', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const object = aConfigMap(namespace, 'a', { x: '1' })
  t.truthy((await cluster.apply(object, { dryRun: true })).metadata.uid)
  t.truthy((await cluster.create(object, { dryRun: true })).metadata.uid)
  t.is(await cluster.get(refOf(object)), undefined)
  await cluster.apply(object)
  t.is(await cluster.delete(refOf(object), { propagation: 'Background', dryRun: true }), 'accepted')
  t.is((await cluster.get(refOf(object)))?.metadata.deletionTimestamp, undefined)
})

serial(
  "R4 · another manager's field is a conflict that names both, until it is forced",
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    await cluster.apply(aDeployment(namespace, 'a', 3), { fieldManager: 'on-call' })
    const failure = await failureOf(cluster.apply(aDeployment(namespace, 'a', 1)))
    t.like(failure, {
      type: 'field-conflict',
      status: 409,
      conflicts: [{ manager: 'on-call', field: '.spec.replicas' }],
    })
    const forced = await cluster.apply(aDeployment(namespace, 'a', 1), { force: true })
    t.is((forced.spec as { replicas: number }).replicas, 1)
  },
)

serial('R4 · the causes of refusals are told apart', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const object = await cluster.create(aConfigMap(namespace, 'a'))
  const held = aConfigMap(namespace, 'held')
  held.metadata.finalizers = ['example.com/hold']
  await cluster.create(held)
  await cluster.delete(refOf(held), { propagation: 'Foreground' })
  t.teardown(() =>
    cluster.patch(refOf(held), { type: 'merge', body: { metadata: { finalizers: null } } }),
  )
  await cluster.apply(aConfigMap(namespace, 'a', { changed: 'yes' }))

  const types = await Promise.all(
    [
      cluster.create(aConfigMap(namespace, 'a')),
      cluster.create(aConfigMap(namespace, 'held')),
      cluster.update(object),
      cluster.apply({ ...aDeployment(namespace, 'b'), spec: { replicas: -1 } }),
      cluster.apply({ ...aConfigMap(namespace, 'c'), nonsense: 1 }),
      cluster.create({ ...aConfigMap(namespace, 'c'), nonsense: 1 }),
      cluster.apply(aConfigMap('no-such-namespace', 'c')),
      cluster.apply({
        apiVersion: 'example.com/v1',
        kind: 'Nothing',
        metadata: { name: 'x', namespace },
      }),
      cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }),
    ].map(async run => (await failureOf(run))?.type),
  )
  t.deepEqual(types, [
    'already-exists',
    'being-deleted',
    'stale',
    'invalid',
    'schema',
    'schema',
    'not-found',
    'kind-missing',
    'other',
  ])
})

serial('D1 · a foreground delete is about one UID, and lets the pods go first', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const deployment = await cluster.apply(aDeployment(namespace, 'a'))
  const ref = refOf(deployment)
  const { uid = '' } = deployment.metadata
  t.is(
    await cluster.delete(ref, {
      propagation: 'Foreground',
      uid: '11111111-2222-3333-4444-555555555555',
    }),
    'absent',
  )
  t.is((await cluster.get(ref))?.metadata.deletionTimestamp, undefined)
  t.is(await cluster.delete(ref, { propagation: 'Foreground', uid }), 'accepted')
  const dying = await cluster.get(ref)
  if (dying !== undefined) t.true(dying.metadata.finalizers?.includes('foregroundDeletion'))
  for await (const event of cluster.watch(
    { ...ref, fieldSelector: 'metadata.name=a' },
    AbortSignal.timeout(90_000),
  )) {
    if (event.type === 'deleted' || (event.type === 'sync' && event.items.length === 0)) break
  }
  t.is(await cluster.get(ref), undefined)
  t.is(await cluster.delete(ref, { propagation: 'Foreground', uid }), 'absent')
  t.deepEqual(
    (await cluster.list({ apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace })).items,
    [],
  )
})

serial('a delete with another resourceVersion is refused, not passed over', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const before = await cluster.apply(aConfigMap(namespace, 'a'))
  await cluster.apply(aConfigMap(namespace, 'a', { x: '1' }))
  const { uid = '', resourceVersion = '' } = before.metadata
  const failure = await failureOf(
    cluster.delete(refOf(before), { propagation: 'Background', uid, resourceVersion }),
  )
  t.is(failure?.type, 'stale')
})

serial('lists come whole, whatever the number of pages, and say what their items are', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const names = Array.from({ length: 240 }, (_, index) => `c-${index}`)
  await Promise.all(
    names.map(name =>
      cluster.apply({
        ...aConfigMap(namespace, name),
        metadata: { name, namespace, labels: { set: 'a' } },
      }),
    ),
  )
  const query = { apiVersion: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'set=a' }
  const { items, resourceVersion } = await cluster.list(query)
  t.regex(resourceVersion, /^\d+$/)
  t.is(cluster.requests.list, 1)
  const paged = await firstSync(cluster, query)
  t.is(cluster.requests.list, 4)
  for (const list of [items, paged]) {
    t.deepEqual(
      list.map(item => item.metadata.name),
      names.toSorted(),
    )
    t.true(list.every(item => item.kind === 'ConfigMap' && item.apiVersion === 'v1'))
  }
  t.deepEqual(
    (await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'no-such-namespace' }))
      .items,
    [],
  )
})

serial(
  'K7 · a kind is asked for once; one that is missing is undefined, and found when it is installed',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const widget = { apiVersion: 'example.com/v1', kind: 'Widget' }
    t.like(await cluster.kind({ apiVersion: 'apps/v1', kind: 'Deployment' }), {
      plural: 'deployments',
      namespaced: true,
    })
    t.like(await cluster.kind({ apiVersion: 'v1', kind: 'Namespace' }), {
      plural: 'namespaces',
      namespaced: false,
    })
    t.is(await cluster.kind({ apiVersion: 'apps/v1', kind: 'Nothing' }), undefined)
    t.is(await cluster.kind(widget), undefined)
    t.is((await cluster.versions('autoscaling'))[0], 'autoscaling/v2')
    t.deepEqual(await cluster.versions(''), ['v1'])
    t.deepEqual(await cluster.versions('example.com'), [])
    const { discover } = cluster.requests
    await Promise.all(
      Array.from({ length: 20 }, () =>
        cluster.kind({ apiVersion: 'apps/v1', kind: 'StatefulSet' }),
      ),
    )
    t.is(cluster.requests.discover, discover)

    const crd = await cluster.apply(aWidgetDefinition())
    t.teardown(() => cluster.delete(refOf(crd), { propagation: 'Background' }))
    const deadline = Date.now() + 90_000
    while ((await cluster.kind(widget)) === undefined && Date.now() < deadline)
      await cluster.get(refOf(crd))
    t.like(await cluster.kind(widget), { plural: 'widgets', namespaced: true })

    const namespace = await aNamespace(t, cluster)
    const object = { ...widget, metadata: { name: 'a', namespace }, spec: { size: 1 } }
    t.is((await failureOf(cluster.apply({ ...object, spec: { sise: 1 } })))?.type, 'schema')
    t.deepEqual((await cluster.apply(object)).spec, { size: 1 })
    t.is((await failureOf(cluster.apply({ ...object, spec: { sise: 1 } })))?.type, 'schema')
  },
)

serial(
  'R8 · a field that the schema does not have is refused wherever it stands, new object or not',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const right = aDeployment(namespace, 'a')
    const wrong = structuredClone(right) as typeof right & {
      spec: { template: { spec: { containers: Record<string, unknown>[] } } }
    }
    Object.assign(wrong.spec.template.spec.containers[0] ?? {}, { portz: [] })
    const refused = async () => {
      for (const dryRun of [true, false]) {
        const failure = await failureOf(cluster.apply(wrong, { dryRun }))
        t.is(failure?.type, 'schema')
        t.regex(failure?.message ?? '', /containers\[name="server"\]\.portz/)
      }
    }
    await refused()
    t.is(await cluster.get(refOf(right)), undefined)
    await cluster.apply(right)
    await refused()
  },
)

function aWidgetDefinition() {
  const spec = { type: 'object', properties: { size: { type: 'integer' } } }
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  }
}

serial('K3 · permissions are asked for, and quotas told apart from them', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  t.true(await cluster.can({ verb: 'patch', group: 'apps', resource: 'deployments', namespace }))
  await cluster.create({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q', namespace },
    spec: { hard: { services: '0' } },
  })
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's', namespace },
    spec: { ports: [{ port: 80 }] },
  }
  const deadline = Date.now() + 90_000
  let failure = await failureOf(cluster.apply(service, { dryRun: true }))
  while (failure === undefined && Date.now() < deadline)
    failure = await failureOf(cluster.apply(service, { dryRun: true }))
  t.is(failure?.type, 'quota')
})

serial('remarks of the API server are passed on', async t => {
  const warnings: string[] = []
  const { kubeconfig, context } = t.context.sandbox
  const cluster = await aCluster(t, {
    kubeconfig,
    context,
    onWarning: ({ message, ref }) => warnings.push(`${ref?.name}: ${message}`),
  })
  const namespace = await aNamespace(t, cluster)
  await cluster.apply({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'old', namespace } })
  t.deepEqual(warnings, [
    'old: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  ])
})

serial('a lean list says who wrote an object, and not which fields', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  await cluster.apply(aConfigMap(namespace, 'a', { x: '1' }))
  const query = { apiVersion: 'v1', kind: 'ConfigMap', namespace, fieldSelector: 'metadata.name=a' }
  const [whole] = (await cluster.list(query)).items
  const [lean] = (await cluster.list(query, { isLean: true })).items
  const { fieldsV1, ...writer } = whole?.metadata.managedFields?.[0] ?? {}
  t.deepEqual(fieldsV1, { 'f:data': { 'f:x': {} } })
  t.is(writer.manager, 'slipway')
  t.deepEqual(lean, { ...whole, metadata: { ...whole?.metadata, managedFields: [writer] } })
})
