import type { KubeObject } from '../../src/object/index.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What slipway will not do: each is refused before anything is written, with what to do instead. */

const { serial } = sandboxTest()

serial('D6 · a missing namespace is named before anything is changed', async t => {
  const { expect, kubectl, namespace } = await deployedProject(
    t,
    { chat: '' },
    'createNamespace: false',
  )
  const { stderr } = await expect(2, 'apply', '--yes')
  t.regex(stderr, new RegExp(`namespace "${namespace}" does not exist`))
  t.regex(stderr, /slipway\.yaml:\d+:\d+/)
  t.regex(stderr, /createNamespace: true/)
  t.is(await kubectl.get('namespace', namespace), undefined)
})

serial(
  'R4 · a field that somebody changed by hand is shown with both values, and not taken',
  async t => {
    const { expect, edit, commit, kubectl, namespace } = await deployedProject(t, {
      chat: '  replicas: 1\n',
    })
    await expect(0, 'apply', '--yes')
    await kubectl('scale', 'deployment/chat', '--replicas=3', '-n', namespace)
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    await commit('chat v2')
    const { stderr } = await expect(2, 'apply', '--yes')
    t.regex(stderr, /spec\.replicas/)
    t.regex(stderr, /live 3, in git 1/)
    t.regex(stderr, /--force-conflicts/)
    const refused = await kubectl.get('deployment', 'chat', namespace)
    t.is(replicasOf(refused), 3, 'nothing was written')
    await expect(0, 'apply', '--yes', '--force-conflicts')
    const forced = await kubectl.get('deployment', 'chat', namespace)
    t.is(replicasOf(forced), 1)
  },
)

serial('R4 · an image that somebody set is shown as it is live and in git', async t => {
  const { expect, edit, commit, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await expect(0, 'apply', '--yes')
  await kubectl(
    'set',
    'image',
    'deployment/chat',
    'server=registry.example.com/chat:hotfix',
    '-n',
    namespace,
  )
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('chat v2')
  const { stderr } = await expect(2, 'apply', '--yes')
  t.regex(stderr, /containers\[name="server"\]\.image is held by the field manager "kubectl-set"/)
  t.regex(
    stderr,
    /live "registry\.example\.com\/chat:hotfix", in git "registry\.example\.com\/chat:v2"/,
  )
  t.regex(stderr, /by hand, perhaps during an incident: ask/)
})

serial('R4 · replicas that an autoscaler of somebody else sets are left to it', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, { chat: '  replicas: 1\n' })
  await expect(0, 'apply', '--yes')
  await kubectl(
    'autoscale',
    'deployment/chat',
    '--min=2',
    '--max=4',
    '--cpu-percent=80',
    '-n',
    namespace,
  )
  await eventually(async () => replicasOf(await kubectl.get('deployment', 'chat', namespace)) === 2)
  const { stderr } = await expect(2, 'apply', '--yes')
  t.regex(stderr, /spec\.replicas is held by the field manager "kube-controller-manager"/)
  t.regex(stderr, /live 2, in git 1/)
  t.regex(stderr, /An autoscaler sets it: use scaling instead of replicas/)
})

serial(
  'R4 · fields of kubectl apply are taken over, the fields that git does not have go',
  async t => {
    const { expect, kubectl, namespace } = await deployedProject(t, { chat: '' })
    await expect(0, 'apply', '--yes')
    await expect(0, 'delete', 'chat', '--yes')
    const manifest = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'chat-svc', namespace, labels: { old: 'yes' } },
      spec: { selector: { app: 'chat' }, ports: [{ name: 'http', port: 80, targetPort: 9000 }] },
    }
    await kubectl.applyClientSide(manifest)
    const { stderr } = await expect(0, 'apply', '--yes')
    t.regex(stderr, /adopt/)
    const service = await kubectl.get('service', 'chat-svc', namespace)
    t.is(service?.metadata.labels?.['old'], undefined)
    const { ports, selector } = { ...service }['spec'] as {
      ports: { targetPort: number }[]
      selector: object
    }
    t.deepEqual(
      ports.map(({ targetPort }) => targetPort),
      [8000],
    )
    t.deepEqual(selector, { 'slipway.dev/endpoint': 'chat' })
  },
)

