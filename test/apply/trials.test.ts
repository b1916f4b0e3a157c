import { randomUUID } from 'node:crypto'
import type { ExecutionContext } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { actionsOf, planSet } from '../../src/plan/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { tryObjects } from '../../src/trial/index.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { applyObjects, requestFor } from '../support/engine.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What the live object has is no obstacle for a trial of its replacement. */

const { serial } = sandboxTest()

type Json = Record<string, unknown>

const service = (spec: Json, name = 'chat-svc'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'chat' }, ...spec },
})

const ingress = (host: string): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'chat-ingress' },
  spec: {
    rules: [{ host }],
    defaultBackend: { service: { name: 'chat-svc', port: { number: 80 } } },
  },
})

interface Place {
  cluster: Cluster
  namespace: string
}

async function aPlace(t: ExecutionContext<{ sandbox: Sandbox }>): Promise<Place> {
  const cluster = await aCluster(t, t.context.sandbox)
  return { cluster, namespace: await aNamespace(t, cluster) }
}

async function isReplaced(
  t: ExecutionContext,
  { cluster, namespace }: Place,
  git: KubeObject,
): Promise<KubeObject | undefined> {
  const { plan, outcome } = await applyObjects({
    cluster,
    request: requestFor(namespace, { chat: [git] }),
  })
  t.deepEqual([plan.problems, outcome.problems, outcome.result], [[], [], 'succeeded'])
  t.deepEqual(
    actionsOf(plan).map(({ type }) => type),
    ['replace'],
  )
  const { apiVersion, kind, metadata } = git
  return cluster.get({ apiVersion, kind, namespace, name: metadata.name })
}

const make = ({ cluster, namespace }: Place, object: KubeObject) =>
  applyObjects({ cluster, request: requestFor(namespace, { chat: [object] }) })

serial('S2 · a Service with a pinned node port and another address is replaced', async t => {
  const place = await aPlace(t)
  const ports = [{ name: 'http', port: 80, nodePort: 30_062 }]
  await make(place, service({ type: 'NodePort', clusterIP: '10.96.201.1', ports }))
  const live = await isReplaced(
    t,
    place,
    service({ type: 'NodePort', clusterIP: '10.96.201.2', ports }),
  )
  const spec = (live?.['spec'] ?? {}) as { clusterIP?: string; ports?: Json[] }
  t.deepEqual([spec.clusterIP, spec.ports?.[0]?.['nodePort']], ['10.96.201.2', 30_062])
})

serial('S2 · a Service is replaced where the quota allows one', async t => {
  const place = await aPlace(t)
  const { cluster, namespace } = place
  await make(place, service({ clusterIP: '10.96.201.4', ports: [{ port: 80 }] }))
  const hard = { 'count/services': '1', 'services.nodeports': '0' }
  await cluster.create({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'one', namespace },
    spec: { hard },
  })
  await untilCounted(place)
  await isReplaced(t, place, service({ clusterIP: '10.96.201.5', ports: [{ port: 80 }] }))
})

serial('S2 · a node port that another Service has: object, cause and remedy', async t => {
  const { cluster, namespace } = await aPlace(t)
  const spec = { type: 'NodePort', ports: [{ port: 80, nodePort: 30_063 }] }
  const other = service(spec, 'other')
  await cluster.create({ ...other, metadata: { ...other.metadata, namespace } })
  const { problems } = await planSet({
    ...requestFor(namespace, { chat: [service(spec)] }),
    cluster,
  })
  t.deepEqual(
    problems.map(({ code, object }) => [code, object]),
    [['rejected', `Service/${namespace}/chat-svc`]],
  )
  t.regex(
    problems[0]?.message ?? '',
    /nodePort: Invalid value: 30063: provided port is already allocated/,
  )
  t.regex(problems[0]?.cause ?? '', /Another object of the cluster has it/)
  t.regex(problems[0]?.remedy ?? '', /Choose another one/)
})

serial('K1 · objects that live already are tried as if they did not', async t => {
  const { cluster, namespace } = await aPlace(t)
  const spec = {
    type: 'NodePort',
    clusterIP: '10.96.201.3',
    ports: [{ port: 80, nodePort: 30_064 }],
  }
  const { objects } = requestFor(namespace, { chat: [service(spec), ingress('chat.example.com')] })
  for (const { object } of objects) await cluster.create(object)
  await forbidSecondIngress(t, { cluster, namespace })
  t.deepEqual(await tryObjects({ cluster, objects, isThrowAway: false }), [])
  const other = requestFor(namespace, { chat: [ingress('taken.example.com')] })
  const problems = await tryObjects({ cluster, objects: other.objects, isThrowAway: false })
  t.deepEqual(
    problems.map(({ code, object }) => [code, object]),
    [['rejected', `Ingress/${namespace}/chat-ingress`]],
  )
  t.truthy(problems[0]?.cause && problems[0].remedy)
})

