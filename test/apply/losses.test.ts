import type { KubeObject } from '../../src/object/index.ts'
import { actionsOf, planSet } from '../../src/plan/index.ts'
import { planAsText } from '../../src/report/index.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { applyObjects, requestFor, server } from '../support/engine.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What an apply takes from others is said in the first line of the plan, and refused without a flag. */

const { serial } = sandboxTest()

const plain = (_style: unknown, text: string) => text

serial(
  'A2 · a Service outside the set that loses its pods: said first, refused, taken with --allow-loss',
  async t => {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const kubectl = kubectlFor(t.context.sandbox)
    const theirs = server('chat', 'chat:1', 'iris')
    await kubectl.applyClientSide({ ...theirs, metadata: { ...theirs.metadata, namespace } })
    const front: KubeObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front', namespace },
      spec: { selector: { app: 'iris' }, ports: [{ port: 80 }] },
    }
    await kubectl.applyClientSide(front)
    const request = requestFor(namespace, { chat: [server('chat', 'chat:1')] })
    const plan = await planSet({ ...request, cluster })
    const [first] = planAsText(plan, plain).split('\n')
    t.regex(
      first ?? '',
      /^Takes from others: Deployment\/\S+\/chat: Service\/\S+\/front loses its pods/,
    )
    t.regex(planAsText(plan, plain), /downtime: yes/)
    t.deepEqual(
      plan.problems.map(({ code, severity }) => [code, severity]),
      [['guard', 'error']],
    )
    t.regex(plan.problems[0]?.remedy ?? '', /--allow-loss/)
    await t.throwsAsync(applyObjects({ cluster, request }))
    t.is((await pods()).length, 1)
    const allowed = await applyObjects({
      cluster,
      request: { ...request, options: { allowLoss: true } },
    })
    t.is(allowed.outcome.result, 'succeeded')

    async function pods(): Promise<KubeObject[]> {
      const items = await kubectl.list('pods', namespace)
      return items.filter(({ metadata }) => metadata.labels?.['app'] === 'iris')
    }
  },
)

serial('A2 · a sidecar of an adopted Deployment is not dropped in silence', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const theirs = structuredClone(server('chat', 'chat:1')) as KubeObject & {
    spec: { template: { spec: { containers: object[] } } }
  }
  theirs.spec.template.spec.containers.unshift({
    name: 'envoy',
    image: 'registry.example.com/envoy:1',
  })
  await kubectlFor(t.context.sandbox).applyClientSide({
    ...theirs,
    metadata: { ...theirs.metadata, namespace },
  })
  const plan = await planSet({
    ...requestFor(namespace, { chat: [server('chat', 'chat:1')] }),
    cluster,
  })
  t.deepEqual(
    actionsOf(plan).map(({ losses }) => losses),
    [['container envoy goes']],
  )
  t.regex(plan.problems[0]?.message ?? '', /takes from others: container envoy goes/)
})
