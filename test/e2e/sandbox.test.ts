import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExecutionContext } from 'ava'
import { down, servePods, status, up, type Sandbox } from '../../src/sandbox/index.ts'
import { startComponents, stopComponent, writePodLogs } from '../support/sandbox-trouble.ts'
import { processesOf } from '../../src/sandbox/processes.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { aScene, aServer, eventually, serverIsReady } from '../support/scene.ts'
import { ownSandbox, sandboxTest } from '../support/sandbox.ts'

/** The sandbox is a real control plane, and leaves nothing behind. */

const { serial } = sandboxTest()

serial('pods become Ready, and are gone with the Deployment that owned them', async t => {
  const { kubectl, namespace } = await aScene(t)
  await kubectl.apply(aServer(namespace, { replicas: 2 }))
  await serverIsReady(kubectl, namespace)
  t.is((await kubectl.list('pods', namespace)).length, 2)
  await kubectl(
    '-n',
    namespace,
    'delete',
    'deployment/server',
    '--cascade=foreground',
    '--timeout=90s',
  )
  t.deepEqual(await kubectl.list('deployments,replicasets,pods', namespace), [])
})

serial('GPUs are counted: what does not fit stays Pending, and the scheduler says why', async t => {
  const { kubectl, namespace } = await aScene(t)
  const pod = { tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }] }
  const resources = { limits: { 'nvidia.com/gpu': 5 } }
  await kubectl.apply(aServer(namespace, { replicas: 2, pod, resources }))
  const field = '{range .items[*]}{.spec.nodeName}{.status.conditions[0].reason}{"\\n"}{end}'
  const found = async () =>
    (await kubectl('-n', namespace, 'get', 'pods', '-o', `jsonpath=${field}`))
      .trim()
      .split('\n')
      .toSorted()
  await eventually(async () => (await found()).includes('Unschedulable'))
  const [unschedulable, placed] = await found()
  t.is(unschedulable, 'Unschedulable')
  t.regex(placed ?? '', /^gpu-0/)
})

serial('the finalizer of a pod is left to its owner', async t => {
  const { kubectl, namespace } = await aScene(t)
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'held', namespace, finalizers: ['example.com/hold'] },
    spec: { containers: [{ name: 'c', image: 'registry.example.com/c:1' }] },
  }
  await kubectl.apply(pod)
  await kubectl('-n', namespace, 'wait', '--for=condition=Ready', 'pod/held', '--timeout=90s')
  await t.throwsAsync(kubectl('-n', namespace, 'delete', 'pod/held', '--timeout=1s'))
  t.deepEqual((await kubectl.get('pod', 'held', namespace))?.metadata.finalizers, [
    'example.com/hold',
  ])
  await kubectl(
    '-n',
    namespace,
    'patch',
    'pod/held',
    '--type=merge',
    '-p',
    '{"metadata":{"finalizers":null}}',
  )
  await kubectl('-n', namespace, 'wait', '--for=delete', 'pod/held', '--timeout=90s')
  t.is(await kubectl.get('pod', 'held', namespace), undefined)
})

serial('logs are what was written for the namespace', async t => {
  const { kubectl, namespace } = await aScene(t)
  const lines = ['loading model', 'CUDA out of memory']
  await writePodLogs(t.context.sandbox, { namespace, lines, previous: ['the time before'] })
  await kubectl.apply(aServer(namespace))
  await serverIsReady(kubectl, namespace)
  const logs = (...args: string[]) => kubectl('-n', namespace, 'logs', 'deployment/server', ...args)
  t.is(await logs(), `${lines.join('\n')}\n`)
  t.is(await logs('--tail=1'), 'CUDA out of memory\n')
  t.is(await logs('--previous'), 'the time before\n')
})

serial('K4 · a port-forward to a pod reaches a real server', async t => {
  const { kubectl, namespace } = await aScene(t)
  const server = createServer((request, response) => response.end(`you asked ${request.url}`))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => void server.close())
  await servePods(t.context.sandbox, { port: (server.address() as AddressInfo).port, namespace })
  await kubectl.apply(aServer(namespace))
  await serverIsReady(kubectl, namespace)
  const port = await forward(t, namespace)
  const response = await fetch(`http://127.0.0.1:${port}/health`)
  t.is(await response.text(), 'you asked /health')
})

async function forward(t: ExecutionContext<{ sandbox: Sandbox }>, namespace: string) {
  const { kubectl, kubeconfig, context } = t.context.sandbox
  const base = ['--kubeconfig', kubeconfig, '--context', context, '-n', namespace]
  const child = execFile(kubectl, [...base, 'port-forward', 'deployment/server', ':8000'])
  t.teardown(() => void child.kill())
  const [line]: string[] = await once(child.stdout ?? child, 'data')
  return /127\.0\.0\.1:(\d+)/.exec(line ?? '')?.[1]
}

// One test: a sandbox takes long to start.
serial(
  'a second sandbox stands beside; up says that it runs; a killed API server comes back with its objects; down leaves nothing',
  async t => {
    const told: string[] = []
    const second = await ownSandbox(t)
    t.not(second.server, t.context.sandbox.server)
    const again = await up({
      name: second.name,
      kubeconfig: second.kubeconfig,
      onProgress: message => told.push(message),
    })
    t.deepEqual(again, second)
    t.deepEqual(told, [`sandbox "${second.name}" is running already`])
    t.is(status({ name: second.name }).state, 'running')
    t.is(processesOf(second.stateDirectory).length, 5)
    t.true(readFileSync(second.kubeconfig, 'utf8').includes(second.context))

    const kubectl = kubectlFor(second)
    await kubectl('create', 'namespace', 'kept')
    await stopComponent({ name: second.name, component: 'kube-apiserver' })
    t.is(status({ name: second.name }).state, 'broken')
    await t.throwsAsync(kubectl('get', 'namespaces', '--request-timeout=2s'))
    await startComponents({ name: second.name })
    t.is((await kubectl.get('namespace', 'kept'))?.metadata.name, 'kept')

    await down({ name: second.name })
    t.deepEqual(status({ name: second.name }), { state: 'absent', name: second.name })
    t.deepEqual(processesOf(second.stateDirectory), [])
    t.false(existsSync(second.stateDirectory))
    t.false(existsSync(second.kubeconfig))
  },
)

serial('an interrupted start leaves nothing; what a killed one left is cleaned', async t => {
  const name = `test-${process.pid}-broken`
  t.teardown(() => down({ name }))
  const { stateDirectory } = t.context.sandbox
  const own = stateDirectory.replace(t.context.sandbox.name, name)
  const interrupt = new AbortController()
  const starting = up({ name, kubeconfig: `${own}.yaml`, signal: interrupt.signal })
  await eventually(() => processesOf(own).length > 0)
  interrupt.abort(new Error('interrupted'))
  await t.throwsAsync(starting, { message: 'interrupted' })
  t.deepEqual(status({ name }), { state: 'absent', name })

  const script = `import { up } from '${import.meta.resolve('../../src/sandbox/index.ts')}'
    await up({ name: '${name}', kubeconfig: '${own}.yaml' })`
  const child = execFile(process.execPath, ['--input-type=module', '-e', script])
  await eventually(() => processesOf(own).length > 0)
  child.kill('SIGKILL')
  await once(child, 'close')
  t.is(status({ name }).state, 'broken')
  await down({ name })
  t.deepEqual(processesOf(own), [])
  t.deepEqual(status({ name }), { state: 'absent', name })
})