async function untilCounted({ cluster, namespace }: Place): Promise<void> {
  const query = { apiVersion: 'v1', kind: 'ResourceQuota', namespace }
  for await (const event of cluster.watch(query, AbortSignal.timeout(30_000))) {
    const quotas = event.type === 'sync' ? event.items : [event.object]
    const isCounted = ({ status }: KubeObject) =>
      ((status as Json | undefined)?.['used'] as Json | undefined)?.['count/services'] === '1'
    if (quotas.some(isCounted)) return
  }
}

/** As ingress controllers do: a host belongs to the Ingress that has it. */
async function forbidSecondIngress(
  t: ExecutionContext,
  { cluster, namespace }: Place,
): Promise<void> {
  const name = `one-ingress-${namespace}`
  const apiVersion = 'admissionregistration.k8s.io/v1'
  const resourceRules = [
    {
      apiGroups: ['networking.k8s.io'],
      apiVersions: ['v1'],
      operations: ['CREATE'],
      resources: ['ingresses'],
    },
  ]
  const holds = ['chat', 'taken'].map(host => `(r.host == "${host}.example.com")`).join(' || ')
  const policy: KubeObject = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      matchConstraints: { resourceRules },
      validations: [
        {
          expression: `!object.spec.rules.exists(r, ${holds})`,
          message: 'host is already defined in another ingress',
        },
      ],
    },
  }
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': namespace } }
  const binding: KubeObject = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'], matchResources: { namespaceSelector } },
  }
  for (const object of [policy, binding]) {
    const { metadata } = await cluster.create(object)
    const ref = { apiVersion, kind: object.kind, name }
    t.teardown(() =>
      cluster.withSignal().delete(ref, { propagation: 'Background', uid: metadata.uid ?? '' }),
    )
  }
  await untilForbidden({ cluster, namespace })
}

/** Policies take effect some time after they are there. */
async function untilForbidden({ cluster, namespace }: Place): Promise<void> {
  const probe = ingress('taken.example.com')
  const object = { ...probe, metadata: { name: 'probe', namespace } }
  const end = Date.now() + 30_000
  while (Date.now() < end) {
    const isTaken = await cluster.create(object, { dryRun: true }).then(
      () => true,
      () => false,
    )
    if (!isTaken) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the policy is not in force')
}

/** Known to every version so far, and stored by none without its feature gate. */
const SIGNAL = { os: { name: 'linux' }, terminationGracePeriodSeconds: 1 }

function withStopSignal(): KubeObject {
  const container = { name: 'server', image: 'registry.example.com/chat:1' }
  const labels = { app: 'chat' }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'chat' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { ...SIGNAL, containers: [{ ...container, lifecycle: { stopSignal: 'SIGINT' } }] },
      },
    },
  }
}

const LOST =
  /does not store spec\.template\.spec\.containers\[name=server\]\.lifecycle\.stopSignal of/

serial('S1 · a field that the server would drop is refused by plan and trial', async t => {
  const { cluster, namespace } = await aPlace(t)
  const request = requestFor(namespace, { chat: [withStopSignal()] })
  const { problems } = await planSet({ ...request, cluster })
  const tried = await tryObjects({ cluster, objects: request.objects, isThrowAway: false })
  for (const [problem, ...others] of [problems, tried]) {
    t.deepEqual([problem?.code, problem?.severity, others], ['not-stored', 'error', []])
    t.regex(problem?.message ?? '', LOST)
  }
})

serial(
  'S1 · a field that the server has dropped fails the apply that could not try it',
  async t => {
    const { cluster } = await aPlace(t)
    const namespace = `test-${randomUUID().slice(0, 8)}`
    t.teardown(async () => {
      const ref = { apiVersion: 'v1', kind: 'Namespace', name: namespace }
      const live = await cluster.get(ref)
      await cluster.delete(ref, { propagation: 'Background', uid: live?.metadata.uid ?? '' })
    })
    const { set, ...request } = requestFor(namespace, { chat: [withStopSignal()] })
    const environment = { ...set.environment, createNamespace: true }
    const { plan, outcome } = await applyObjects({
      cluster,
      request: { ...request, set: { ...set, environment } },
    })
    t.deepEqual(plan.problems, [])
    t.is(outcome.result, 'failed')
    t.regex(outcome.problems[0]?.message ?? '', LOST)
    t.regex(outcome.problems[0]?.remedy ?? '', /Turn ContainerStopSignals on/)
  },
)
