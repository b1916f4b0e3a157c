import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { ExecutionContext } from 'ava'
import { feed } from '../support/feed.ts'
import { OBJECT, SINCE_1_35, TABLE } from '../support/cel-table.ts'
import { deployedProject } from '../support/deployed-project.ts'
import type { Kubectl } from '../support/kubectl.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { sandboxTest, type SandboxContext } from '../support/sandbox.ts'
import { aScene, eventually } from '../support/scene.ts'

/** The API server judges what test/cel judges: the same expressions, over the same object. */

const { serial } = sandboxTest()

/** Warnings of one answer are cut off at 4 KiB together. */
const AT_A_TIME = 12

serial('S4 · the API server refuses the expressions that slipway refuses', async t => {
  const { dryRun } = server(t)
  const refused = TABLE.filter(([, outcome]) => outcome === 'refused')
  t.true(refused.length > 10)
  for (const [expression] of refused) {
    // oxlint-disable-next-line no-await-in-loop
    const { code } = await dryRun(policy('refused', [{ expression }]))
    t.not(code, 0, expression)
  }
})

serial('S4 · the API server’s verdict on every expression is slipway’s', async t => {
  t.timeout(170_000)
  const { kubectl, namespace } = await aScene(t)
  const { create, dryRun } = server(t)
  const judged = TABLE.filter(([text, outcome]) => outcome !== 'refused' && isKnown(text))
  const groups = Array.from({ length: Math.ceil(judged.length / AT_A_TIME) }, (_, index) => ({
    name: `${namespace}-${index}`,
    index,
    rows: judged.slice(index * AT_A_TIME, (index + 1) * AT_A_TIME),
  }))
  const objects = groups.flatMap(({ name, index, rows }) => {
    const labels = { group: String(index) }
    const validations = rows.map(([expression], at) => ({ expression, message: `#${at}!` }))
    const active = { expression: 'false', message: 'active' }
    return [policy(name, [...validations, active], { namespace, labels }), binding(name, 'Warn')]
  })
  t.teardown(() =>
    deletePolicies(
      kubectl,
      groups.map(({ name }) => name),
    ),
  )
  const { code, stderr } = await create({ apiVersion: 'v1', kind: 'List', items: objects })
  t.is(code, 0, stderr)
  for (const { index, rows } of groups) {
    const labels = { ...OBJECT.metadata.labels, group: String(index) }
    const object = { ...OBJECT, metadata: { ...OBJECT.metadata, labels, namespace } }
    let said = ''
    // oxlint-disable-next-line no-await-in-loop
    await eventually(async () => {
      said = (await dryRun(object)).stderr
      return said.includes(': active')
    })
    for (const [at, [expression, outcome]] of rows.entries()) {
      t.is(serverOutcome(said, { at, expression }), outcome, `${expression}\n${said}`)
    }
  }
})

function isKnown(expression: string): boolean {
  return !testedVersions.kubernetes.startsWith('1.34') || !SINCE_1_35.test(expression)
}

const POLICY = policy(
  'images',
  [
    {
      expression: "variables.containers.all(c, c.image.startsWith(variables.registry + '/'))",
      messageExpression:
        "'images of ' + object.metadata.name + ' must be from ' + variables.registry",
    },
    { expression: 'object.spec.replicas <= 2', message: 'two will do' },
  ],
  {
    matchConditions: [{ name: 'not-exempt', expression: "object.metadata.name != 'exempt'" }],
    variables: [
      { name: 'containers', expression: 'object.spec.template.spec.containers' },
      { name: 'registry', expression: "'registry.example.com'" },
    ],
  },
)

