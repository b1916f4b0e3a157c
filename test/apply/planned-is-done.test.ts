import type { ExecutionContext } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import { keyOf, refOf, type KubeObject } from '../../src/object/index.ts'
import {
  actionsOf,
  planSet,
  type Action,
  type PlanOptions,
  type PlanRequest,
} from '../../src/plan/index.ts'
import { visibleChanges } from '../../src/plan/fields/visible.ts'
import { endpointChanges } from '../../src/report/endpoint-change.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { BEHIND, formsFor, type Form } from '../support/adopted-forms.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { applyObjects, requestFor } from '../support/engine.ts'
import { watchGaps } from '../support/gaps.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { SITUATIONS, type Making } from '../support/ownership.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Plan and outcome compared, for every form of object and every way in which it may have come to be. */

const { serial } = sandboxTest()

/** Of the band that the API server keeps for Services which name their port: elsewhere it may have given one to another Service. */
const FIRST_PORT = 30_010

for (const [index, [situation, make]] of Object.entries(SITUATIONS).entries()) {
  serial(`S2 · what is planned is what happens: ${situation}`, async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const forms = formsFor(FIRST_PORT + 3 * index)
    await compare(t, { cluster, namespace, forms, make })
  })
}

interface Case {
  cluster: Cluster
  namespace: string
  forms: Record<string, Form>
  make: (making: Making) => Promise<void>
}

/** Each object is refused with all that is to be known, or becomes what the plan says; and so it is when everything is taken over. */
async function compare(
  t: ExecutionContext<{ sandbox: Sandbox }>,
  { cluster, namespace, forms, make }: Case,
): Promise<void> {
  const git = requestOf(namespace, forms).objects.map(({ object }) => object)
  const theirs = Object.values(forms).map(form => inNamespace(form.theirs, namespace))
  for (const object of BEHIND)
    await kubectlFor(t.context.sandbox).applyClientSide(inNamespace(object, namespace))
  await make({ cluster, kubectl: kubectlFor(t.context.sandbox), namespace, theirs, git })
  await untilReady(cluster, namespace)
  for (const takeFields of [false, true]) {
    const request = requestOf(namespace, forms, { takeFields })
    const only = await acceptable(t, { cluster, request })
    await becomes(t, { cluster, request: { ...request, only } })
  }
  const only = await acceptable(t, { cluster, request: requestOf(namespace, forms) })
  const again = await planSet({ ...requestOf(namespace, forms), only, cluster })
  t.deepEqual([actionsOf(again), again.problems], [[], []])
}

interface Becoming {
  cluster: Cluster
  request: Omit<PlanRequest, 'cluster'>
}

/** Endpoints that are not refused. The API server itself does not go from a default that nobody holds to Recreate. */
async function acceptable(t: ExecutionContext, { cluster, request }: Becoming): Promise<string[]> {
  const { problems } = await planSet({ ...request, cluster })
  for (const { message, object, cause, remedy } of problems)
    t.truthy(object && cause && remedy, message)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const refused = new Set(errors.map(({ endpoint }) => endpoint))
  if (request.options?.takeFields) t.true([...refused].every(name => name === 'recreate'))
  return request.set.endpoints.flatMap(({ name }) => (refused.has(name) ? [] : name))
}

async function becomes(t: ExecutionContext, { cluster, request }: Becoming): Promise<void> {
  const { objects, set, only } = request
  const { namespace } = set.environment
  const desired = objects.flatMap(({ object, endpoint }) =>
    only?.includes(endpoint.name) === false ? [] : object,
  )
  const before = await stateOf(cluster, namespace, desired)
  const watched = await watchGaps(cluster, namespace)
  const { plan, outcome } = await applyObjects({ cluster, request })
  t.is(outcome.result, 'succeeded', JSON.stringify(outcome))
  const after = await stateOf(cluster, namespace, desired)
  const gaps = await watched.gaps()
  for (const object of desired) {
    const title = titleOf(object)
    t.deepEqual(seen(object, { before, after, gaps }), said(actionsOf(plan), object), title)
  }
}

function titleOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.name}`
}

function requestOf(
  namespace: string,
  forms: Record<string, Form>,
  options: Partial<PlanOptions> = {},
) {
  const objects = Object.fromEntries(Object.entries(forms).map(([name, { git }]) => [name, [git]]))
  return {
    ...requestFor(namespace, objects),
    options: { forceConflicts: true, allowLoss: true, ...options },
  }
}

function inNamespace(object: KubeObject, namespace: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, namespace } }
}

interface State {
  objects: Map<string, KubeObject>
  /** UIDs of the pods of each Deployment, by its name. */
  pods: Map<string, string>
}

async function stateOf(
  cluster: Cluster,
  namespace: string,
  desired: readonly KubeObject[],
): Promise<State> {
  const found = await Promise.all(desired.map(object => cluster.get(refOf(object))))
  const { items } = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace })
  const alive = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
  const byApp = Map.groupBy(alive, ({ metadata }) => metadata.labels?.['app'] ?? '')
  return {
    objects: new Map(found.flatMap(object => (object ? [[keyOf(refOf(object)), object]] : []))),
    pods: new Map([...byApp].map(([name, pods]) => [name, uids(pods)])),
  }
}

function uids(objects: readonly KubeObject[]): string {
  return String(objects.map(({ metadata }) => metadata.uid ?? '').toSorted())
}

/** What the plan says of an object: its fields, whether it and its pods are replaced, and whether nobody answers for a while. */
function said(actions: readonly Action[], object: KubeObject) {
  const action = actions.find(({ ref }) => keyOf(ref) === keyOf(refOf(object)))
  // What others lose is another test's.
  const changes = action === undefined ? [] : endpointChanges([{ ...action, losses: [] }])
  return {
    fields: lasting(action?.changes ?? []),
    restarts: changes.some(({ impact }) => impact.pods.fate === 'restart'),
    isRecreated: action?.type === 'replace',
    // Nobody misses an Ingress here, nor anything else that has no pods.
    downtime:
      SERVE.has(object.kind) && changes.some(({ impact }) => impact.downtime.answer !== 'no'),
  }
}

const SERVE = new Set(['Deployment', 'Service'])

interface Outcome {
  before: State
  after: State
  /** Who was away for a moment. */
  gaps: ReadonlySet<string>
}

function seen(object: KubeObject, { before, after, gaps }: Outcome) {
  const key = keyOf(refOf(object))
  const [old, fresh] = [before.objects.get(key), after.objects.get(key)]
  if (old === undefined || fresh === undefined) throw new Error(`${key} is not there`)
  const { name } = object.metadata
  return {
    fields: lasting(visibleChanges(old, fresh, 'key')),
    restarts: object.kind === 'Deployment' && before.pods.get(name) !== after.pods.get(name),
    isRecreated: old.metadata.uid !== fresh.metadata.uid,
    downtime: gaps.has(titleOf(object)),
  }
}

/** Of a new object's addresses nobody knows which they will be. */
function lasting(changes: Action['changes']) {
  return changes
    .map(change => (/clusterIPs?$|odePort$/.test(change.path) ? { path: change.path } : change))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

async function untilReady(cluster: Cluster, namespace: string): Promise<void> {
  const signal = AbortSignal.timeout(60_000)
  const query = { apiVersion: 'apps/v1', kind: 'Deployment', namespace }
  const waiting = new Set<string>(['everything'])
  for await (const event of cluster.watch(query, signal)) {
    const objects = event.type === 'sync' ? event.items : [event.object]
    waiting.delete('everything')
    for (const object of objects) {
      if (isReady(object)) waiting.delete(object.metadata.name)
      else waiting.add(object.metadata.name)
    }
    if (waiting.size === 0) return
  }
  throw new Error(`not ready in time: ${[...waiting].join(', ')}`)
}

interface Status {
  readyReplicas?: number
  observedGeneration?: number
}

function isReady({ metadata, spec, status }: KubeObject): boolean {
  const { readyReplicas = 0, observedGeneration } = (status ?? {}) as Status
  return readyReplicas === Object(spec).replicas && observedGeneration === metadata.generation
}
