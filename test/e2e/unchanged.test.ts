import type { ExecutionContext } from 'ava'
import fc from 'fast-check'
import type { Cluster } from '../../src/cluster/index.ts'
import { keyOf, refOf, type KubeObject } from '../../src/object/index.ts'
import { ATOMIC, isAtomic as isTakenWhole } from '../../src/plan/fields/atomic.ts'
import { isCertainlyUnchanged } from '../../src/plan/fields/managed.ts'
import { predict } from '../../src/plan/decide/predict.ts'
import { withoutEarlier } from '../../src/plan/decide/takeover.ts'
import { visibleChanges } from '../../src/plan/fields/visible.ts'
import { renderSet } from '../../src/render/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { completeEndpoint } from '../../src/spec/index.ts'
import { anyEndpoint } from '../support/any-endpoint.ts'
import { aCluster, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { aSet } from '../support/endpoint.ts'
import { basicObjects, inferenceService } from '../support/basic-objects.ts'
import { chooser, edited, part, pick, type Choose } from '../support/random-edits.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { notStored } from '../../src/trial/index.ts'
import { schemaOf } from '../support/schema.ts'

/**
 * "Unchanged" is told from managedFields without asking, and so are changes where nobody may ask: here the API server is
 * asked, too.
 */

type Context = { sandbox: Sandbox }
const { serial, kserve } = sandboxTest()
const SEED = 20_261_125
const ORDINARY = 40

// Ordinary objects: applied once, nothing happened since.

async function ordinary(
  t: ExecutionContext<Context>,
  runtime: 'deployment' | 'kserve',
): Promise<void> {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const documents = fc.sample(anyEndpoint, { seed: SEED, numRuns: ORDINARY })
  const objects = documents.flatMap((document, index) => {
    const metadata = { ...document.metadata, name: `m${index}` }
    const { scaling: _scaling, ...rest } = document.spec
    const spec = { ...rest, runtime, replicas: 0, metrics: false as const, route: false as const }
    const endpoint = completeEndpoint({ ...document, metadata, spec }, { namespace })
    return renderSet(aSet([endpoint], { namespace })).objects.map(({ object }) => object)
  })
  const unknown = await sideBySide(objects, async object => {
    const live = await cluster.apply(object)
    // Older versions of Kubernetes drop images as volumes: told, and no matter of what is unchanged.
    const isWhole = notStored(object, live) === undefined
    return !isWhole || isCertainlyUnchanged(object, live) ? [] : [keyOf(refOf(object))]
  })
  t.deepEqual(unknown.flat(), [])
  t.true(objects.length >= ORDINARY * 3)
}

serial('R2 · whatever a spec gives is known to be unchanged', async t => {
  t.timeout(300_000)
  await ordinary(t, 'deployment')
})

kserve(
  'R2, K9 · whatever a spec gives is known to be unchanged behind KServe’s webhook',
  async t => {
    t.timeout(300_000)
    await ordinary(t, 'kserve')
  },
)

// A corpus: objects that were edited in git, by others, or both.

const CASES = 720
const LEAST = 500

serial(
  'R2 · in a corpus of edited objects nothing counts as unchanged that a dry-run would change',
  async t => {
    t.timeout(600_000)
    await compare(t, basicObjects, CASES)
  },
)

kserve('R2 · nor does an InferenceService', async t => {
  t.timeout(300_000)
  await compare(t, [inferenceService], 120)
})

interface Judged {
  /** Ours, without a request. */
  certain: boolean
  /** The API server's dry-run leaves it as it is. */
  same: boolean
  /** What slipway predicts it to change, against what it does change; undefined where it refuses. */
  prediction: 'right' | 'other' | 'nothing' | undefined
  what: string
}

async function compare(
  t: ExecutionContext<Context>,
  bases: readonly ((name: string) => KubeObject)[],
  count: number,
): Promise<void> {
  const cluster = await aCluster(t, t.context.sandbox)
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const namespace = await aNamespace(t, cluster)
  const indices = Array.from({ length: count }, (_, index) => index)
  const results = await sideBySide(indices, async index => {
    const base = pick(bases, chooser(index))(`c${index}`)
    const object = { ...base, metadata: { ...base.metadata, namespace } }
    return judge({ cluster, url: proxy.url, object, choose: chooser(SEED + index) })
  })
  const judged = results.filter(result => result !== undefined)
  const same = judged.filter(result => result.same)
  const missed = same.filter(({ certain }) => !certain)
  const words = `${judged.length} objects, ${same.length} of them unchanged, ${missed.length} of those asked about in vain`
  t.log(words)
  t.deepEqual(
    judged.filter(({ certain, same: unchanged }) => certain && !unchanged),
    [],
  )
  t.true(judged.length >= (count * LEAST) / CASES, words)
  t.true(same.length >= judged.length / 8, 'enough are unchanged')
  t.true(same.length <= judged.length * (7 / 8), 'enough are changed')
  t.true(missed.length <= same.length / 2, words)
  judgePredictions(t, judged)
}

/** Never nothing where something changes; now and then more, where the API server fills in what nobody holds. */
function judgePredictions(t: ExecutionContext<Context>, judged: readonly Judged[]): void {
  const predictions = judged.flatMap(({ prediction }) => prediction ?? [])
  const right = predictions.filter(each => each === 'right')
  t.log(`${right.length} of ${predictions.length} changes predicted as they are`)
  t.false(predictions.includes('nothing'))
  t.true(right.length >= predictions.length * 0.75)
}

interface Case {
  cluster: Cluster
  url: string
  object: KubeObject
  choose: Choose
}

/** Undefined where the edits made something that the API server refuses. */
async function judge({ cluster, url, object, choose }: Case): Promise<Judged | undefined> {
  const first = times(choose(3), object, value => content(value, edited, object, choose))
  if (!(await succeeds(cluster.apply(first)))) return undefined
  for (let events = choose(3); events > 0; events -= 1)
    await happens({ cluster, url, object: first, choose })
  const live = await cluster.get(refOf(object))
  if (live === undefined) return undefined
  const desired = choose(2) === 0 ? first : content(first, edited, live, choose)
  return verdict(cluster, desired)
}

async function verdict(cluster: Cluster, desired: KubeObject): Promise<Judged | undefined> {
  const before = await cluster.get(refOf(desired))
  const [dryRun] = await Promise.allSettled([cluster.apply(desired, { dryRun: true })])
  const after = await cluster.get(refOf(desired))
  if (before === undefined || after === undefined) return undefined
  // A controller came in between.
  if (before.metadata.resourceVersion !== after.metadata.resourceVersion)
    return verdict(cluster, desired)
  const same = dryRun.status === 'fulfilled' && lasting(dryRun.value) === lasting(before)
  const certain = isCertainlyUnchanged(desired, before)
  const what = certain && !same ? JSON.stringify({ desired, before, after: dryRun }) : ''
  const prediction =
    dryRun.status === 'fulfilled' ? compareChanges(desired, before, dryRun.value) : undefined
  return { certain, same, prediction, what }
}

function compareChanges(
  desired: KubeObject,
  before: KubeObject,
  after: KubeObject,
): Judged['prediction'] {
  const [real, predicted] = [withoutEarlier(after), predict(desired, before)].map(result =>
    visibleChanges(before, result, 'key').map(change => JSON.stringify(sorted(change))),
  )
  if (String(real?.toSorted()) === String(predicted?.toSorted())) return 'right'
  return predicted?.length === 0 ? 'nothing' : 'other'
}

/** Everything but when it was written. */
function lasting(object: KubeObject): string {
  return JSON.stringify(sorted(object), (key, value: unknown) =>
    key === 'time' ? undefined : value,
  )
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]): [string, unknown] => [name, sorted(inner)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** Somebody else writes to the object: an update, an apply of part of it, or one of ours under another version of git. */
async function happens({ cluster, url, object, choose }: Case): Promise<void> {
  const live = await cluster.get(refOf(object))
  if (live === undefined) return
  const update = content(live, edited, live, choose)
  const apply = content(object, partOf, live, choose)
  switch (choose(5)) {
    case 0:
      await put({ cluster, url, object: update, manager: 'kubectl-edit' })
      break
    case 1:
      await put({ cluster, url, object: update, manager: 'kubectl-client-side-apply' })
      break
    case 2:
      await succeeds(cluster.apply(apply, { fieldManager: 'other', force: true }))
      break
    case 3:
      // There and back again: the value is the same, its owner is not.
      await put({ cluster, url, object: update, manager: 'kubectl-edit' })
      await put({ cluster, url, object: live, manager: 'kubectl-edit' })
      break
    default:
      await succeeds(cluster.apply(content(object, edited, live, choose), { force: true }))
  }
}

type Edit = typeof edited

const partOf: Edit = (value, source, choose) => {
  const some = part(value, choose)
  return choose(2) === 0 ? edited(some, source, choose) : some
}

/** Edits spec, data, labels and annotations; identity and bookkeeping stay. */
function content(object: KubeObject, edit: Edit, source: KubeObject, choose: Choose): KubeObject {
  const { apiVersion, kind, metadata, ...rest } = object
  const { labels = {}, annotations = {}, ...kept } = metadata
  const { status: _status, ...more } = source
  const edits = edit(
    { ...rest, labels, annotations },
    {
      ...more,
      labels: source.metadata.labels,
      annotations: source.metadata.annotations,
      metadata: undefined,
    },
    choose,
  ) as Record<string, unknown>
  const { labels: newLabels, annotations: newAnnotations, ...newRest } = edits
  const own = { labels: newLabels, annotations: newAnnotations }
  return JSON.parse(
    JSON.stringify(
      { ...newRest, apiVersion, kind, metadata: { ...kept, ...own } },
      (key, value: unknown) => (key === 'managedFields' ? undefined : value),
    ),
  ) as KubeObject
}

interface Put {
  cluster: Cluster
  url: string
  object: KubeObject
  manager: string
}

async function put({ cluster, url, object, manager }: Put): Promise<void> {
  const { apiVersion, metadata } = object
  const served = await cluster.kind(object)
  const root = apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`
  const path = `${root}/namespaces/${metadata.namespace}/${served?.plural}/${metadata.name}`
  const body = { ...object, metadata: { ...metadata, resourceVersion: undefined } }
  await fetch(`${url}/${path}?fieldManager=${manager}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  const [{ status }] = await Promise.allSettled([work])
  return status === 'fulfilled'
}

function times<Value>(count: number, value: Value, change: (value: Value) => Value): Value {
  return count === 0 ? value : times(count - 1, change(value), change)
}

/** A few at a time. */
async function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: 12 }, worker))
  return results
}

// What a leaf of managedFields means hangs on the schema.

serial('R2 · what counts as owned whole is atomic in the API server’s schema', async t => {
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const answer = await fetch(`${proxy.url}/openapi/v2`, { headers: { accept: 'application/json' } })
  const places = schemaOf(
    await answer.json(),
    basicObjects.map(base => base('x')),
  )
  const wrong = places.filter(({ kind, name, isAtomic }) => !isAtomic && isTakenWhole(kind, name))
  t.deepEqual(wrong, [])
  t.true(places.filter(({ name, isAtomic }) => isAtomic && ATOMIC.has(name)).length > 20)
})
