import type { KubeObject } from '../../src/object/index.ts'
import { actionsOf, planSet } from '../../src/plan/index.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { applyObjects, requestFor, server } from '../support/engine.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What `kubectl apply` made is taken into the set: git's fields come, what only kubectl held goes, and the plan says so first. */

const { serial } = sandboxTest()

const service = (ports: object[], labels: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'chat-svc', labels },
  spec: { selector: { app: 'chat' }, ports },
})

const withEnv = (...names: string[]): KubeObject => {
  const object = server('chat', 'chat:1')
  const { template, ...spec } = object['spec'] as { template: { spec: { containers: object[] } } }
  const env = names.map(name => ({ name, value: 'yes' }))
  const containers = template.spec.containers.map(container => ({ ...container, env }))
  return { ...object, spec: { ...spec, template: { ...template, spec: { containers } } } }
}

const adopts = (before: KubeObject, after: KubeObject, paths: RegExp[]) =>
  async function adoptsIt(t: Parameters<Parameters<typeof serial>[1]>[0]) {
    const cluster = await aCluster(t, t.context.sandbox)
    const namespace = await aNamespace(t, cluster)
    const old = { ...before, metadata: { ...before.metadata, namespace } }
    await kubectlFor(t.context.sandbox).applyClientSide(old)
    const request = { ...requestFor(namespace, { chat: [after] }), options: { allowLoss: true } }
    const { plan, outcome } = await applyObjects({ cluster, request })
    t.is(outcome.result, 'succeeded')
    t.deepEqual(
      actionsOf(plan).map(({ type }) => type),
      ['adopt'],
    )
    const shown = actionsOf(plan)
      .flatMap(({ changes }) => changes.map(({ path }) => path))
      .join('\n')
    for (const path of paths) t.regex(shown, path)
    const again = await planSet({ ...request, cluster })
    t.deepEqual([actionsOf(again), again.problems], [[], []])
    const { apiVersion, kind, metadata } = after
    const live = await cluster.get({ apiVersion, kind, namespace, name: metadata.name })
    t.deepEqual(
      live?.metadata.managedFields?.flatMap(({ manager, subresource }) =>
        subresource === undefined && manager !== 'kube-controller-manager' ? manager : [],
      ),
      ['slipway'],
    )
    return JSON.stringify({ ...live?.metadata.labels, ...(live?.['spec'] as object) })
  }

serial('R4 · a label that only kubectl apply set goes, and the plan shows it', async t => {
  const ports = [{ name: 'http', port: 80 }]
  const adopt = adopts(service(ports, { old: 'yes' }), service(ports), [/metadata\.labels\.old/])
  t.notRegex((await adopt(t)) ?? '', /"old"/)
})

serial(
  'R4 · a port of kubectl apply gives way to another number, neither having a name',
  async t => {
    const adopt = adopts(service([{ port: 8080 }]), service([{ port: 80 }]), [/spec\.ports/])
    const live = (await adopt(t)) ?? ''
    t.regex(live, /"port":80,/)
    t.notRegex(live, /"port":8080/)
  },
)

serial('R4 · a port of kubectl apply under another name goes', async t => {
  const adopt = adopts(
    service([{ name: 'old', port: 8080 }]),
    service([{ name: 'http', port: 80 }]),
    [/8080|old|http/],
  )
  t.notRegex((await adopt(t)) ?? '', /8080/)
})

serial('R4 · an environment variable of kubectl apply goes', async t => {
  const adopt = adopts(withEnv('OLD', 'KEPT'), withEnv('KEPT'), [/env\[name=OLD\]/])
  t.notRegex((await adopt(t)) ?? '', /OLD/)
})
