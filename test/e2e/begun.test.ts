import type { Revision } from '../../src/plan/index.ts'
import { aFaultProxy } from '../support/cluster.ts'
import { deployedProject, type DeployedProject } from '../support/deployed-project.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** An apply is in the record before its first write: one that is killed is seen, and guarded like one that ended. */

const { serial } = sandboxTest()

const RECORD = 'slipway-test-test'
/** The object itself, not a trial of it. */
const WRITE_OF_CHAT = { method: 'PATCH', path: /\/deployments\/chat\?(?!.*dryRun)/ }

async function recordOf({ kubectl, namespace }: DeployedProject): Promise<Revision[]> {
  const record = await kubectl.get('configmap', RECORD, namespace)
  const { 'revisions.json': text = '[]' } = (record?.['data'] ?? {}) as Record<string, string>
  return JSON.parse(text) as Revision[]
}

const resultsIn = (revisions: readonly Revision[]) =>
  revisions.map(({ commit, result }) => `${commit?.slice(0, 7)} ${result}`)

serial(
  'S2 · an apply killed at its first write is in history and status as begun, guards as one that ended, and the next converges',
  async t => {
    t.timeout(300_000)
    const project = await deployedProject(t, { chat: '', rag: '' })
    const { expect, edit, commit, git, start, kubectl, namespace } = project
    const first = await git('rev-parse', '--short=7', 'HEAD')
    await expect(0, 'apply', '--yes')
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    const second = (await commit('chat v2')).slice(0, 7)
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const write = proxy.on(WRITE_OF_CHAT, { type: 'hang' })
    const killed = async () => {
      const before = write.hits()
      const { kill, ended } = start('apply', '--yes', '--kubeconfig', proxy.kubeconfig)
      await eventually(() => write.hits() > before)
      kill('SIGKILL')
      await ended
    }
    await killed()
    t.deepEqual(resultsIn(await recordOf(project)), [`${second} begun`, `${first} succeeded`])
    const history = await expect(0, 'history')
    t.regex(history.stdout, new RegExp(`^${second} .* begun, not finished `, 'm'))
    const status = await project.slipway('status')
    t.regex(status.stdout, new RegExp(`^test: ${second}, begun .* ago by .*: not finished`))
    const json = JSON.parse((await expect(0, 'history', '-o', 'json')).stdout) as {
      revisions: Revision[]
    }
    t.is(json.revisions[0]?.result, 'begun')

    const older = await expect(2, 'apply', '--yes', '--revision', 'HEAD~1')
    t.regex(older.stderr, /is older than/)
    t.regex(
      older.stderr,
      new RegExp(`began to apply ${second} \\d+[smh] ago, and has not finished`),
    )

    // However often: it takes one place in the record.
    await kubectl('delete', 'lease', RECORD, '-n', namespace, '--ignore-not-found')
    await killed()
    t.deepEqual(resultsIn(await recordOf(project)), [`${second} begun`, `${first} succeeded`])

    await kubectl('delete', 'lease', RECORD, '-n', namespace, '--ignore-not-found')
    await expect(0, 'apply', '--yes')
    t.deepEqual(resultsIn(await recordOf(project)), [
      `${second} succeeded`,
      `${second} begun`,
      `${first} succeeded`,
    ])
    t.regex((await expect(0, 'status')).stdout, new RegExp(`^test: ${second}, applied .*succeeded`))
  },
)

serial(
  'S2 · a first apply that is killed, and a deletion, are in the record as begun, too',
  async t => {
    const project = await deployedProject(t, { chat: '' })
    const { expect, start, git, kubectl, namespace } = project
    const commit = await git('rev-parse', '--short=7', 'HEAD')
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    const killedAt = async (match: { method: string; path: RegExp }, ...args: string[]) => {
      const rule = proxy.on(match, { type: 'hang' })
      const { kill, ended } = start(...args, '--yes', '--kubeconfig', proxy.kubeconfig)
      await eventually(() => rule.hits() > 0)
      kill('SIGKILL')
      await ended
      await kubectl('delete', 'lease', RECORD, '-n', namespace, '--ignore-not-found')
    }
    await killedAt(WRITE_OF_CHAT, 'apply')
    t.deepEqual(resultsIn(await recordOf(project)), [`${commit} begun`])
    proxy.clear()
    await expect(0, 'apply', '--yes')

    await killedAt({ method: 'DELETE', path: /\/deployments\/chat/ }, 'delete', 'chat')
    const [begun] = await recordOf(project)
    t.like(begun, { result: 'begun', only: ['chat'] })
    t.is(begun?.counts.prune === 0, false)
    t.regex((await expect(0, 'history')).stdout, /begun, not finished .* delete chat$/m)
    await expect(0, 'delete', 'chat', '--yes')
    t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
  },
)

serial('S2 · an apply that writes nothing is not begun: its record is one write', async t => {
  const project = await deployedProject(t, { chat: '' })
  const { expect, write, commit } = project
  await expect(0, 'apply', '--yes')
  await write('README.md', 'More words\n')
  await commit('Words')
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  await expect(0, 'apply', '--yes', '--kubeconfig', proxy.kubeconfig)
  const writes = proxy.seen.filter(
    ({ method, path }) => method === 'PATCH' && path.includes(`/configmaps/${RECORD}`),
  )
  t.is(writes.length, 1)
})

serial('S2 · an apply of k changes writes the record twice, whatever k', async t => {
  const project = await deployedProject(t, { chat: '', rag: '' })
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  await project.expect(0, 'apply', '--yes', '--kubeconfig', proxy.kubeconfig)
  const writes = proxy.seen.filter(
    ({ method, path }) => method === 'PATCH' && path.includes(`/configmaps/${RECORD}`),
  )
  t.is(writes.length, 2)
})
