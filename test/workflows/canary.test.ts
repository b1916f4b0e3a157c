import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { endpointFile, shop } from '../cli/scratch.ts'
import { checkOut, openHub } from '../support/workflow.ts'

/** canary.yml, as GitHub runs it: a pull request for each step, and none while the gate is closed. */

/** A Prometheus that answers each query with one number. */
async function aPrometheus(t: ExecutionContext) {
  const answer = { value: '0' }
  const server = createServer((_, response) => {
    const result = [{ metric: {}, value: [1, answer.value] }]
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  return { answer, address: `http://127.0.0.1:${port}` }
}

const trying = (address: string) => `  route: {host: chat.example.com, gateway: {name: shared}}
  canary:
    weight: 10
    image: registry.example.com/chat:v2
    gate: {prometheus: {serverAddress: '${address}', query: errors}, max: 0.01}
`

async function aHub(t: ExecutionContext, address: string) {
  const project = await shop()
  const remote = mkdtempSync(join(tmpdir(), 'slipway-remote-'))
  const hub = openHub()
  const folders = [remote]
  t.teardown(async () => {
    hub.dispose()
    await project.dispose()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })
  await project.write('endpoints/chat.yaml', endpointFile('chat', trying(address)))
  await project.commit('Try v2')
  await project.git('init', '--quiet', '--bare', '--initial-branch=main', remote)
  await project.git('push', '--quiet', remote, 'HEAD:main')
  const run = async (step: string, percent = '50') => {
    const directory = checkOut(remote, 'main')
    folders.push(directory)
    const context = {
      'inputs.endpoint': 'chat',
      'inputs.step': step,
      'inputs.percent': percent,
      'inputs.environment': 'dev',
      'github.token': 'token',
    }
    const { code, steps } = await hub.run({ workflow: 'canary', job: 'canary', directory, context })
    return { code, ...steps['Canary'] }
  }
  const pulls = () => (hub.read('pulls') ?? '').split('\n').filter(Boolean)
  return { run, pulls }
}

test('W3 · the workflow opens a pull request for a step while the gate is open, and none while it is closed', async t => {
  const { answer, address } = await aPrometheus(t)
  const { run, pulls } = await aHub(t, address)
  answer.value = '0.5'
  for (const [step, refused] of [
    ['check', 1],
    ['weight', 2],
    ['promote', 2],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop
    const { code, stderr } = await run(step)
    t.is(code, refused, `${step}: ${stderr}`)
    t.regex(stderr ?? '', /0\.5/)
  }
  t.deepEqual(pulls(), [])
  answer.value = '0'
  const asked = await run('check')
  t.is(asked.code, 0, asked.stderr)
  t.deepEqual(pulls(), [])
  for (const step of ['weight', 'promote', 'abort']) {
    // oxlint-disable-next-line no-await-in-loop
    const { code, stderr } = await run(step)
    t.is(code, 0, `${step}: ${stderr}`)
  }
  t.is(pulls().length, 3)
  t.true(pulls().every(pull => /chat/.test(pull) && pull.includes('→ main')))
})
