import type { ExecutionContext } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { assess, viewOf, type Verdict } from '../../src/status/index.ts'
import { aCluster } from '../support/cluster.ts'
import { kserveProject } from '../support/kserve-project.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/**
 * Everything that the real KServe controller cannot reconcile, written as people write it by hand: slipway's own
 * validation would refuse most of it.
 */

const { kserve } = sandboxTest()

const letters = (count: number) =>
  Array.from({ length: count }, () =>
    String.fromCodePoint(97 + Math.floor(Math.random() * 26)),
  ).join('')

interface Unmade {
  /** `chat` when left out. */
  name?: string
  namespace?: string
  annotations?: Record<string, string> | undefined
  predictor?: object | undefined
}

interface Unmakeable extends Unmade {
  summary: RegExp
  remedy: RegExp
}

const image = 'registry.example.com/chat:v1'

const ERRORS: Record<string, Unmakeable> = {
  'a limit below the request that KServe adds': {
    predictor: {
      containers: [{ name: 'server', image, resources: { limits: { memory: '1Gi' } } }],
    },
    summary: /the limits of chat are lower than the requests that KServe adds \(1 CPU, 2Gi\)/,
    remedy: /set requests beside limits: resources\.cpu\.request and resources\.memory\.request/,
  },
  'kserve-container in the second place': {
    predictor: {
      containers: [
        { name: 'proxy', image },
        { name: 'kserve-container', image },
      ],
    },
    summary: /of the containers of chat, kserve-container is not the first/,
    remedy: /put kserve-container first in spec\.predictor\.containers/,
  },
  'name and namespace too long together': {
    name: 'california-housing-predictor',
    namespace: `machine-learning-team-${letters(6)}`,
    predictor: { containers: [{ name: 'server', image }] },
    summary: /the name california-housing-predictor-predictor-<namespace> is longer than 63/,
    remedy: /choose a shorter endpoint name or namespace/,
  },
  'a name too long for its children': {
    name: 'a'.repeat(49),
    namespace: letters(3),
    predictor: { containers: [{ name: 'server', image }] },
    summary: /the name a{49} is too long for what KServe derives from it \(48 characters\)/,
    remedy: /at most 48 characters/,
  },
  'a model format without a runtime': {
    predictor: { model: { modelFormat: { name: 'nobodys' }, storageUri: 's3://models/chat' } },
    summary: /no serving runtime supports the model format of chat/,
    remedy: /kubectl get clusterservingruntimes/,
  },
  'a runtime that is not there': {
    predictor: {
      model: {
        modelFormat: { name: 'huggingface' },
        runtime: 'nobodys',
        storageUri: 's3://models/chat',
      },
    },
    summary: /the serving runtime that chat names is not there or is disabled/,
    remedy: /correct the runtime/,
  },
  'serverless without Knative': {
    annotations: { 'serving.kserve.io/deploymentMode': 'Serverless' },
    predictor: { containers: [{ name: 'server', image }] },
    summary: /chat asks for serverless mode, but Knative is not installed/,
    remedy: /deploymentMode: raw/,
  },
}

/** There KServe's own webhook refuses what its controller writes first, and only the controller's log has a word of it. */
const SILENT = 'serverless without Knative'
const HUSHED = { from: '0.19', before: '0.20' }

for (const [what, unmakeable] of Object.entries(ERRORS)) {
  const body = async (t: ExecutionContext<{ sandbox: Sandbox }>) => {
    const { diagnosis, message, state } = await verdictOn(t, unmakeable)
    t.log(diagnosis?.evidence)
    t.is(state, 'failed', message)
    t.is(diagnosis?.cause, 'kserve-reconcile')
    t.regex(diagnosis?.summary ?? '', /^KServe cannot make the predictor: /)
    t.regex(diagnosis?.summary ?? '', unmakeable.summary)
    t.regex(diagnosis?.remedy ?? '', unmakeable.remedy)
    t.log(diagnosis?.evidence)
  }
  const title = `K3, K10 · the real KServe: ${what} is named with the remedy`
  if (what !== SILENT) kserve(title, body)
  else {
    kserve(title, body, { before: HUSHED.from })
    kserve(title, body, { from: HUSHED.before })
  }
}

