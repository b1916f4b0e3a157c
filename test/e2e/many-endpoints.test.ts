import type { KubeObject } from '../../src/object/index.ts'
import { applyObjects, requestFor, server } from '../support/engine.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { sandboxTest } from '../support/sandbox.ts'

const { serial } = sandboxTest()

const COUNT = 150

serial('R2 · waiting for 150 endpoints takes one watch per kind and namespace', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const names = Array.from({ length: COUNT }, (_, index) => `chat-${index}`)
  const objects = Object.fromEntries(names.map(name => [name, [server(name, 'chat:v1')]]))
  const before = { ...cluster.requests }
  const { outcome } = await applyObjects({ cluster, request: requestFor(namespace, objects) })
  t.is(outcome.result, 'succeeded')
  t.deepEqual(new Set(Object.values(outcome.endpoints)), new Set(['ready']))
  const made = (verb: string) => (cluster.requests[verb] ?? 0) - (before[verb] ?? 0)
  // Deployments, ReplicaSets, pods and their events.
  t.is(made('watch'), 4)
  t.true(made('list') < 20, `${made('list')} LISTs`)
  t.true(made('get') < 20, `${made('get')} GETs`)
})

serial(
  'R2 · deleting endpoints takes one watch per kind, whatever selectors their objects have',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const names = Array.from({ length: 12 }, (_, index) => `chat-${index}`)
    const objects = Object.fromEntries(
      names.map(name => [name, [server(name, 'v1'), budget(name)]]),
    )
    const request = requestFor(namespace, objects)
    await applyObjects({ cluster, request, options: { wait: false } })
    const before = cluster.requests['watch'] ?? 0
    const { outcome } = await applyObjects({ cluster, request: { ...request, remove: 'all' } })
    t.is(outcome.result, 'succeeded')
    // Budgets, Deployments, ReplicaSets, pods and their events.
    t.is((cluster.requests['watch'] ?? 0) - before, 5)
  },
)

function budget(name: string): KubeObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: name } } },
  }
}
