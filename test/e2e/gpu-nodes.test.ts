import type { ExecutionContext } from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject, type DeployedProject } from '../support/deployed-project.ts'
import { aNode, eventually, TOLERATIONS } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Waiting for GPUs: nodes that come, nodes that do not, and an old pod that is in the way. */

const { serial } = sandboxTest()

type Context = ExecutionContext<{ sandbox: Sandbox }>

interface Scene extends DeployedProject {
  /** A node for this test's pods alone, with so many GPUs. */
  addNode: (name: string, gpus: number) => Promise<void>
  /** What an autoscaler says about the pod that waits. */
  tell: (reason: string, component: string, message: string) => Promise<void>
}

/** An endpoint with one GPU, on nodes of its own, of which there is one without GPUs. */
async function scene(t: Context): Promise<Scene> {
  const project = await deployedProject(t, {})
  const { kubectl, namespace, write } = project
  await write(
    'endpoints/chat.yaml',
    `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: chat}
spec:
  image: registry.example.com/chat:v1
  resources: {cpu: 100m, memory: 128Mi, gpus: 1}
  scheduling: {nodeSelector: {pool: ${namespace}}, tolerations: ${TOLERATIONS}}
  shutdown: {gracePeriod: 10s, preStop: {sleep: 1s}}
  rollout: {spareGpu: true}
`,
  )
  const addNode = async (name: string, gpus: number) => {
    const nodeName = `${namespace}-${name}`
    t.teardown(() => kubectl('delete', 'node', nodeName, '--ignore-not-found'))
    await kubectl.apply(aNode(nodeName, { pool: namespace, gpus }))
  }
  const tell = async (reason: string, component: string, message: string) => {
    const pods = await kubectl.list('pods', namespace)
    const waiting = pods.find(pod => (pod['spec'] as { nodeName?: string }).nodeName === undefined)
    t.assert(waiting)
    if (waiting !== undefined) await kubectl.apply(anEvent(waiting, { reason, component, message }))
  }
  await addNode('cpu', 0)
  return { ...project, addNode, tell }
}

interface Saying {
  reason: string
  component: string
  message: string
}

function anEvent({ metadata }: KubeObject, { reason, component, message }: Saying) {
  const { name, namespace, uid } = metadata
  const time = new Date().toISOString().replace(/\.\d+/, '')
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${reason.toLowerCase()}`, namespace },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid },
    reason,
    message,
    type: 'Normal',
    source: { component },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  }
}

const COMING: [who: string, reason: string, message: string][] = [
  ['cluster-autoscaler', 'TriggeredScaleUp', 'pod triggered scale-up: [{gpu-pool 0->1 (max: 4)}]'],
  ['karpenter', 'Nominated', 'Pod should schedule on: nodeclaim/gpu-x7k2q'],
]

for (const [who, reason, message] of COMING) {
  serial(
    `K3, R2 · a GPU node that ${who} is bringing is waited for, until it is there`,
    async t => {
      const { start, tell, addNode } = await scene(t)
      const apply = start('apply', '--yes')
      await apply.says(/chat: .*waiting for a GPU node: .*Insufficient nvidia\.com\/gpu/)
      await tell(reason, who, message)
      await apply.says(/waiting for a GPU node that the autoscaler is bringing/)
      await addNode('gpu', 1)
      const { code, stdout, stderr } = await apply.ended
      t.is(code, 0, stderr)
      t.regex(stdout, /chat +ready/)
    },
  )
}

serial(
  'K3 · an autoscaler that has no such node ends the wait long before its deadline, with the reason',
  async t => {
    const { start, tell, namespace } = await scene(t)
    const apply = start('apply', '--yes', '--timeout', '60m')
    await apply.says(/waiting for a GPU node/)
    const why = '1 max node group size reached, 2 Insufficient nvidia.com/gpu'
    await tell('NotTriggerScaleUp', 'cluster-autoscaler', `pod didn't trigger scale-up: ${why}`)
    await apply.says(/the autoscaler brings none: 1 max node group size reached/)
    const { code, stderr } = await apply.ended
    t.is(code, 1)
    t.regex(stderr, /chat cannot become ready/)
    t.regex(stderr, /✗ chat: .*waits for a GPU node, and the autoscaler/)
    t.true(stderr.includes(`has none that would fit: ${why}`), stderr)
    t.regex(stderr, /do: raise the maximum of the autoscaler's node group/)
    t.truthy(namespace)
  },
)

serial('K3, T5 · an old pod that holds the GPU is named, and how to let it go first', async t => {
  const { expect, edit, addNode, kubectl, namespace } = await scene(t)
  await addNode('gpu', 1)
  await expect(0, 'apply', '--yes')
  const [old] = await kubectl.list('pods', namespace)
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '10s')
  t.regex(stderr, /chat is not ready after 10s/)
  t.regex(stderr, /waits for a GPU node: 1 pod of the revision before holds GPUs/)
  t.regex(stderr, /rollout: \{spareGpu: false\}/)
  t.truthy(old)
  await eventually(async () => (await kubectl.list('pods', namespace)).length === 2)
})
