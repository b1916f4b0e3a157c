import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { aFaultProxy } from '../support/cluster.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { eventually } from '../support/scene.ts'

/** What goes wrong in the cluster, and what slipway says of it. The sandbox plays trouble by a label on the pods. */

const { serial } = sandboxTest()

/** Patches the label into the pods of a Deployment. */
const trouble = (what: string) => `  patches:
    - target: {kind: Deployment}
      merge: {spec: {template: {metadata: {labels: {sandbox.slipway.dev/trouble: ${what}}}}}}
`

serial(
  'K3, D7 · an image that cannot be pulled ends the wait early; the other endpoint is served',
  async t => {
    const { expect, kubectl, namespace } = await deployedProject(t, {
      broken: trouble('image-pull'),
      fine: '',
    })
    const start = Date.now()
    const { stdout, stderr } = await expect(1, 'apply', '--yes')
    t.true(Date.now() - start < 120_000, 'long before the deadline of 15 minutes')
    t.regex(stderr, /broken cannot become ready/)
    t.regex(stderr, /image/)
    t.regex(stderr, /registry\.example\.com\/broken:v1/)
    t.regex(stdout, /fine +ready/)
    t.regex(stdout, /broken +failed/)
    t.truthy(await kubectl.get('deployment', 'fine', namespace))
  },
)

serial('R5 · a failed apply is recorded as failed, and the next one goes on', async t => {
  const { expect, edit, commit } = await deployedProject(t, { chat: trouble('crash-loop') })
  const { stderr } = await expect(1, 'apply', '--yes')
  t.regex(stderr, /crash|restart/i)
  const failed = await expect(0, 'history')
  t.regex(failed.stdout, /failed .*The beginning/)
  await edit('endpoints/chat.yaml', / {2}patches:[^]*/, '')
  await commit('Without the trouble')
  await expect(0, 'apply', '--yes')
  const { stdout } = await expect(0, 'history')
  t.regex(stdout, /succeeded .*Without the trouble/)
})

serial(
  'D2 · a finalizer that holds an object is named; the next apply goes on where this one stopped',
  async t => {
    const { expect, remove, kubectl, namespace } = await deployedProject(t, { chat: '', other: '' })
    await expect(0, 'apply', '--yes')
    const hold = (finalizers: string) =>
      kubectl(
        'patch',
        'service',
        'chat-svc',
        '-n',
        namespace,
        '--type=merge',
        '-p',
        `{"metadata":{"finalizers":${finalizers}}}`,
      )
    await hold('["example.com/hold"]')
    await remove('endpoints/chat.yaml')
    const { stdout, stderr } = await expect(1, 'apply', '--yes', '--delete-timeout', '3s')
    t.regex(stderr, /example\.com\/hold/)
    t.regex(stdout, /other +ready/)
    t.truthy(await kubectl.get('service', 'chat-svc', namespace))
    await hold('null')
    await expect(0, 'apply', '--yes')
    t.is(await kubectl.get('service', 'chat-svc', namespace), undefined)
  },
)

serial('D8 · a pod that will not end is named, and what to do', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, {
    chat: `  shutdown: {gracePeriod: 10s, preStop: {sleep: 1s}}\n${trouble('stuck-terminating')}`,
  })
  await expect(0, 'apply', '--yes')
  const { stderr } = await expect(1, 'delete', 'chat', '--yes', '--delete-timeout', '2s')
  t.regex(stderr, /pod .*chat-/i)
  await kubectl('delete', 'pods', '--all', '-n', namespace, '--force', '--grace-period=0')
  await eventually(async () => !(await kubectl.get('deployment', 'chat', namespace)))
  const again = await expect(1, 'delete', 'chat', '--yes')
  t.regex(again.stderr, /there is nothing of chat in the cluster/)
})

serial('D5 · delete --all also deletes what could not be rendered', async t => {
  const { expect, edit, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await expect(0, 'apply', '--yes', '--no-wait')
  const aimless = '  patches:\n    - target: {kind: StatefulSet}\n      merge: {metadata: {}}\n'
  await edit('endpoints/chat.yaml', /$/, aimless)
  const { stderr } = await expect(1, 'delete', 'chat', '--yes')
  t.regex(stderr, /StatefulSet/)
  await expect(0, 'delete', '--all', '--yes')
  t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
})

serial('K3 · an exceeded quota is said within seconds', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await kubectl('create', 'namespace', namespace)
  await kubectl('create', 'quota', 'no-pods', '--hard=pods=0', '-n', namespace)
  const start = Date.now()
  const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '10m')
  t.regex(stderr, /quota/)
  t.true(Date.now() - start < 120_000, 'long before the deadline')
})

serial('K3 · a GPU that no node has is said at the deadline', async t => {
  const { expect } = await deployedProject(t, {
    chat: '  patches:\n    - target: {kind: Deployment}\n      merge: {spec: {template: {spec: {nodeSelector: {gpu: b300}}}}}\n',
  })
  const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '4s')
  t.regex(stderr, /not ready after 4s/)
  t.regex(stderr, /node/)
})