kserve(
  'K3, K10 · the real KServe: an object that its own webhook keeps from it leads to its log',
  async t => {
    const { annotations, predictor } = ERRORS[SILENT] ?? {}
    const { diagnosis, state } = await verdictOn(t, { annotations, predictor }, () => true)
    t.is(state, 'progressing')
    t.is(diagnosis?.cause, 'kserve-controller')
    t.regex(diagnosis?.remedy ?? '', /kubectl -n kserve logs deployment\/kserve-controller-manager/)
  },
  HUSHED,
)

/** A controller that is slow to look at an object is a diagnosis, too, and a passing one. */
const isLasting = (cause: string) => cause !== 'kserve-controller'

/** Creates it and waits for a verdict with such a diagnosis. */
async function verdictOn(
  t: ExecutionContext<{ sandbox: Sandbox }>,
  { name = 'chat', namespace = `kserve-${letters(5)}`, annotations = {}, predictor }: Unmade,
  isMeant: (cause: string) => boolean = isLasting,
): Promise<Verdict> {
  const kubectl = kubectlFor(t.context.sandbox)
  const cluster = await aCluster(t, t.context.sandbox)
  await kubectl('create', 'namespace', namespace)
  t.teardown(() => kubectl('delete', 'namespace', namespace, '--wait=false'))
  const ref = { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' }
  const metadata = { name, namespace, annotations }
  await kubectl.apply({ ...ref, metadata, spec: { predictor } })
  let verdict: Verdict | undefined
  await eventually(async () => {
    const object = await cluster.get({ ...ref, name, namespace })
    verdict = await judged(cluster, object)
    return verdict.diagnosis !== undefined && isMeant(verdict.diagnosis.cause)
  })
  return verdict as Verdict
}

/** What an apply looks at while it waits for an InferenceService, and what says why. */
const LOOKED_AT = [
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'ReplicaSet'],
  ['v1', 'Pod'],
  ['v1', 'Event'],
] as const

async function judged(cluster: Cluster, object: KubeObject | undefined): Promise<Verdict> {
  const { namespace = '' } = object?.metadata ?? {}
  const lists = await Promise.all(
    LOOKED_AT.map(async ([apiVersion, kind]) => {
      const { items } = await cluster.list({ apiVersion, kind, namespace })
      return items.map(item => ({ ...item, apiVersion, kind }))
    }),
  )
  const now = cluster.serverTime().toISOString()
  return assess({ object, related: viewOf(lists.flat()), now })
}

/** Patches of an InferenceService that KServe's validating webhook refuses, each before anything is written. */
const DENIED: Record<string, { merge: string; why: RegExp }> = {
  bounds: { merge: '{spec: {predictor: {minReplicas: 5, maxReplicas: 2}}}', why: /MinReplicas/ },
  class: {
    merge: '{metadata: {annotations: {serving.kserve.io/autoscalerClass: foo}}}',
    why: /\[?foo\]? is not a supported autoscaler class type/,
  },
  two: {
    merge: '{spec: {predictor: {sklearn: {storageUri: "s3://models/a"}}}}',
    why: /[Ee]xactly one of/,
  },
}

kserve(
  "K3, K10 · what KServe's webhook refuses is told for each endpoint, before anything is written",
  async t => {
    const environment = `createNamespace: true, kserve: {version: ${testedVersions.kserve}}, policies: {rules: {kserve-scaling: {level: warn, reason: to be tried}, kserve-webhook: {level: warn, reason: to be tried}}}`
    const patched = ([name, { merge }]: [string, { merge: string }]) => [
      name,
      `  patches:\n    - target: {kind: InferenceService}\n      merge: ${merge}\n`,
    ]
    const specs = Object.fromEntries(Object.entries(DENIED).map(patched)) as Record<string, string>
    const { expect, kubectl, namespace } = await kserveProject(t, specs, environment)
    await kubectl('create', 'namespace', namespace)
    const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '20s')
    const lines = stderr.replaceAll(/\s+/g, ' ')
    t.regex(
      lines,
      /the admission webhook "inferenceservice\.kserve-webhook-server\.\w+" refused it/,
    )
    for (const [name, { why }] of Object.entries(DENIED)) {
      t.regex(lines, why, name)
      t.is(await kubectl.get('inferenceservice', name, namespace), undefined, name)
    }
  },
)
