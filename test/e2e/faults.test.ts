import type { KubeObject } from '../../src/object/index.ts'
import { aCluster, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { applyObjects, requestFor, settings, type Objects } from '../support/engine.ts'
import { ANSWERS, CONNECTIONS, faultsEverywhere, LIES } from '../support/faulted.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Every request of an apply is answered wrongly, one after the other: it gets over it or says what is wrong, and the next one converges. */

const { serial } = sandboxTest()

/** From one to the other and back: each creates, updates, replaces and prunes. */
const STATES: [Objects, Objects] = [
  {
    kept: [settings('kept', 'one')],
    swapped: [settings('swapped', 'one', { immutable: true })],
    first: [settings('first', 'one')],
  },
  {
    kept: [settings('kept', 'two')],
    swapped: [settings('swapped', 'two', { immutable: true })],
    second: [settings('second', 'two')],
  },
]

const MINUTES_3 = 170_000

serial(
  'R4, D7 · 409, 429, 500 or 503 to any one request: it gets over it or says why, then converges',
  async t => {
    t.timeout(MINUTES_3)
    await faultsEverywhere(t, { faults: ANSWERS, states: STATES })
  },
)

serial('R4, D7 · a hang or a broken connection at any one request: the same', async t => {
  t.timeout(MINUTES_3)
  await faultsEverywhere(t, { faults: CONNECTIONS, states: STATES, requestTimeoutSeconds: 1 })
})

serial(
  'S1, S2 · a lie to any one request: nothing of it is believed, then it converges',
  async t => {
    t.timeout(MINUTES_3)
    await faultsEverywhere(t, { faults: LIES, states: STATES })
  },
)

serial('S1, S2 · lies from any request on: no success is reported, then it converges', async t => {
  t.timeout(MINUTES_3)
  await faultsEverywhere(t, {
    faults: LIES,
    states: STATES,
    isLasting: true,
    step: Object.keys(LIES).length,
  })
})

serial(
  'R6 · when a replacement cannot be created, the error holds what was deleted, and the next apply converges',
  async t => {
    const direct = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, direct)
    await applyObjects({ cluster: direct, request: requestFor(namespace, STATES[0]) })
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const refusal = {
      kind: 'Status',
      status: 'Failure',
      code: 422,
      reason: 'Invalid',
      message: 'no',
    }
    const patched = { method: 'PATCH', path: /configmaps\/swapped\?(?!.*dryRun)/ }
    proxy.on(patched, { type: 'answer', status: 422, body: refusal })
    const cluster = await aCluster(t, { kubeconfig: proxy.kubeconfig })
    const request = requestFor(namespace, STATES[1])
    const { outcome } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'failed')
    t.is(outcome.endpoints['kept'], 'ready', 'the others go on')
    const [problem] = outcome.problems
    t.is(problem?.code, 'write-failed')
    t.regex(problem?.message ?? '', /ConfigMap\/.*\/swapped was deleted to be replaced/)
    const manifest = JSON.parse(
      /what was deleted: (.*)/.exec(problem?.cause ?? '')?.[1] ?? '{}',
    ) as KubeObject
    t.deepEqual(manifest['data'], { value: 'one' })
    t.is((await applyObjects({ cluster: direct, request })).outcome.result, 'succeeded')
  },
)