serial('an object of another tool is not taken over', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await kubectl('create', 'namespace', namespace)
  await kubectl.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'chat-svc',
      namespace,
      annotations: { 'meta.helm.sh/release-name': 'old-chat' },
    },
    spec: { ports: [{ port: 80 }] },
  })
  const { stderr } = await expect(2, 'apply', '--yes')
  t.regex(stderr, /Service\/.*\/chat-svc exists already and belongs to the Helm release "old-chat"/)
  t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
})

serial('an empty render deletes nothing', async t => {
  const { expect, remove, write, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await expect(0, 'apply', '--yes')
  await remove('endpoints/chat.yaml')
  await write('endpoints/.gitkeep', '')
  const { stderr } = await expect(2, 'apply', '--yes')
  t.regex(stderr, /slipway delete --all|no endpoints/i)
  t.truthy(await kubectl.get('deployment', 'chat', namespace))
})

serial('several endpoints at once are not pruned beyond the limit', async t => {
  const { expect, remove, kubectl, namespace } = await deployedProject(
    t,
    { a: '', b: '', c: '' },
    'createNamespace: true, policies: {maxPrune: {count: 3, share: 50%}}',
  )
  await expect(0, 'apply', '--yes')
  await remove('endpoints/a.yaml')
  await remove('endpoints/b.yaml')
  const { stderr } = await expect(2, 'apply', '--yes')
  t.regex(stderr, /4 of 6 live objects of 2 endpoints would be deleted; at most 3/)
  t.truthy(await kubectl.get('deployment', 'a', namespace))
  await expect(0, 'apply', '--yes', '--max-prune', '4')
  t.is(await kubectl.get('deployment', 'a', namespace), undefined)
})

serial(
  'a repository that only has the same names deletes nothing of what another applied',
  async t => {
    const endpoints = { chat: '', search: '' }
    const { expect, git, remove, commit, kubectl, namespace } = await deployedProject(t, endpoints)
    await git('remote', 'add', 'origin', 'git@github.com:org/models.git')
    await expect(0, 'apply', '--yes')
    await git('remote', 'set-url', 'origin', 'https://robot:s3cret@github.com/other/models')
    await remove('endpoints/search.yaml')
    await commit('Only chat')
    const deletions = [
      ['delete', '--all', '--yes'],
      ['delete', 'search', '--yes'],
      ['delete', '--all', '--dry-run'],
    ]
    for (const command of [['diff'], ['apply', '--yes'], ...deletions]) {
      const { stdout, stderr } = await expect(2, ...command)
      t.regex(
        `${stdout}${stderr}`,
        /applied last from github\.com\/org\/models, and this is github\.com\/other\/models: objects of (chat, )?search would be deleted/,
      )
      t.notRegex(`${stdout}${stderr}`, /s3cret/)
    }
    t.truthy(await kubectl.get('deployment', 'search', namespace))
    await expect(0, 'apply', '--yes', '--repository-moved')
    t.is(await kubectl.get('deployment', 'search', namespace), undefined)
    const { stdout } = await expect(0, 'history', '-o', 'json')
    t.regex(stdout, /"repository": "github\.com\/other\/models"/)
    t.notRegex(stdout, /s3cret/)
    await git('remote', 'set-url', 'origin', 'git@github.com:another/models.git')
    await expect(2, 'delete', '--all', '--yes')
    await expect(0, 'delete', '--all', '--yes', '--repository-moved')
  },
)

serial('a plan that was reviewed is the one that is applied', async t => {
  const { expect, edit, kubectl, namespace } = await deployedProject(t, { chat: '' })
  const { stdout } = await expect(0, 'diff')
  const hash = /plan ([0-9a-f]{16})/.exec(stdout)?.[1] ?? ''
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  const { stderr } = await expect(2, 'apply', '--yes', '--plan-hash', hash)
  t.regex(stderr, /not the one that was reviewed/)
  t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
  await edit('endpoints/chat.yaml', 'chat:v2', 'chat:v1')
  await expect(0, 'apply', '--yes', '--plan-hash', hash)
})

serial('R1 · a commit older than the one applied last is refused; a revert is not', async t => {
  const { expect, edit, commit, git } = await deployedProject(t, { chat: '' })
  const older = await git('rev-parse', 'HEAD')
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('chat v2')
  await expect(0, 'apply', '--yes')
  const { stderr } = await expect(2, 'apply', '--yes', '--revision', older)
  t.regex(stderr, /older than/)
  await git('revert', '--no-edit', 'HEAD')
  await expect(0, 'apply', '--yes')
})

serial('D10 · a namespace that is being deleted is refused, with what that waits for', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await kubectl('create', 'namespace', namespace)
  await kubectl('create', 'configmap', 'held', '-n', namespace)
  const hold = (finalizers: string) =>
    kubectl('patch', 'configmap', 'held', '-n', namespace, '--type=merge', '-p', finalizers)
  await hold('{"metadata":{"finalizers":["example.com/hold"]}}')
  await kubectl('delete', 'namespace', namespace, '--wait=false')
  await eventually(async () => {
    const held = await kubectl('get', 'namespace', namespace, '-o', 'json')
    return /example\.com\/hold in 1 resource/.test(held)
  })
  const { stderr } = await expect(2, 'apply', '--yes')
  t.regex(stderr, /is being deleted; nothing can be created in it/)
  t.regex(stderr, /configmaps\. has 1 resource instances.*example\.com\/hold/)
  await hold('{"metadata":{"finalizers":null}}')
})

