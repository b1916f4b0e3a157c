import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import { resourceOf } from '../../src/kinds/index.ts'
import { refOf, type KubeObject, type ObjectRef } from '../../src/object/index.ts'
import { aCluster, aFaultProxy, aNamespace } from '../support/cluster.ts'
import { applyObjects, endState, requestFor } from '../support/engine.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest, type SandboxContext } from '../support/sandbox.ts'
import { assertTurns } from '../support/spans.ts'
import { startApply } from '../support/start-apply.ts'
import { playOperators } from './operators.ts'
import { fixed, KINDS, promoted, rendered, scaled, SECRET, whole } from './whole-endpoint.ts'

/** One endpoint that has everything, while others write: applies at once, and somebody else's hands on each of its objects. */

const { serial } = sandboxTest({ addons: ['gateway-api', 'keda', 'external-secrets'] })

const MINUTES_20 = 1_200_000
/** As many objects are raced for side by side. */
const LANES = 5

async function aSetting(t: ExecutionContext<SandboxContext>): Promise<Cluster> {
  t.timeout(MINUTES_20)
  const { sandbox } = t.context
  const cluster = await aCluster(t, sandbox)
  playOperators(t, { cluster, kubectl: kubectlFor(sandbox) })
  return cluster
}

serial(
  'R1 · four applies of an endpoint with everything at once never write at the same time, and the next one converges',
  async t => {
    const cluster = await aSetting(t)
    const namespace = await aNamespace(t, cluster)
    const last = await rendered(promoted, SECRET)
    const states = [
      await rendered(fixed),
      await rendered(scaled),
      await rendered(whole, SECRET),
      last,
    ]
    const proxies = await Promise.all(
      states.map(() => aFaultProxy(t, t.context.sandbox.kubeconfig)),
    )
    const options = { lockTtlSeconds: 30 }
    await Promise.all(
      states.map(async (chat, index) => {
        const kubeconfig = proxies[index]?.kubeconfig ?? ''
        const { ended } = await startApply(t, { kubeconfig, namespace, objects: { chat }, options })
        return ended
      }),
    )
    assertTurns(t, proxies)
    const request = requestFor(namespace, { chat: last })
    const { outcome } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'succeeded', JSON.stringify(outcome.problems))
    const alone = await aNamespace(t, cluster)
    await applyObjects({ cluster, request: requestFor(alone, { chat: last }) })
    t.deepEqual(
      await namesIn(cluster, namespace),
      await namesIn(cluster, alone),
      'nothing is left of the others',
    )
  },
)

type Hand = (cluster: Cluster, ref: ObjectRef) => Promise<unknown>

/** What somebody else does to an object between the plan and its write. */
const BETWEEN: [string, Hand][] = [
  [
    'changed',
    (cluster, ref) =>
      cluster.patch(ref, { type: 'merge', body: { metadata: { annotations: { a: 'b' } } } }),
  ],
  ['deleted', (cluster, ref) => cluster.delete(ref, { propagation: 'Background' })],
]

for (const [title, hand] of BETWEEN) {
  serial(
    `R4 · what somebody else has ${title} of everything since it was planned is written all the same`,
    async t => {
      const cluster = await aSetting(t)
      const objects = await rendered(whole, SECRET)
      const queue = [...objects]
      const lane = async () => {
        for (let object = queue.shift(); object !== undefined; object = queue.shift()) {
          // oxlint-disable-next-line no-await-in-loop
          await raceFor(t, { cluster, objects, object, hand })
        }
      }
      await Promise.all(Array.from({ length: LANES }, lane))
    },
  )
}

interface Race {
  cluster: Cluster
  objects: readonly KubeObject[]
  object: KubeObject
  hand: Hand
}

/** All objects get a new annotation; before that of one of them is written, somebody else was there. */
async function raceFor(
  t: ExecutionContext<SandboxContext>,
  { cluster, objects, object, hand }: Race,
): Promise<void> {
  const namespace = await aNamespace(t, cluster)
  const round = (name: string) =>
    requestFor(namespace, { chat: objects.map(each => annotated(each, name)) })
  const begun = await applyObjects({ cluster, request: round('one') })
  t.is(begun.outcome.result, 'succeeded', JSON.stringify(begun.outcome.problems))
  const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
  const { promise: isDone, resolve: tell } = Promise.withResolvers<void>()
  const { kind, metadata } = object
  const path = new RegExp(
    `/${resourceOf(object).split('/').at(-1)}/${metadata.name}\\?(?!.*dryRun)`,
  )
  const held = proxy.on({ method: 'PATCH', path, times: 1 }, { type: 'wait', until: isDone })
  const proxied = await aCluster(t, { kubeconfig: proxy.kubeconfig })
  const apply = { isOver: false }
  const applying = applyObjects({ cluster: proxied, request: round('two') }).finally(() => {
    apply.isOver = true
  })
  while (held.hits() === 0 && !apply.isOver) await sleep(5)
  const ref = { ...refOf(object), namespace }
  await hand(cluster, ref)
  tell()
  const where = `${kind} ${metadata.name}`
  const { outcome } = await applying
  t.is(held.hits(), 1, where)
  t.is(outcome.result, 'succeeded', `${where}: ${JSON.stringify(outcome.problems)}`)
  const live = await cluster.get(ref)
  t.is(live?.metadata.annotations?.['example.com/round'], 'two', where)
}

function annotated(object: KubeObject, round: string): KubeObject {
  const annotations = { ...object.metadata.annotations, 'example.com/round': round }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

async function namesIn(cluster: Cluster, namespace: string): Promise<string[]> {
  const state = (await endState(cluster, namespace, KINDS)) as { kind: string; name: string }[]
  return state.map(({ kind, name }) => `${kind} ${name}`).toSorted()
}
