import anyTest from 'ava'
import type { TestFn } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { connect } from '../../src/cluster/index.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { applyObjects } from '../support/engine.ts'
import { renderSet } from '../../src/render/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** How many requests an apply makes, counted from the connection on. */

const test = anyTest as TestFn<{ sandbox: Sandbox }>
const { serial } = sandboxTest(test)

const MOST_REQUESTS = 20
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
      t.deepEqual(plan.actions, [])
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
      const changes = applied.plan.actions.length
      t.true(changes >= 3)
      t.log(`${changes} changes: ${total(busy)} requests ${JSON.stringify(busy.requests)}`)
      t.true(total(busy) <= 2 * changes + MOST_REQUESTS + 2)
    }
    t.is(counts[0], counts[1])
    t.true((counts[0] ?? Infinity) <= MOST_REQUESTS)
  },
)
