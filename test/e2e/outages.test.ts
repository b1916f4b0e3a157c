import { actionsOf } from '../../src/plan/index.ts'
import type { ExecutionContext } from 'ava'
import type { ApplyEvent } from '../../src/apply/index.ts'
import type { ConnectOptions, RetryNotice } from '../../src/cluster/index.ts'
import { startComponents, stopComponent } from '../support/sandbox-trouble.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { stateDirectoryOf } from '../../src/sandbox/places.ts'
import { processesOf } from '../../src/sandbox/processes.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { applyObjects, requestFor, server, settings } from '../support/engine.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** The control plane goes away in the middle of an apply and comes back: the apply waits for it, and loses nothing. */

const { serial } = sandboxTest({ alone: true })

/** Longer than a control plane takes to start on any machine. */
const PATIENCE_SECONDS = 300

const NAMES = Array.from({ length: 20 }, (_, index) => `settings-${index}`)

async function aSetting(t: ExecutionContext<{ sandbox: Sandbox }>, options: ConnectOptions = {}) {
  const sandboxName = t.context.sandbox.name
  const notices: RetryNotice[] = []
  const cluster = await aCluster(t, {
    kubeconfig: t.context.sandbox.kubeconfig,
    retry: { seconds: PATIENCE_SECONDS },
    onRetry: notice => notices.push(notice),
    ...options,
  })
  const namespace = await aNamespace(t, cluster)
  const request = requestFor(namespace, {
    chat: [...NAMES.map(name => settings(name, 'one')), server('chat', 'chat:1')],
  })
  return { cluster, sandboxName, namespace, notices, request }
}

/**
 * Applies; after the first object is written something is done, while the apply goes on. Then components that have ended are
 * started, as a kubelet would.
 */
async function applyMeanwhile(
  { cluster, request, sandboxName: name }: Awaited<ReturnType<typeof aSetting>>,
  meanwhile: () => Promise<void>,
) {
  const over = new AbortController()
  let doing: Promise<void> | undefined
  const supervised = async () => {
    await meanwhile()
    while (!over.signal.aborted) {
      await startComponents({ name })
      await new Promise(later => setTimeout(later, 1000))
    }
  }
  const onEvent = (event: ApplyEvent) => {
    if (event.type === 'written') doing ??= supervised()
  }
  const options = { lockTtlSeconds: PATIENCE_SECONDS, timeoutSeconds: PATIENCE_SECONDS }
  const applied = await applyObjects({ cluster, request, options, onEvent })
  over.abort()
  await doing
  return { ...applied, wasDone: doing !== undefined }
}

serial('R4 · an API server that is restarted in the middle of an apply is waited for', async t => {
  t.timeout(600_000)
  const setting = await aSetting(t)
  const { outcome, wasDone } = await applyMeanwhile(setting, () =>
    stopComponent({ name: setting.sandboxName, component: 'kube-apiserver' }),
  )
  t.true(wasDone)
  t.is(outcome.result, 'succeeded', JSON.stringify(outcome.problems))
  t.true(setting.notices.some(({ reason }) => /refuses connections|was lost/.test(reason)))
  await isWhole(t, setting)
})

serial('R4 · an etcd that stands still in the middle of an apply is waited for', async t => {
  t.timeout(600_000)
  const setting = await aSetting(t, { requestTimeoutSeconds: 2 })
  const etcd = processesOf(stateDirectoryOf(setting.sandboxName)).find(
    process => process.name === 'etcd',
  )
  t.assert(etcd)
  if (etcd === undefined) return
  t.teardown(() => process.kill(etcd.pid, 'SIGCONT'))
  const { outcome, wasDone } = await applyMeanwhile(setting, async () => {
    process.kill(etcd.pid, 'SIGSTOP')
    // Until somebody has felt it.
    while (setting.notices.length === 0) await new Promise(later => setTimeout(later, 20))
    process.kill(etcd.pid, 'SIGCONT')
  })
  t.true(wasDone)
  t.is(outcome.result, 'succeeded', JSON.stringify(outcome.problems))
  t.true(setting.notices.length > 0)
  await isWhole(t, setting)
})

/** Everything is there once, and an apply of the same has nothing to do. */
async function isWhole(
  t: ExecutionContext<{ sandbox: Sandbox }>,
  { cluster, namespace, request }: Awaited<ReturnType<typeof aSetting>>,
): Promise<void> {
  const { items } = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace })
  const names = items.map(({ metadata }) => metadata.name)
  t.true(NAMES.every(name => names.includes(name)))
  const again = await applyObjects({ cluster, request })
  t.deepEqual(actionsOf(again.plan), [])
  t.is(again.outcome.result, 'succeeded')
}
