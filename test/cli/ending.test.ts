import test from 'ava'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { watchForcedEnds } from '../support/forced-ends.ts'
import { shop } from './scratch.ts'

/** A process that has done its work ends by itself: process.exit can wait for ever for a thread that compiles. */

const COMMANDS: [string, number][] = [
  ['--help', 0],
  ['validate --help', 0],
  ['validate', 0],
  ['validate -o json', 0],
  ['render -e dev', 0],
  ['render -e dev --explain', 0],
  ['render -e nowhere', 2],
  ['diff -e dev --against HEAD', 0],
  ['nonsense', 2],
  ['validate --nonsense', 2],
  ['schema', 0],
  ['completion', 0],
  ['history -e dev --kubeconfig /does/not/exist', 2],
]

test('S2 · nothing holds a process that has done its work, and nothing cuts it short', async t => {
  const ends = await watchForcedEnds(t as never)
  const project = await shop({ NODE_OPTIONS: ends.nodeOptions })
  t.teardown(project.dispose)
  await project.commit('The beginning')
  for (const [command, expected] of COMMANDS) {
    const { code, stdout, stderr } = await project.slipway(...command.split(' '))
    t.is(code, expected, `${command}: ${stdout}${stderr}`)
  }
  t.deepEqual(await ends.seen(), [])
})

test('S2 · what does not end by itself is not waited for', async t => {
  const ends = await watchForcedEnds(t as never)
  const project = await shop({ NODE_OPTIONS: ends.nodeOptions })
  t.teardown(project.dispose)
  const plugin = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: 'sh',
    args: ['-c', 'echo "open your browser" >&2; exec sleep 600'],
    interactiveMode: 'Never',
  }
  await project.write('kubeconfig', kubeconfig('https://127.0.0.1:9', { exec: plugin }))
  const running = project.start('history', '-e', 'dev', '--kubeconfig', 'kubeconfig')
  await running.says(/open your browser/)
  running.kill('SIGINT')
  t.is((await running.ended).code, 130)
  t.is((await ends.seen()).length, 1)
})

test('S2 · a second interrupt ends a process at once', async t => {
  const silent = createServer(() => {})
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.teardown(() => silent.close())
  const { port } = silent.address() as AddressInfo
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('kubeconfig', kubeconfig(`http://127.0.0.1:${port}`, {}))
  const running = project.start('history', '-e', 'dev', '--kubeconfig', 'kubeconfig')
  await once(silent, 'connection')
  running.kill('SIGINT')
  running.kill('SIGINT')
  t.is((await running.ended).code, 130)
})

function kubeconfig(server: string, user: object): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'a', cluster: { server } }],
    users: [{ name: 'a', user }],
    contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
    'current-context': 'a',
  })
}
