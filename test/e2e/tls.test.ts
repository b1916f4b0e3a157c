import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actionsOf } from '../../src/plan/index.ts'
import type { ExecutionContext } from 'ava'
import { chooseAccess } from '../../src/cluster/kubeconfig/choose.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { applyObjects, requestFor, settings } from '../support/engine.ts'
import { aKubeconfig } from '../support/robot.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { aTlsGate } from '../support/tls-gate.ts'

/** TLS itself breaks in the middle of an apply. */

const { serial } = sandboxTest()

const NAMES = Array.from({ length: 20 }, (_, index) => `settings-${index}`)

async function aSetting(t: ExecutionContext<{ sandbox: Sandbox }>) {
  const { kubeconfig } = t.context.sandbox
  const direct = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, direct)
  const gate = await aTlsGate(t, kubeconfig)
  const folder = await mkdtemp(join(tmpdir(), 'slipway-tls-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const { user } = chooseAccess({ kubeconfig, environment: {} })
  const server = `https://127.0.0.1:${gate.port}`
  const gated = await aKubeconfig(t, folder, user, { server })
  const request = requestFor(namespace, { chat: NAMES.map(name => settings(name, 'one')) })
  return { direct, gate, gated, namespace, request }
}

serial(
  'R4 · TLS connections that are cut, in their handshake and in answers, are made anew',
  async t => {
    const { gate, gated, request, direct } = await aSetting(t)
    gate.cutAfter([0, 40, 1200, 2500])
    const cluster = await aCluster(t, { kubeconfig: gated })
    gate.cutAfter([0, 100, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 6000])
    const { outcome } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'succeeded', JSON.stringify(outcome.problems))
    const again = await applyObjects({ cluster: direct, request })
    t.deepEqual(actionsOf(again.plan), [])
  },
)

serial(
  'R4 · another certificate in the middle of an apply ends it with a sentence; the next one goes on',
  async t => {
    const { gate, gated, request, direct, namespace } = await aSetting(t)
    const cluster = await aCluster(t, { kubeconfig: gated, retry: { seconds: 5 } })
    const options = { lockTtlSeconds: 3 }
    const told = await applyObjects({
      cluster,
      request,
      options,
      onEvent: ({ type }) => {
        if (type === 'written') gate.betray()
      },
    }).then(
      ({ outcome }) => (outcome.result === 'succeeded' ? '' : JSON.stringify(outcome.problems)),
      (error: Error) => error.message,
    )
    t.regex(told, /its certificate is for another name|the lock was lost/)
    gate.restore()
    const { outcome } = await applyObjects({ cluster: direct, request, options })
    t.is(outcome.result, 'succeeded')
    const { items } = await direct.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace })
    t.true(NAMES.every(name => items.some(({ metadata }) => metadata.name === name)))
  },
)
