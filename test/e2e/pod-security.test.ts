import { deployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { eventually } from '../support/scene.ts'

/** Namespaces that enforce Pod Security "restricted": what is rendered by default runs in them. */

const { serial, kserve } = sandboxTest()

const ENFORCE = 'pod-security.kubernetes.io/enforce=restricted'
const RICH = `  model: {uri: 'pvc://models/llama'}
  resources: {cpu: 100m, memory: 2Gi, gpus: 2}
  sharedMemory: 1Gi
  volumes: [{name: scratch, mountPath: /scratch, emptyDir: {sizeLimit: 1Gi}}]
`

serial('T2, K2 · Deployments run where "restricted" is enforced', async t => {
  const { expect, kubectl, namespace, write } = await deployedProject(t, { plain: '' })
  await kubectl('create', 'namespace', namespace)
  await kubectl('label', 'namespace', namespace, ENFORCE)
  await kubectl.apply({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'models', namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  })
  await expect(0, 'apply', '--yes')
  await write('endpoints/rich.yaml', richFile)
  // Nobody provides the volume here, so its pod is made and then waits; a refused one would not be made at all.
  await expect(1, 'apply', '--yes', '--timeout', '5s')
  await eventually(async () => {
    const pods = await kubectl.list('pods', namespace)
    const owners = new Set(pods.map(({ metadata }) => metadata.labels?.['slipway.dev/endpoint']))
    return owners.has('plain') && owners.has('rich')
  })
  t.pass()
})

kserve('T2, K2 · InferenceServices run where "restricted" is enforced', async t => {
  const { expect, edit, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await edit('endpoints/chat.yaml', 'runtime: deployment', 'runtime: kserve')
  await kubectl('create', 'namespace', namespace)
  await kubectl('label', 'namespace', namespace, ENFORCE)
  const { stdout } = await expect(0, 'apply', '--yes')
  t.regex(stdout, /chat +ready/)
})

serial('what is not restricted is refused there, and the cause is named', async t => {
  const { expect, kubectl, namespace } = await deployedProject(t, {
    chat: '  podSecurity: false\n',
  })
  await kubectl('create', 'namespace', namespace)
  await kubectl('label', 'namespace', namespace, ENFORCE)
  const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '2m')
  t.regex(stderr, /restricted/)
})

const richFile = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: rich}
spec:
  runtime: deployment
  image: registry.example.com/rich:v1
${RICH}`
