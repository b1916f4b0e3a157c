import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { feed } from '../support/feed.ts'
import type { Kubectl } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

/**
 * Hand-over in both directions. What an engine does to objects is played by kubectl: a forced server-side apply under the engine's
 * field manager, with the marks that it adds to each object.
 */

const { serial } = sandboxTest()

interface Marks {
  labels?: Record<string, string>
  annotations?: Record<string, string>
}

const ENGINES: [name: string, manager: string, marks: Marks, owner: RegExp][] = [
  [
    'Flux',
    'kustomize-controller',
    {
      labels: {
        'kustomize.toolkit.fluxcd.io/name': 'test-test-workload',
        'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
      },
    },
    /the Flux Kustomization "flux-system\/test-test-workload" applies test: \d+ objects/,
  ],
  [
    'Argo CD',
    'argocd-controller',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'test-test:apps/Deployment:x/chat' } },
    /the Argo CD application "test-test" applies test: \d+ objects/,
  ],
]

for (const [name, manager, marks, owner] of ENGINES) {
  serial(
    `G3 · to ${name} and back without touching a pod; in between only ${name} applies`,
    async t => {
      const { expect, edit, commit, kubectl, namespace } = await deployedProject(t, {
        chat: '',
        rag: '',
      })
      await expect(0, 'apply', '--yes')
      const pods = await podsIn(kubectl, namespace)
      const uids = await uidsIn(kubectl, namespace)
      const reconcile = async () => {
        const { stdout } = await expect(0, 'render', '-o', 'json')
        const { items } = JSON.parse(stdout) as { items: Manifest[] }
        await serverSideApply(
          t.context.sandbox,
          manager,
          items.map(item => marked(item, marks)),
        )
      }
      await reconcile()
      t.deepEqual(await podsIn(kubectl, namespace), pods, 'handed over')

      for (const command of [
        ['apply', '--yes'],
        ['delete', 'rag', '--yes'],
      ]) {
        // oxlint-disable-next-line no-await-in-loop
        const { stderr } = await expect(2, ...command)
        t.regex(stderr, owner)
        t.regex(stderr, /To take the set back, .*--take-back\./)
      }
      await expect(0, 'status')
      const looked = await expect(0, 'diff')
      t.regex(looked.stdout + looked.stderr, owner)

      // The engine goes on by itself.
      await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
      await commit('chat v2')
      await reconcile()
      await kubectl('rollout', 'status', 'deployment/chat', '-n', namespace, '--timeout=60s')
      await expect(0, 'status')
      const before = await podsIn(kubectl, namespace)

      await expect(0, 'apply', '--yes', '--take-back')
      t.deepEqual(await podsIn(kubectl, namespace), before, 'taken back')
      t.deepEqual(await uidsIn(kubectl, namespace), uids, 'no object was made anew')
      for (const object of await kubectl.list('deployments,services', namespace)) {
        const { labels = {}, annotations = {}, managedFields = [] } = object.metadata
        t.deepEqual(
          Object.keys({ ...labels, ...annotations }).filter(key => /flux|argo/.test(key)),
          [],
        )
        t.false(managedFields.some(entry => entry.manager === manager))
      }
      await expect(0, 'apply', '--yes')
      await expect(0, 'delete', 'rag', '--yes')
    },
  )
}

interface Manifest {
  metadata: Marks & { name: string }
}

function marked(object: Manifest, { labels = {}, annotations = {} }: Marks): Manifest {
  const { metadata } = object
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, ...labels },
      annotations: { ...metadata.annotations, ...annotations },
    },
  }
}

async function serverSideApply(sandbox: Sandbox, manager: string, items: readonly Manifest[]) {
  const list = { apiVersion: 'v1', kind: 'List', items }
  const child = execFile(sandbox.kubectl, [
    '--kubeconfig',
    sandbox.kubeconfig,
    '--context',
    sandbox.context,
    'apply',
    '--server-side',
    '--force-conflicts',
    `--field-manager=${manager}`,
    '-f',
    '-',
  ])
  feed(child, JSON.stringify(list))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`kubectl apply: exit ${code}`)
}

async function podsIn(kubectl: Kubectl, namespace: string): Promise<unknown[]> {
  const pods = await kubectl.list('pods', namespace)
  return pods.map(({ metadata, ...rest }) => [metadata.name, metadata.uid, rest['spec']])
}

async function uidsIn(kubectl: Kubectl, namespace: string): Promise<unknown[]> {
  const objects = await kubectl.list('deployments,services', namespace)
  return objects.map(({ metadata }) => [metadata.name, metadata.uid])
}
