import { connect, type Cluster } from '../../src/cluster/index.ts'
import { actionsOf, planSet } from '../../src/plan/index.ts'
import { aCluster, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { applyObjects, OUTSIDE_GIT, requestFor, settings } from '../support/engine.ts'
import { renderSet } from '../../src/render/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** How many requests an apply makes, counted from the connection on. */

const { serial, kserve } = sandboxTest()

const MOST_REQUESTS = 20
/** A changed port may take pods from somebody outside the set: each kind that could point at them, routes and scalers too, is looked for once. */
const LOOK_AROUND = 12
/** Without a record, each kind that slipway renders is listed once, and its group asked for. */
const FIRST_LOOK = 16
const OPTIONS = { wait: false }

/** Endpoints of the usual six kinds, rendered. */
function endpoints(namespace: string, count: number, changed = 0) {
  const all = Array.from({ length: count }, (_, index) => {
    const name = `model-${index}`
    return anEndpoint(
      {
        port: index < changed ? 9000 : 8000,
        resources: { cpu: '100m', memory: '128Mi' },
        replicas: 2,
        ingress: { host: `${name}.example.com` },
        ...(index % 2 === 0 ? { scaling: { min: 1, max: 2, cpu: 70 }, replicas: undefined } : {}),
      },
      { name, namespace },
    )
  })
  const set = aSet(all, { namespace })
  const { objects, problems } = renderSet(set)
  return { set, objects, problems }
}

const total = ({ requests }: Cluster) =>
  Object.values(requests).reduce((sum, count) => sum + count, 0)

serial(
  'R2 · an apply that changes nothing makes as many requests for 60 endpoints as for 20',
  async t => {
    t.timeout(120_000)
    const cluster = await aCluster(t, t.context.sandbox)
    const counts: number[] = []
    for (const size of [20, 60]) {
      const namespace = await aNamespace(t, cluster)
      const { set, objects, problems } = endpoints(namespace, size)
      t.deepEqual(
        problems.filter(({ severity }) => severity === 'error'),
        [],
      )
      t.true(objects.length >= size * 4)
      await applyObjects({
        cluster,
        request: { set, objects },
        options: OPTIONS,
        commit: 'a'.repeat(40),
      })
      const fresh = await connect(t.context.sandbox)
      t.teardown(fresh.close)
      const { plan } = await applyObjects({
        cluster: fresh,
        request: { set, objects },
        options: OPTIONS,
        commit: 'a'.repeat(40),
      })
      t.deepEqual(actionsOf(plan), [])
      t.log(
        `${size} endpoints, ${objects.length} objects: ${total(fresh)} requests ${JSON.stringify(fresh.requests)}`,
      )
      counts.push(total(fresh))
      const changed = endpoints(namespace, size, 3)
      const busy = await connect(t.context.sandbox)
      t.teardown(busy.close)
      const applied = await applyObjects({
        cluster: busy,
        request: changed,
        options: OPTIONS,
        commit: 'b'.repeat(40),
      })
      const changes = actionsOf(applied.plan).length
      t.true(changes >= 3)
      t.log(`${changes} changes: ${total(busy)} requests ${JSON.stringify(busy.requests)}`)
      t.true(total(busy) <= 2 * changes + MOST_REQUESTS + 2 + LOOK_AROUND)
    }
    t.is(counts[0], counts[1])
    t.true((counts[0] ?? Infinity) <= MOST_REQUESTS)
  },
)

/** Endpoints behind KServe without replicas: what they run does not matter here. */
function inferenceServices(namespace: string, count: number) {
  const all = Array.from({ length: count }, (_, index) =>
    anEndpoint(
      {
        runtime: 'kserve',
        resources: { cpu: '0.5', memory: '1024Mi' },
        env: { EMPTY: '', LOG_LEVEL: 'info' },
        volumes: [{ name: 'data', mountPath: '/data', emptyDir: { sizeLimit: '1024Mi' } }],
        replicas: 0,
      },
      { name: `model-${index}`, namespace },
    ),
  )
  const set = aSet(all, { namespace })
  return { set, objects: renderSet(set).objects, provenance: OUTSIDE_GIT }
}

kserve(
  'R2, K9 · a plan makes as many requests for 12 unchanged InferenceServices as for 3',
  async t => {
    t.timeout(300_000)
    const cluster = await aCluster(t, t.context.sandbox)
    const counts: number[] = []
    for (const size of [3, 12]) {
      const namespace = await aNamespace(t, cluster)
      const request = inferenceServices(namespace, size)
      await applyObjects({ cluster, request, options: OPTIONS })
      const fresh = await aCluster(t, t.context.sandbox)
      const plan = await planSet({ ...request, cluster: fresh })
      t.deepEqual([actionsOf(plan), plan.problems], [[], []])
      t.is(plan.unchanged.filter(({ kind }) => kind === 'InferenceService').length, size)
      t.is(fresh.requests['patch'], undefined, 'no dry-run')
      counts.push(total(fresh))
    }
    t.is(counts[0], counts[1])
    t.true((counts[0] ?? Infinity) <= MOST_REQUESTS)
  },
)

/** Patches of existing objects and creations alike: one dry-run and one write for each, and what every apply costs. */
serial('R2 · an apply of k changes makes at most 2k requests more than one of none', async t => {
  t.timeout(300_000)
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const namespace = await aNamespace(t, cluster)
  let version = 0
  const apply = async (changed: number, count: number) => {
    version += 1
    const objects = Array.from({ length: count }, (_, index) =>
      settings(`s${index}`, index < changed ? `v${version}` : 'same'),
    )
    const request = requestFor(namespace, { chat: objects })
    const fresh = await aCluster(t, { kubeconfig: proxy.kubeconfig })
    const before = proxy.seen.length
    const { plan, outcome } = await applyObjects({
      cluster: fresh,
      request,
      commit: commitOf(version),
    })
    t.is(outcome.result, 'succeeded')
    return { changes: actionsOf(plan).length, requests: proxy.seen.length - before }
  }
  const constant = 20
  let look = FIRST_LOOK
  for (const created of [1, 5, 20]) {
    const { changes, requests } = await apply(0, created)
    t.log(`${changes} creations: ${requests} requests`)
    t.true(changes > 0 && requests <= 2 * changes + constant + look, `${changes}: ${requests}`)
    look = 0
  }
  for (const changed of [1, 5, 20]) {
    const { changes, requests } = await apply(changed, 20)
    t.log(`${changes} updates: ${requests} requests`)
    t.true(changes >= changed && requests <= 2 * changes + constant, `${changes}: ${requests}`)
  }
})

const commitOf = (version: number) => String(version).repeat(40).slice(0, 40)
