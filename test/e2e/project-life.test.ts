import anyTest, { type ExecutionContext, type TestFn } from 'ava'
import { connect } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { endpointText } from '../support/deployed-project.ts'
import { kubectlFor, type Kubectl } from '../support/kubectl.ts'
import { scratchProject, type Result, type ScratchProject } from '../support/project.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { eventually } from '../support/scene.ts'

/** The life of one project in a git repository, on a real control plane: the tests are its days, in order. */

type Context = { sandbox: Sandbox }
const test = anyTest as TestFn<Context>
const { serial, kserve } = sandboxTest()

const NAMESPACE = `life-${process.pid}`
const KINDS =
  'deployments,services,horizontalpodautoscalers,ingresses,poddisruptionbudgets,configmaps,leases'

const projectFile = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: life}
spec:
  environments:
    test: {namespace: ${NAMESPACE}, createNamespace: true}
`

const FILES = {
  'slipway.yaml': projectFile,
  'endpoints/chat.yaml': endpointText(
    'chat',
    '  replicas: 2\n  ingress: {host: chat.example.com, className: nginx}\n',
  ),
  'endpoints/small.yaml': endpointText('small', '  scaling: {min: 1, max: 3, cpu: 70}\n'),
}

interface Life {
  project: ScratchProject
  kubectl: Kubectl
  /** Runs slipway against the sandbox and expects it to succeed. */
  run: (t: ExecutionContext<Context>, ...args: string[]) => Promise<Result>
}

let begun: Promise<Life> | undefined

async function life({ sandbox }: Context): Promise<Life> {
  begun ??= begin(sandbox)
  return begun
}

async function begin(sandbox: Sandbox): Promise<Life> {
  const project = await scratchProject({ files: FILES, env: { KUBECONFIG: sandbox.kubeconfig } })
  await project.commit('Two endpoints')
  return {
    project,
    kubectl: kubectlFor(sandbox),
    run: async (t, ...args) => {
      const result = await project.slipway(...args)
      t.is(result.code, 0, `slipway ${args.join(' ')}\n${result.stderr}\n${result.stdout}`)
      return result
    },
  }
}

test.after.always(async () => {
  const { project } = (await begun) ?? {}
  await project?.dispose()
})

/** uid and resourceVersion of everything in the namespace that slipway could have written. */
async function versions(kubectl: Kubectl): Promise<string[]> {
  const objects = await kubectl.list(KINDS, NAMESPACE)
  return objects.map(
    ({ kind, metadata }) => `${kind}/${metadata.name} ${metadata.uid} ${metadata.resourceVersion}`,
  )
}

/** What git decides of the objects: without what the cluster adds. */
async function decided(kubectl: Kubectl): Promise<string[]> {
  const objects = await kubectl.list(
    'deployments,services,horizontalpodautoscalers,ingresses,poddisruptionbudgets',
    NAMESPACE,
  )
  return objects.map(({ apiVersion, kind, metadata, ...rest }) => {
    const { name, labels } = metadata
    const spec = rest['spec'] as Record<string, unknown>
    const { clusterIP: _ip, clusterIPs: _ips, ...own } = spec
    return JSON.stringify({ apiVersion, kind, name, labels, spec: own })
  })
}

async function podsOf(kubectl: Kubectl, endpoint: string): Promise<KubeObject[]> {
  const pods = await kubectl.list('pods', NAMESPACE)
  return pods.filter(({ metadata }) => metadata.labels?.['slipway.dev/endpoint'] === endpoint)
}

serial('R13 · the first apply creates everything and ends when all are ready', async t => {
  const { kubectl, run } = await life(t.context)
  const { stdout, stderr } = await run(t, 'apply', '--yes')
  t.regex(stderr, /create chat/)
  t.regex(stdout, /chat +ready/)
  t.regex(stdout, /small +ready/)
  const chat = await kubectl.get('deployment', 'chat', NAMESPACE)
  t.is(availableReplicas(chat), 2)
  t.truthy(await kubectl.get('ingress', 'chat-ingress', NAMESPACE))
  t.truthy(await kubectl.get('hpa', 'small-hpa', NAMESPACE))
})

serial('a second apply writes nothing: every resourceVersion stays', async t => {
  const { kubectl, run } = await life(t.context)
  // The autoscaler's controller looks every 15 s; after its first look its status stays.
  await eventually(async () => {
    const { status } = (await kubectl.get('hpa', 'small-hpa', NAMESPACE)) as KubeObject & {
      status?: { conditions?: unknown }
    }
    return status?.conditions !== undefined
  })
  const before = await versions(kubectl)
  await run(t, 'apply', '--yes')
  t.deepEqual(await versions(kubectl), before)
})

serial('T4 · an edit is shown by diff and then applied', async t => {
  const { kubectl, project, run } = await life(t.context)
  await project.edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await project.commit('chat v2')
  const shown = await project.slipway('diff', '--exit-code')
  t.is(shown.code, 1)
  t.regex(shown.stdout, /update chat: image v1 → v2; restarts 2 pods/)
  t.regex(shown.stdout, /containers\[name=server\]\.image/)
  const offline = await project.slipway('diff', '--against', 'HEAD~1')
  t.regex(offline.stdout, /image v1 → v2/)
  await run(t, 'apply', '--yes')
  const pods = await podsOf(kubectl, 'chat')
  const images = pods.map(
    pod => (pod['spec'] as { containers: { image: string }[] }).containers[0]?.image,
  )
  t.deepEqual(new Set(images), new Set(['registry.example.com/chat:v2']))
})

serial('D1 · a removed spec file takes its objects with it, pods included', async t => {
  const { kubectl, project, run } = await life(t.context)
  t.true((await podsOf(kubectl, 'small')).length > 0)
  await project.remove('endpoints/small.yaml')
  await project.commit('Without small')
  await run(t, 'apply', '--yes')
  const left = await kubectl.list(`${KINDS},replicasets,pods`, NAMESPACE)
  t.deepEqual(
    left.filter(({ metadata }) => metadata.name.startsWith('small')),
    [],
  )
  t.truthy(await kubectl.get('deployment', 'chat', NAMESPACE))
})

serial('D1, R4 · an immutable change is deleted, awaited and re-created without a 409', async t => {
  const { kubectl, project, run } = await life(t.context)
  const before = await kubectl.get('deployment', 'chat', NAMESPACE)
  const old = (await podsOf(kubectl, 'chat')).map(pod => pod.metadata.uid)
  const text = `  patches:
    - target: {kind: Deployment}
      json:
        - {op: add, path: /spec/selector/matchLabels/track, value: blue}
        - {op: add, path: /spec/template/metadata/labels/track, value: blue}
