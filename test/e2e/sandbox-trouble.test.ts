import { aScene, aServer, eventually, serverIsReady } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Troubles of real life, played by a label on the pods (docs/sandbox.md). */

const { serial } = sandboxTest()

// Status of the pod's first container, in part.
const TROUBLES: [label: string, phase: string, container: object][] = [
  ['image-pull', 'Pending', { ready: false, state: { waiting: { reason: 'ImagePullBackOff' } } }],
  [
    'crash-loop',
    'Running',
    {
      ready: false,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    },
  ],
  [
    'out-of-memory',
    'Running',
    {
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    },
  ],
  ['never-ready', 'Running', { ready: false, started: true, restartCount: 0 }],
  [
    'config-error',
    'Pending',
    { ready: false, state: { waiting: { reason: 'CreateContainerConfigError' } } },
  ],
]
for (const [trouble, phase, container] of TROUBLES) {
  serial(`a label plays trouble: ${trouble}`, async t => {
    const { kubectl, namespace } = await aScene(t)
    const labels = { 'sandbox.slipway.dev/trouble': trouble }
    await kubectl.apply(aServer(namespace, { labels }))
    const look = async () => {
      const [pod] = await kubectl.list('pods', namespace)
      return pod?.['status'] as { phase: string; containerStatuses?: object[] } | undefined
    }
    await eventually(async () => (await look())?.containerStatuses !== undefined)
    const seen = await look()
    t.is(seen?.phase, phase)
    t.like(seen?.containerStatuses?.[0], container)
    const selector = ['--field-selector', 'type=Warning,involvedObject.kind=Pod']
    t.regex(await kubectl('-n', namespace, 'get', 'events', ...selector), /pod\/server-/)
  })
}

serial('D8 · a label plays trouble: stuck-terminating', async t => {
  const { kubectl, namespace } = await aScene(t)
  const labels = { 'sandbox.slipway.dev/trouble': 'stuck-terminating' }
  await kubectl.apply(aServer(namespace, { labels }))
  await serverIsReady(kubectl, namespace)
  const remove = ['delete', 'deployment/server', '--cascade=foreground', '--timeout=2s']
  await t.throwsAsync(kubectl('-n', namespace, ...remove))
  const [pod] = await kubectl.list('pods', namespace)
  t.truthy(pod?.metadata.deletionTimestamp)
  await kubectl('-n', namespace, 'delete', 'pods', '--all', '--force', '--timeout=90s')
  t.deepEqual(await kubectl.list('pods', namespace), [])
})
