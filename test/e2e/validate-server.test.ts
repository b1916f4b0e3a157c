import { list } from '../support/sandbox-trouble.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { aLimitRange } from '../support/scene.ts'

const { serial } = sandboxTest()

const BAD = `  scheduling:
    spread: zone
    tolerations: [{key: gpu, operator: Sometimes}]
`

serial(
  'R8 · validate --server: a rejection of the API server stands at the spec’s line',
  async t => {
    const endpoints = { chat: BAD, rank: '', extra: PATCHED }
    const project = await deployedProject(t, endpoints, LENIENT)
    const fine = await project.expect(0, 'validate')
    t.notRegex(fine.stderr, /error:/)
    const { stderr, stdout } = await project.expect(1, 'validate', '--server')
    t.is(stdout, '')
    t.regex(stderr, /^endpoints\/chat\.yaml:10:5: error: .*tolerations/m)
    t.regex(stderr, /^endpoints\/extra\.yaml:9:7: error: [^]*unknown field "spec\.revisions"/m)
    t.notRegex(stderr, /rank/)
    t.is(await project.kubectl('get', 'namespace', project.namespace, '--ignore-not-found'), '')
  },
)

/** What is found offline, too, is then left to the API server. */
const LENIENT =
  'createNamespace: true, policies: {rules: {schema: {level: warn, reason: to be tried}}}'

const PATCHED = `  patches:
    - {target: {kind: Deployment}, merge: {spec: {revisions: 3}}}
`

serial('R8 · validate --server=sandbox needs no kubeconfig, and leaves nothing behind', async t => {
  const project = await deployedProject(t, { chat: BAD })
  // Those of other test files come and go meanwhile.
  const throwAways = () => list().filter(name => !name.startsWith('test-'))
  const before = throwAways()
  const { stderr } = await project.expect(1, 'validate', '--server=sandbox', '-o', 'text')
  t.regex(stderr, /^endpoints\/chat\.yaml:10:5: error: .*tolerations/m)
  t.deepEqual(throwAways(), before)
})

serial('R8 · validate --server: what a LimitRange will refuse stands at the resources', async t => {
  const project = await deployedProject(t, {})
  await project.write('endpoints/wide.yaml', withMemory('wide', '4Gi'))
  await project.write('endpoints/fits.yaml', withMemory('fits', '1Gi'))
  const { kubectl, namespace } = project
  await kubectl('create', 'namespace', namespace)
  await kubectl.apply(aLimitRange(namespace, { max: { memory: '2Gi' } }))
  const { stderr } = await project.expect(1, 'validate', '--server')
  t.regex(
    stderr,
    /^endpoints\/wide\.yaml:6:3: error: no pod of \S+ would be created: .*4Gi is above the maximum 2Gi/m,
  )
  t.regex(stderr, /resources\.memory within the LimitRange/)
  t.notRegex(stderr, /fits/)
})

function withMemory(name: string, memory: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: ${name}}
spec:
  image: registry.example.com/${name}:v1
  resources: {cpu: 1, memory: ${memory}}
`
}
