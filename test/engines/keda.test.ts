import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { aQueue, startKeda } from './keda.ts'

/** From fixed replicas to a HorizontalPodAutoscaler, to the real KEDA and back, down to zero and up: never fewer replicas than the minimum. */

const { serial } = sandboxTest({ addons: ['keda'] })

type Replicas = Record<'wanted' | 'ready', number>

/** Every number that a Deployment shows, as it changes. */
function watchReplicas(
  t: ExecutionContext<{ sandbox: Sandbox }>,
  namespace: string,
): { seen: Replicas[]; now: () => Replicas | undefined } {
  const { kubectl, kubeconfig } = t.context.sandbox
  const columns = 'custom-columns=A:.spec.replicas,B:.status.readyReplicas'
  const child = spawn(
    kubectl,
    ['get', 'deployment', 'chat', '-n', namespace, '-w', '-o', columns, '--no-headers'],
    { env: { ...process.env, KUBECONFIG: kubeconfig }, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  t.teardown(() => child.kill('SIGKILL'))
  const seen: Replicas[] = []
  createInterface({ input: child.stdout }).on('line', line => {
    const [wanted = 0, ready = 0] = line
      .trim()
      .split(/\s+/)
      .map(text => Number.parseInt(text) || 0)
    seen.push({ wanted, ready })
  })
  return { seen, now: () => seen.at(-1) }
}

serial('W4 · replicas → autoscaler → KEDA and back: never below the minimum', async t => {
  // From empty caches KEDA is built first.
  t.timeout(45 * 60_000)
  const keda = await startKeda(t.context.sandbox)
  const queue = await aQueue(0)
  t.teardown(queue.close)
  const scaledBy = (scaling: string) => `  scaling: ${scaling}\n`
  const byQueue = (min: number) =>
    scaledBy(
      `{ min: ${min}, max: 5, queue: { prometheus: { serverAddress: '${queue.url}', query: sum(waiting) }, target: 5, cooldown: 5s } }`,
    )
  const byCpu = scaledBy('{ min: 2, max: 6, cpu: 70 }')
  const fixed = '  replicas: 3\n'
  const project = await deployedProject(t, { chat: fixed })
  const { expect, edit, commit, kubectl, namespace } = project
  await expect(0, 'apply', '--yes')
  const { seen, now } = watchReplicas(t, namespace)
  const until = async (what: string, isTrue: () => boolean | Promise<boolean>) => {
    const deadline = Date.now() + 180_000
    while (!(await isTrue())) {
      if (Date.now() > deadline)
        throw new Error(`not ${what}: ${JSON.stringify(now())}\n${keda.logs()}`)
      await sleep(1000)
    }
  }
  const autoscalers = async () =>
    (await kubectl.list('hpa', namespace)).map(({ metadata }) => metadata.name)
  let last = fixed
  const change = async (next: string) => {
    await edit('endpoints/chat.yaml', last, next)
    last = next
    await commit(next)
    await expect(0, 'apply', '--yes', '--timeout', '5m')
  }

  for (const [next, autoscaler] of [
    [byQueue(2), 'keda-hpa-chat-scaler'],
    [byCpu, 'chat-hpa'],
    [byQueue(3), 'keda-hpa-chat-scaler'],
    [fixed, undefined],
    [byQueue(2), 'keda-hpa-chat-scaler'],
  ] as const) {
    await change(next)
    await until(`scaled by ${autoscaler}`, async () => {
      const names = await autoscalers()
      return autoscaler === undefined ? names.length === 0 : names.join() === autoscaler
    })
    t.true(seen.length > 0)
    t.deepEqual(
      seen.filter(({ wanted, ready }) => wanted < 2 || ready < 2),
      [],
      next,
    )
  }

  await change(byQueue(0))
  await until('at zero', () => now()?.wanted === 0)
  const { stdout } = await expect(0, 'status')
  t.regex(stdout, /chat/)
  await expect(0, 'diff', '--exit-code')
  queue.set(7)
  await until('up again', () => (now()?.ready ?? 0) > 0)
  queue.set(0)
  await until('at zero again', () => now()?.wanted === 0)
  await change(byCpu)
  t.true((now()?.ready ?? 0) >= 2, 'an autoscaler takes zero for a pause')
  t.deepEqual(await autoscalers(), ['chat-hpa'])
})