serial(
  'S4 · a ValidatingAdmissionPolicy decides before a merge as it does in the cluster',
  async t => {
    const environment = `createNamespace: true, policies: {missingRequests: off, mutableTag: off, cel: [{file: policy.yaml}]}`
    const project = await deployedProject(t, { good: '' }, environment)
    const { kubectl, namespace, expect, write, slipway } = project
    const { dryRun } = server(t)
    await kubectl('create', 'namespace', namespace)
    const own = { ...POLICY, metadata: { name: namespace } }
    own.spec.matchConstraints.namespaceSelector = inNamespace(namespace)
    t.teardown(() => deletePolicies(kubectl, [namespace]))
    await kubectl.apply(own)
    await kubectl.apply(binding(namespace, 'Deny'))
    await write('policy.yaml', JSON.stringify(own))
    for (const [name, spec, says] of [
      ['other', 'image: quay.io/x:1.0.0', 'images of other must be from registry.example.com'],
      ['many', 'image: registry.example.com/x:1.0.0, replicas: 3', 'two will do'],
      ['exempt', 'image: quay.io/x:1.0.0, replicas: 3', undefined],
      ['good', 'image: registry.example.com/x:1.0.0, replicas: 2', undefined],
    ] as const) {
      // oxlint-disable no-await-in-loop
      const head = `apiVersion: slipway.dev/v1alpha1\nkind: Endpoint\nmetadata: {name: ${name}}\n`
      await write('endpoints/good.yaml', `${head}spec: {runtime: deployment, ${spec}}\n`)
      const ours = await slipway('validate', '-o', 'json')
      t.is(ours.code, says === undefined ? 0 : 1, ours.stdout)
      t.is(ours.stdout.includes(says ?? 'does not pass'), says !== undefined)
      await write(
        'policy.yaml',
        JSON.stringify({
          ...own,
          spec: { ...own.spec, matchConditions: [{ name: 'off', expression: 'false' }] },
        }),
      )
      const { stdout } = await expect(0, 'render', '-o', 'json')
      await write('policy.yaml', JSON.stringify(own))
      const objects = JSON.parse(stdout) as { items: { kind: string }[] }
      const deployment = objects.items.find(({ kind }) => kind === 'Deployment')
      // The policy is not there at once.
      await eventually(async () => {
        const { code, stderr } = await dryRun(deployment)
        return says === undefined ? code === 0 : code !== 0 && stderr.includes(says)
      })
      // oxlint-enable no-await-in-loop
    }
  },
)

function server(t: ExecutionContext<SandboxContext>) {
  const { kubectl, kubeconfig, context } = t.context.sandbox
  return {
    create: (object: unknown) => run(object, []),
    dryRun: (object: unknown) => run(object, ['--dry-run=server']),
  }
  async function run(object: unknown, flags: string[]) {
    const args = ['--kubeconfig', kubeconfig, '--context', context, 'create', ...flags, '-f', '-']
    const child = execFile(kubectl, args)
    let stderr = ''
    child.stderr?.on('data', (text: string) => (stderr += text))
    feed(child, JSON.stringify(object))
    const [code] = (await once(child, 'close')) as [number]
    return { code, stderr }
  }
}

/** What the warnings of an answer say of one validation. */
function serverOutcome(said: string, { at, expression }: { at: number; expression: string }) {
  if (said.includes(`: #${at}!`)) return 'false'
  return said.includes(`expression '${expression.slice(0, 60)}`) ? 'error' : 'true'
}

interface Scope {
  namespace?: string
  labels?: Record<string, string>
  matchConditions?: object[]
  variables?: object[]
}

function policy(
  name: string,
  validations: object[],
  { namespace, labels = {}, matchConditions = [], variables = [] }: Scope = {},
) {
  const rule = { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] }
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [{ ...rule, operations: ['CREATE'] }],
        objectSelector: { matchLabels: labels },
        namespaceSelector: namespace === undefined ? {} : inNamespace(namespace),
      },
      matchConditions,
      variables,
      validations,
    },
  }
}

function inNamespace(namespace: string) {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } }
}

function binding(name: string, action: 'Warn' | 'Deny') {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: [action] },
  }
}

async function deletePolicies(kubectl: Kubectl, names: readonly string[]): Promise<void> {
  for (const kind of ['validatingadmissionpolicybinding', 'validatingadmissionpolicy'])
    // oxlint-disable-next-line no-await-in-loop
    await kubectl('delete', kind, ...names, '--ignore-not-found')
}