serial('R1 · an interruption stops at once and leaves no lock', async t => {
  const { start, expect, kubectl, namespace } = await deployedProject(t, {
    chat: trouble('never-ready'),
  })
  const run = start('apply', '--yes')
  await run.says(/created Deployment/)
  const interrupted = Date.now()
  run.kill('SIGINT')
  const { code } = await run.ended
  t.is(code, 130)
  t.true(Date.now() - interrupted < 20_000, 'without waiting for the endpoint')
  t.is(await kubectl.get('lease', 'slipway-test-test', namespace), undefined)
  const { stdout } = await expect(0, 'history')
  t.regex(stdout, /interrupted/)
})

serial('R1 · an interruption while the watches begin stops at once, too', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const { start, expect } = await deployedProject(t, { chat: trouble('never-ready') })
  const hanging = proxy.on({ method: 'GET', path: /\/pods\?/ }, { type: 'hang' })
  const run = start('apply', '--yes', '--kubeconfig', proxy.kubeconfig)
  while (hanging.hits() === 0) await sleep(20)
  const interrupted = Date.now()
  run.kill('SIGINT')
  t.is((await run.ended).code, 130)
  t.true(Date.now() - interrupted < 20_000, 'without waiting for the answer')
  t.regex((await expect(0, 'history')).stdout, /interrupted/)
})

serial('R1 · a second interruption ends at once, without the clean end', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const { start } = await deployedProject(t, { chat: trouble('never-ready') })
  const run = start('apply', '--yes', '--kubeconfig', proxy.kubeconfig)
  await run.says(/created Deployment/)
  // Recording and releasing the lock take as long as they may.
  proxy.on({}, { type: 'hang' })
  run.kill('SIGINT')
  await run.says(/Interrupt again to exit at once/)
  run.kill('SIGINT')
  const { code, stdout } = await run.ended
  t.is(code, 130)
  t.is(stdout, '', 'no outcome was waited for')
})

serial('R1 · --lock-timeout ends the waiting for another apply, and says whose', async t => {
  const { start, expect } = await deployedProject(t, { chat: trouble('never-ready') })
  const run = start('apply', '--yes')
  await run.says(/created Deployment/)
  const { stderr } = await expect(2, 'apply', '--yes', '--lock-timeout', '1s')
  t.regex(stderr, /waiting for the lock held by \S+ for \d/)
  t.regex(stderr, /another apply holds the lock: \S+, for \d+[smh]/)
  run.kill('SIGINT')
  t.is((await run.ended).code, 130)
})

serial('R2 · a killed apply is taken over when its lock has expired', async t => {
  const { start, expect, edit } = await deployedProject(t, { chat: trouble('never-ready') })
  const run = start('apply', '--yes')
  await run.says(/created Deployment/)
  run.kill('SIGKILL')
  await run.ended
  await sleep(100)
  await edit('endpoints/chat.yaml', / {2}patches:[^]*/, '')
  const { stderr } = await expect(0, 'apply', '--yes')
  t.regex(stderr, /lock/)
})

serial(
  'R6 · --rollback-on-failure returns the endpoint that failed, and only that, to the last good commit',
  async t => {
    const { expect, edit, commit, kubectl, namespace } = await deployedProject(t, {
      chat: '',
      other: '',
    })
    await expect(0, 'apply', '--yes')
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    await edit('endpoints/chat.yaml', /$/, trouble('image-pull'))
    await edit('endpoints/other.yaml', 'other:v1', 'other:v2')
    const broken = await commit('chat v2 has no image')
    const { stderr } = await expect(1, 'apply', '--yes', '--rollback-on-failure')
    t.regex(stderr, /Rolling back chat to [0-9a-f]{7}/)
    t.regex(stderr, new RegExp(`revert ${broken.slice(0, 7)}`))
    const images = async (name: string) =>
      JSON.stringify((await kubectl.get('deployment', name, namespace))?.['spec'])
    t.regex(await images('chat'), /chat:v1/)
    t.regex(await images('other'), /other:v2/)
    const { stdout } = await expect(0, 'status')
    t.regex(stdout, /chat/)
  },
)

serial(
  'R6 · --rollback-on-failure without the good commit says so and leaves what is there',
  async t => {
    const { expect, edit, directory, kubectl, namespace } = await deployedProject(t, { chat: '' })
    await expect(0, 'apply', '--yes')
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    await edit('endpoints/chat.yaml', /$/, trouble('image-pull'))
    await rm(join(directory, '.git'), { recursive: true })
    const args = ['apply', '--yes', '--allow-no-commit', '--rollback-on-failure']
    const { stderr } = await expect(1, ...args)
    t.regex(stderr, /Rolling back chat to [0-9a-f]{7}[^]*git repository/)
    const live = await kubectl.get('deployment', 'chat', namespace)
    t.regex(JSON.stringify(live?.['spec']), /chat:v2/)
  },
)
