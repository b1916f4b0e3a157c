import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import anyTest from 'ava'
import type { TestFn } from 'ava'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

const test = anyTest as TestFn<{ sandbox: Sandbox }>
const { serial, kserve } = sandboxTest(test)

const RICH = `  port: 9000
  env: {LOG_LEVEL: info, TOKEN: {secret: hf, key: token, optional: true}}
  replicas: 2
  loadTime: 2m
  networkPolicy: {}
  ingress: {host: chat.example.com}
`

serial('R7 · import of what was applied gives the same file, and nothing to apply', async t => {
  const project = await deployedProject(t, { chat: RICH })
  await project.expect(0, 'apply', '--yes')
  const { stdout: before } = await project.expect(0, 'render')
  await project.remove('endpoints/chat.yaml')
  await project.write('endpoints/other.yaml', OTHER)
  const { stdout } = await project.expect(0, 'import', 'deployment', 'chat')
  t.is(stdout, 'endpoints/chat.yaml\nThe spec renders to exactly what is live.\n')
  await project.remove('endpoints/other.yaml')
  const after = await project.expect(0, 'render')
  t.is(after.stdout, before)
  const diff = await project.expect(0, 'diff', '--exit-code')
  t.is(diff.code, 0)
  const again = await project.expect(2, 'import', 'deployment', 'chat')
  t.regex(again.stderr, /endpoints\/chat\.yaml is there already/)
})

serial('R7 · import of somebody’s Deployment says field by field what would change', async t => {
  const project = await deployedProject(t, { other: '' })
  const { namespace, kubectl } = project
  await kubectl('create', 'namespace', namespace)
  await kubectl.apply(foreign(namespace))
  const { stdout } = await project.expect(0, 'import', 'deployment', 'iris', '-n', namespace)
  t.regex(stdout, /Deployment\/.*\/iris\n/)
  t.regex(stdout, /spec\.minReadySeconds: 7 has no field in the spec/)
  t.regex(stdout, /spec\.selector\.matchLabels\.app: iris has no field in the spec/)
  t.regex(stdout, /Service\/.*\/iris-svc\n {2}is new/)
  const text = await readFile(join(project.directory, 'endpoints/iris.yaml'), 'utf8')
  t.regex(text, /image: registry\.example\.com\/iris:3/)
  t.regex(text, /podSecurity: false/)
  t.regex(text, /memory: 64Mi/)
  const missing = await project.expect(1, 'import', 'deployment', 'nothing', '-n', namespace)
  t.regex(missing.stderr, /there is no Deployment "nothing"/)
})

kserve(
  'R7 · import of a live InferenceService gives the same file, and nothing to apply',
  async t => {
    const project = await deployedProject(t, {
      chat: '  scaling: {min: 1, max: 2, cpu: 70}\n  loadTime: 2m\n',
    })
    await project.edit('endpoints/chat.yaml', 'runtime: deployment', 'runtime: kserve')
    await project.expect(0, 'apply', '--yes')
    const { stdout: before } = await project.expect(0, 'render')
    await project.remove('endpoints/chat.yaml')
    await project.write('endpoints/other.yaml', OTHER)
    const { stdout } = await project.expect(0, 'import', 'inferenceservice', 'chat')
    t.regex(stdout, /^endpoints\/chat\.yaml\n/)
    await project.remove('endpoints/other.yaml')
    const after = await project.expect(0, 'render')
    t.is(after.stdout, before)
    await project.expect(0, 'diff', '--exit-code')
  },
)

const OTHER = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: other}
spec: {image: registry.example.com/other:v1}
`

function foreign(namespace: string): object {
  const labels = { app: 'iris' }
  const container = {
    name: 'server',
    image: 'registry.example.com/iris:3',
    ports: [{ containerPort: 8080 }],
    resources: { requests: { memory: '64Mi' }, limits: { memory: '64Mi' } },
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'iris', namespace },
    spec: {
      replicas: 1,
      minReadySeconds: 7,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  }
}
