import type { ExecutionContext } from 'ava'
import { servePods, type Sandbox } from '../../src/sandbox/index.ts'
import { asDocumented } from '../support/documented.ts'
import { aFaultProxy } from '../support/cluster.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { anHttpServer, json, type Answers } from '../support/http-server.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** The smoke test goes through the real API server's port-forward to a real HTTP server. */

const { serial } = sandboxTest()

/** A deployed endpoint whose pods are the given server. */
async function served(t: ExecutionContext<{ sandbox: Sandbox }>, answers: Answers, spec: string) {
  const server = await anHttpServer(t as never, answers)
  const project = await deployedProject(t, { chat: spec })
  await project.expect(0, 'apply', '--yes')
  await servePods(t.context.sandbox, { port: server.port, namespace: project.namespace })
  return { ...project, server }
}

const PREDICT = `  smoke:
    - post: /predict
      body: {input: 1}
      expect: {status: 200, json: {predictions: [{label: cat}]}}
`

serial('K4 · health first, then the requests of the spec, with their latency', async t => {
  const answers = {
    'GET /health': json({ status: 'ok' }),
    'POST /predict': json({ model: 'm', predictions: [{ label: 'cat', score: 0.9 }] }),
  }
  const { expect, server } = await served(t, answers, PREDICT)
  const { stdout } = await expect(0, 'smoke')
  t.regex(stdout, /✓ +chat +GET \/health +200 +\d+ ms\n✓ +chat +POST \/predict +200 +\d+ ms/)
  t.deepEqual(server.asked, ['GET /health', 'POST /predict'])
  const report = JSON.parse((await expect(0, 'smoke', 'chat', '-o', 'json')).stdout)
  t.deepEqual<unknown, unknown>(asDocumented('SmokeReport', report), report)
  t.is(report.kind, 'SmokeReport')
  t.true(report.passed)
  t.regex(report.endpoints[0].pod, /^chat-/)
  t.deepEqual(
    report.endpoints[0].checks.map(({ check, status }: Record<string, unknown>) => [check, status]),
    [
      ['GET /health', 200],
      ['POST /predict', 200],
    ],
  )
})

serial('K4 · every wrong answer is told, with what came and what to do', async t => {
  const answers: Answers = {
    'GET /health': json({ status: 'ok' }),
    'GET /broken': json({ error: 'CUDA error' }, 500),
    'POST /predict': json({ predictions: [{ label: 'dog' }] }),
    'GET /text': response => response.end('<html>'),
    'GET /slow': () => undefined,
  }
  const { expect } = await served(
    t,
    answers,
    `  smoke:
    - {get: /broken}
    - {post: /predict, expect: {json: {predictions: [{label: cat}]}}}
    - {get: /text, expect: {json: {}}}
    - {get: /slow, timeout: 1s}
`,
  )
  const { stdout } = await expect(1, 'smoke')
  t.regex(stdout, /✓ +chat +GET \/health +200/)
  t.regex(stdout, /GET \/broken of chat answered 500, not 200\n {2}\| .*CUDA error/)
  t.regex(stdout, /predictions\[0\]\.label is "dog", not "cat"/)
  t.regex(stdout, /GET \/text of chat answered something that is not JSON/)
  t.regex(stdout, /✗ +chat +GET \/slow +no answer/)
  t.regex(stdout, /GET \/slow on port 8000 .* was not answered within 1 s/)
  t.regex(stdout, /do: Look at the server's log \(kubectl logs -n \S+ chat-/)
})

serial(
  'K1, K4 · a server that does not listen is told apart from one that answers wrongly',
  async t => {
    const { expect, server } = await served(t, {}, '')
    server.close()
    const { stdout } = await expect(1, 'smoke')
    t.regex(stdout, /✗ +chat +GET \/health +no answer/)
    t.regex(stdout, /GET \/health|port 8000/)
  },
)

serial('K4 · a pod that goes before it is asked is passed over for one that is there', async t => {
  const { expect } = await served(t, { 'GET /health': json({}) }, '')
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const gone = proxy.on({ path: /portforward/, times: 2 }, { type: 'answer', status: 404 })
  const { stdout } = await expect(0, 'smoke', '--kubeconfig', proxy.kubeconfig)
  t.regex(stdout, /✓ +chat +GET \/health +200/)
  t.is(gone.hits(), 2)
  proxy.on({ path: /portforward/ }, { type: 'answer', status: 404 })
  const last = await expect(1, 'smoke', '--kubeconfig', proxy.kubeconfig)
  t.regex(last.stdout, /✗ +chat +GET \/health +no answer/)
})

serial(
  'K4 · ready-made checks: OpenAI lists the served model, Open Inference Protocol is ready',
  async t => {
    const answers = {
      'GET /health': json({}),
      'GET /v1/models': json({ object: 'list', data: [{ id: 'base' }, { id: 'chat-lora' }] }),
      'GET /v2/health/ready': json({}),
    }
    const spec = (model: string) =>
      `  smoke: [{protocol: openai, model: ${model}}, {protocol: open-inference}]\n`
    const { expect, edit, server } = await served(t, answers, spec('chat-lora'))
    await expect(0, 'smoke')
    t.deepEqual(server.asked, ['GET /health', 'GET /v1/models', 'GET /v2/health/ready'])
    await edit('endpoints/chat.yaml', 'chat-lora', 'llama')
    const { stdout } = await expect(1, 'smoke')
    t.regex(
      stdout,
      /GET \/v1\/models of chat .*data is .*"chat-lora".* not a list with \{"id":"llama"\}/,
    )
  },
)

serial('K4, R5 · apply --smoke: a wrong answer fails the endpoint and the revision', async t => {
  let label = 'dog'
  const answers: Answers = {
    'GET /health': json({}),
    'POST /predict': (response, request) => json({ predictions: [{ label }] })(response, request),
  }
  const { expect } = await served(t, answers, PREDICT)
  const { stderr, stdout } = await expect(1, 'apply', '--yes', '--smoke')
  t.regex(stderr, /chat: GET \/health answered after/)
  t.regex(stderr, /POST \/predict of chat answered JSON that is not as expected/)
  t.regex(stdout, /chat +failed/)
  t.regex((await expect(0, 'history')).stdout, /failed/)
  label = 'cat'
  const { stderr: events } = await expect(0, 'apply', '--yes', '--smoke', '--log-format', 'json')
  const passed = events
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
    .filter(({ type }) => type === 'smoke-passed')
  t.deepEqual(
    passed.map(({ check }) => check),
    ['GET /health', 'POST /predict'],
  )
  t.true(passed.every(({ latencySeconds }) => Number(latencySeconds) > 0))
})

serial('K4 · an endpoint without a ready pod cannot be asked, and says so', async t => {
  const { expect } = await deployedProject(t, { chat: '' })
  const { stdout } = await expect(1, 'smoke')
  t.regex(stdout, /chat has no pod that is ready/)
  await expect(2, 'apply', '--yes', '--smoke', '--no-wait')
})