`
  await project.edit('endpoints/chat.yaml', /$/, text)
  await project.commit('A track label in the selector')
  const { stderr } = await run(t, 'apply', '--yes')
  t.regex(stderr, /replace chat: spec\.selector cannot be changed in place/)
  t.notRegex(stderr, /409|conflict/i)
  const after = await kubectl.get('deployment', 'chat', NAMESPACE)
  t.not(after?.metadata.uid, before?.metadata.uid)
  const uids = (await podsOf(kubectl, 'chat')).map(pod => pod.metadata.uid)
  t.is(uids.filter(uid => old.includes(uid)).length, 0)
})

kserve(
  'K8, D5 · deployment → kserve → deployment: never both alive, the Service stays',
  async t => {
    const { kubectl, project, run } = await life(t.context)
    await run(t, 'apply', '--yes')
    const service = await kubectl.get('service', 'chat-svc', NAMESPACE)
    const seen = await watchBothRuntimes(t.context.sandbox)
    // The patches of an earlier test are a Deployment's; where only KServe's tests run there are none.
    const plain = /runtime: deployment([^]*?)( {2}patches:[^]*)?$/
    await project.edit('endpoints/chat.yaml', plain, 'runtime: kserve$1')
    await project.commit('chat on KServe')
    await run(t, 'apply', '--yes')
    t.is(await kubectl.get('deployment', 'chat', NAMESPACE), undefined)
    const inference = await kubectl.get('inferenceservice', 'chat', NAMESPACE)
    t.true(isReady(inference))
    const { selector } = serviceSpec(await kubectl.get('service', 'chat-svc', NAMESPACE))
    t.deepEqual(selector, { app: 'isvc.chat-predictor' })
    await project.edit('endpoints/chat.yaml', 'runtime: kserve', 'runtime: deployment')
    await project.commit('chat without KServe')
    await run(t, 'apply', '--yes')
    t.is(await kubectl.get('inferenceservice', 'chat', NAMESPACE), undefined)
    t.truthy(await kubectl.get('deployment', 'chat', NAMESPACE))
    t.is((await kubectl.get('service', 'chat-svc', NAMESPACE))?.metadata.uid, service?.metadata.uid)
    const lifetimes = await seen.stop()
    t.deepEqual(
      lifetimes.map(({ kind }) => kind),
      ['Deployment', 'InferenceService', 'Deployment'],
    )
    for (const [index, { from }] of lifetimes.entries()) {
      const previous = lifetimes[index - 1]
      t.true(previous === undefined || previous.to < from, 'the one is gone before the other comes')
    }
  },
)

serial('R6 · git revert and apply give the very objects of the earlier commit', async t => {
  const { kubectl, project, run } = await life(t.context)
  await run(t, 'apply', '--yes')
  const before = await decided(kubectl)
  await project.edit('endpoints/chat.yaml', 'chat:v2', 'chat:v3')
  await project.edit('endpoints/chat.yaml', 'replicas: 2', 'replicas: 3')
  await project.edit('endpoints/chat.yaml', 'chat.example.com', 'talk.example.com')
  await project.commit('A mistake')
  await run(t, 'apply', '--yes')
  t.notDeepEqual(await decided(kubectl), before)
  await project.git('revert', '--no-edit', 'HEAD')
  await run(t, 'apply', '--yes')
  t.deepEqual(await decided(kubectl), before)
  const { stdout } = await run(t, 'history')
  t.regex(stdout, /A mistake/)
  t.regex(stdout, /Revert "A mistake"/)
})

serial('R1 · of two applies at once one waits for the other', async t => {
  const { project } = await life(t.context)
  await project.edit('endpoints/chat.yaml', /chat:v\d/, 'chat:v4')
  await project.commit('chat v4')
  const results = await Promise.all([
    project.slipway('apply', '--yes'),
    project.slipway('apply', '--yes'),
  ])
  for (const { code, stderr } of results) t.is(code, 0, stderr)
  const writes = results.filter(({ stderr }) => /configured Deployment\/.*\/chat/.test(stderr))
  t.is(writes.length, 1, 'exactly one of them changed the Deployment')
})

serial('T4 · delete --all leaves nothing but the namespace', async t => {
  const { kubectl, project, run } = await life(t.context)
  const refused = await project.slipway('delete', '--all')
  t.is(refused.code, 2, 'without a terminal it must be said with --yes')
  await run(t, 'delete', '--all', '--yes')
  const left = await kubectl.list(`${KINDS},replicasets,pods`, NAMESPACE)
  t.deepEqual(
    left.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    ['Service/kubernetes', 'ConfigMap/kube-root-ca.crt'].filter(name =>
      name.startsWith('ConfigMap'),
    ),
  )
  t.truthy(await kubectl.get('namespace', NAMESPACE))
})

/** When an object lived, in revisions of the API server's store, which order everything that happened in it. */
interface Lifetime {
  kind: string
  from: number
  to: number
}

/** Follows both workloads of the endpoint through the whole switch. */
async function watchBothRuntimes({ kubeconfig, context }: Sandbox) {
  const cluster = await connect({ kubeconfig, context })
  const stopping = new AbortController()
  const lifetimes = new Map<string | undefined, Lifetime>()
  const follow = async (apiVersion: string, kind: string) => {
    const query = { apiVersion, kind, namespace: NAMESPACE, fieldSelector: 'metadata.name=chat' }
    for await (const event of cluster.watch(query, stopping.signal)) {
      const objects = event.type === 'sync' ? event.items : [event.object]
      for (const { metadata } of objects) {
        const revision = Number(metadata.resourceVersion)
        const lifetime = lifetimes.get(metadata.uid) ?? {
          kind,
          from: revision,
          to: Number.POSITIVE_INFINITY,
        }
        lifetimes.set(metadata.uid, lifetime)
        if (event.type === 'deleted') lifetime.to = revision
      }
    }
  }
  const following = Promise.all([
    follow('apps/v1', 'Deployment'),
    follow('serving.kserve.io/v1beta1', 'InferenceService'),
  ])
  return {
    stop: async () => {
      stopping.abort()
      await following
      cluster.close()
      return [...lifetimes.values()].toSorted((one, other) => one.from - other.from)
    },
  }
}

function availableReplicas(object: KubeObject | undefined): number | undefined {
  const status = object?.['status'] as { availableReplicas?: number } | undefined
  return status?.availableReplicas
}

function serviceSpec(object: KubeObject | undefined): { selector?: Record<string, string> } {
  const spec = object?.['spec'] as { selector?: Record<string, string> } | undefined
  return spec ?? {}
}

function isReady(object: KubeObject | undefined): boolean {
  const { conditions = [] } = (object?.['status'] ?? {}) as {
    conditions?: { type: string; status: string }[]
  }
  return conditions.some(condition => condition.type === 'Ready' && condition.status === 'True')
}
