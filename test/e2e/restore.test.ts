import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { aCluster, aNamespace } from '../support/cluster.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { applyObjects, requestFor, server } from '../support/engine.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What was deleted for something that the API server then refuses is not lost. An admission policy refuses it; dry-runs pass. */

const { serial } = sandboxTest()

type T = ExecutionContext<{ sandbox: Sandbox }>

const NEW_SELECTOR = `  patches:
    - target: {kind: Deployment}
      json:
        - {op: add, path: /spec/selector/matchLabels/track, value: blue}
        - {op: add, path: /spec/template/metadata/labels/track, value: blue}
`

/** A project whose chat runs as v1, and whose files want a v2 that can only replace it and is refused. */
async function refusedReplacement(t: T) {
  const project = await deployedProject(t, { chat: '', other: '' })
  await project.expect(0, 'apply', '--yes')
  const policy = await refuseImage(t, project.namespace, 'registry.example.com/chat:v2')
  await project.edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await project.edit('endpoints/chat.yaml', /$/, NEW_SELECTOR)
  const commit = await project.commit('chat v2')
  const image = async () =>
    imageOf(await project.kubectl.get('deployment', 'chat', project.namespace))
  return { ...project, policy, commit, image }
}

serial('R6 · a refused replacement is told with what was deleted for it', async t => {
  const { expect, image } = await refusedReplacement(t)
  const { stderr, stdout } = await expect(1, 'apply', '--yes')
  t.regex(
    stderr,
    /chat was deleted to be replaced, and could not be created again: an admission policy[^]*no v2 here/,
  )
  t.regex(stderr, /what was deleted: \{"apiVersion":"apps\/v1","kind":"Deployment"/)
  t.regex(stdout, /other +ready/)
  t.is(await image(), undefined)
})

serial(
  'R6 · --rollback-on-failure creates it again, then returns to the last good commit',
  async t => {
    const { expect, image, commit } = await refusedReplacement(t)
    const { stderr } = await expect(1, 'apply', '--yes', '--rollback-on-failure')
    t.regex(stderr, /what was there before was created again/)
    t.regex(stderr, /restored Deployment\/\S+\/chat[^]*Rolling back chat to [0-9a-f]{7}/)
    t.regex(stderr, new RegExp(`revert ${commit.slice(0, 7)}`))
    t.is(await image(), 'registry.example.com/chat:v1')
    const { stdout } = await expect(0, 'status')
    t.regex(stdout, /chat .* ready/)
  },
)

serial(
  'R6 · it is created again though no commit can be had; the next apply goes on from there',
  async t => {
    const { expect, image, directory, policy, kubectl, namespace } = await refusedReplacement(t)
    await rm(join(directory, '.git'), { recursive: true })
    const outside = ['--yes', '--allow-no-commit']
    const { stderr } = await expect(1, 'apply', ...outside, '--rollback-on-failure')
    t.regex(stderr, /what was there before was created again[^]*git repository/)
    t.is(await image(), 'registry.example.com/chat:v1')
    await policy.remove()
    await expect(0, 'apply', ...outside)
    t.is(await image(), 'registry.example.com/chat:v2')
    const pods = await kubectl.list('pods', namespace)
    t.deepEqual(
      pods
        .map(({ metadata }) => metadata.labels?.['track'] ?? metadata.name.slice(0, 5))
        .toSorted(),
      ['blue', 'other'],
    )
  },
)

serial('R6, K8 · a refused switch gives the other runtime back, or says what it was', async t => {
  const cluster = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, cluster)
  const before = requestFor(namespace, { chat: [server('chat', 'chat:v1')] })
  const after = requestFor(namespace, { chat: [statefulSet('chat:v2')] })
  await applyObjects({ cluster, request: before })
  const policy = await refuseImage(t, namespace, 'registry.example.com/chat:v2')
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'chat' }
  const restored = await applyObjects({
    cluster,
    request: after,
    options: { restoreReplaced: true },
  })
  t.is(restored.outcome.endpoints['chat'], 'failed')
  t.regex(
    restored.outcome.problems.map(({ message }) => message).join('\n'),
    /an admission policy[^]*chat was deleted for another runtime.*; what was there before was created again/,
  )
  t.is(imageOf(await cluster.get(ref)), 'registry.example.com/chat:v1')
  const { outcome } = await applyObjects({ cluster, request: after })
  t.regex(outcome.problems.at(-1)?.cause ?? '', /what was deleted: \{"apiVersion":"apps\/v1"/)
  t.is(await cluster.get(ref), undefined)
  await policy.remove()
  t.is((await applyObjects({ cluster, request: after })).outcome.result, 'succeeded')
})

/** An admission policy against creations with one image, in force when this resolves. */
async function refuseImage(t: T, namespace: string, image: string) {
  const kubectl = kubectlFor(t.context.sandbox)
  const name = `no-v2-${namespace}`
  const kinds = 'validatingadmissionpolicies,validatingadmissionpolicybindings'
  const remove = async () => {
    await kubectl('delete', kinds, name, '--ignore-not-found')
    await eventually(async () => (await tried(t, namespace, image)) === '')
  }
  t.teardown(() => kubectl('delete', kinds, name, '--ignore-not-found'))
  const api = 'admissionregistration.k8s.io/v1'
  await kubectl.apply({
    apiVersion: api,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        resourceRules: [
          {
            apiGroups: ['apps'],
            apiVersions: ['v1'],
            operations: ['CREATE'],
            resources: ['deployments', 'statefulsets'],
          },
        ],
      },
      validations: [
        {
          expression: `request.dryRun || object.spec.template.spec.containers.all(c, c.image != '${image}')`,
          message: 'no v2 here',
        },
      ],
    },
  })
  await kubectl.apply({
    apiVersion: api,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'] },
  })
  await eventually(async () => /no v2 here/.test(await tried(t, namespace, image)))
  return { remove }
}

/** The refusal of a creation with the image; without one it leaves nothing behind. */
async function tried(t: T, namespace: string, image: string): Promise<string> {
  const kubectl = kubectlFor(t.context.sandbox)
  const args = ['probe', `--image=${image}`, '--replicas=0', '-n', namespace]
  try {
    await kubectl('create', 'deployment', ...args)
    await kubectl('delete', 'deployment', 'probe', '-n', namespace)
    return ''
  } catch (error) {
    return String(error)
  }
}

function statefulSet(image: string): KubeObject {
  const { metadata, spec } = server('chat', image)
  const kind = 'StatefulSet'
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata,
    spec: { ...(spec as object), serviceName: 'chat' },
  }
}

function imageOf(object: KubeObject | undefined): string | undefined {
  const spec = object?.['spec'] as
    | { template: { spec: { containers: { image: string }[] } } }
    | undefined
  return spec?.template.spec.containers[0]?.image
}
