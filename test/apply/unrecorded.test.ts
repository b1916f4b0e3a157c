import { aCluster, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { applyObjects, requestFor, settings } from '../support/engine.ts'
import { sandboxTest } from '../support/sandbox.ts'

const { serial } = sandboxTest()

const REFUSAL = {
  apiVersion: 'v1',
  kind: 'Status',
  status: 'Failure',
  reason: 'Invalid',
  code: 422,
  message: 'the ConfigMap is frozen',
}

serial(
  'S2 · an apply whose revision cannot be recorded is not a success, and says why',
  async t => {
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
    const namespace = await aNamespace(t, cluster)
    const request = requestFor(namespace, { chat: [settings('s1', 'v1')] })
    // The first write of the record is the inventory, before anything else.
    const parent = /\/configmaps\/slipway[^/]*\?/
    const fault = proxy.on(
      { method: 'PATCH', path: parent, skip: 1 },
      { type: 'answer', status: 422, body: REFUSAL },
    )
    const { outcome } = await applyObjects({ cluster, request, commit: 'a'.repeat(40) })
    t.is(fault.hits(), 1)
    t.is(outcome.result, 'failed')
    t.deepEqual(outcome.endpoints, { chat: 'ready' })
    const [problem] = outcome.problems
    t.regex(problem?.message ?? '', /^the revision could not be recorded: .*frozen/)
    t.is(problem?.severity, 'error')

    proxy.clear()
    const again = await applyObjects({ cluster, request, commit: 'a'.repeat(40) })
    t.is(again.outcome.result, 'succeeded')
  },
)