serial(
  'an object that another environment applied is not taken over, nor is its record',
  async t => {
    const { expect, write, edit, commit, kubectl, namespace } = await deployedProject(t, {
      chat: '',
    })
    await expect(0, 'apply', '--yes')
    await edit('slipway.yaml', /$/, `    stage: {namespace: ${namespace}}\n`)
    await commit('A second environment in the same namespace')
    const { stderr } = await expect(2, 'apply', '--yes', '-e', 'stage')
    t.regex(stderr, /Deployment\/\S+\/chat exists already and belongs to another set/)
    t.is(await kubectl.get('configmap', 'slipway-test-stage', namespace), undefined)
    // Both would be called slipway-test-test-more.
    const project = (name: string, environment: string) =>
      write(
        'slipway.yaml',
        `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: ${name}}
spec:
  environments:
    ${environment}: {namespace: ${namespace}}
`,
      )
    await expect(0, 'delete', 'chat', '--yes', '-e', 'test')
    await project('test', 'test-more')
    await expect(0, 'apply', '--yes')
    await project('test-test', 'more')
    const other = await expect(2, 'apply', '--yes')
    t.regex(
      other.stderr,
      /ConfigMap\/\S+\/slipway-test-test-more, .* is the record of the project "test" in the environment "test-more"/,
    )
  },
)

serial('a ConfigMap that is no record of ours is not written to', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await kubectl('create', 'namespace', namespace)
  await kubectl('create', 'configmap', 'slipway-test-test', '-n', namespace)
  const { stderr } = await expect(2, 'apply', '--yes')
  t.regex(stderr, /slipway-test-test, .* exists already and is no record of a set/)
  t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
})

serial('R4 · a mistake beside an immutable change replaces nothing', async t => {
  const { expect, edit, commit, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await expect(0, 'apply', '--yes')
  const before = await kubectl.get('deployment', 'chat', namespace)
  await edit(
    'endpoints/chat.yaml',
    /$/,
    `  patches:
    - target: {kind: Deployment}
      json:
        - {op: add, path: /spec/selector/matchLabels/track, value: blue}
        - {op: add, path: /spec/template/metadata/labels/track, value: blue}
        - {op: add, path: /spec/template/spec/restartPolicy, value: Sometimes}
`,
  )
  await commit('A typo')
  const { stderr } = await expect(1, 'apply', '--yes')
  t.regex(stderr, /restartPolicy/)
  const after = await kubectl.get('deployment', 'chat', namespace)
  t.is(after?.metadata.resourceVersion, before?.metadata.resourceVersion)
})

serial('one object that is refused stops all, before anything is written', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, {
    chat: '',
    wrong: `  patches:
    - target: {kind: Deployment}
      merge: {spec: {template: {spec: {restartPolicy: Sometimes}}}}
`,
  })
  await kubectl('create', 'namespace', namespace)
  const { stderr } = await expect(1, 'apply', '--yes')
  t.regex(stderr, /endpoints\/wrong\.yaml:\d+/)
  t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
  t.is(await kubectl.get('configmap', 'slipway-test-test', namespace), undefined)
})

serial('D2, D8 · force needs the wait that it comes after', async t => {
  const { expect } = await deployedProject(t, { chat: '' })
  const { stderr } = await expect(2, 'delete', 'chat', '--yes', '--no-wait', '--force-finalizers')
  t.regex(stderr, /--force-finalizers cannot be used with --no-wait/)
})

function replicasOf(object: KubeObject | undefined): number | undefined {
  const spec = object?.['spec'] as { replicas?: number } | undefined
  return spec?.replicas
}
