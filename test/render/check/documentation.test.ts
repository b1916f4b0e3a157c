import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { parse } from 'yaml'
import type { Endpoint, SpecInput } from '../../../src/spec/index.ts'
import { RULES } from '../../../src/render/check/rules.ts'
import { renderSet } from '../../../src/render/index.ts'
import { POLICY_RULES } from '../../../src/render/policy/rules.ts'
import { policiesOf } from '../../../src/spec/policies.ts'
import { policies as schema } from '../../../src/spec/schema/policies.ts'
import { policyOf } from '../../support/cel-policy.ts'
import { catalogueFile, endpointFile, load, projectFile, type Files } from '../../spec/support.ts'
import { aClaim, withObjects } from './outcomes.ts'
import type { KubeObject } from '../../../src/object/index.ts'
import { anEndpoint, anEnvironment, aSet, type EndpointOptions } from '../../support/endpoint.ts'

const FOLDER = join(import.meta.dirname, '../../../docs/rules')

/** What the environment of a policy's example says. */
const POLICIES: Record<string, unknown> = {
  'policy-namespaces': { namespaces: ['{namespace}'] },
  'policy-hosts': { hosts: ['*.models.example.com'] },
  'policy-service-accounts': { serviceAccounts: ['{name}-sa'] },
  'policy-registries': { registries: ['registry.example.com'] },
  'policy-pod-security': { podSecurity: 'baseline' },
  'policy-snippets': { snippets: 'error' },
  'policy-external-ips': { externalIPs: 'error' },
  'policy-finalizers': { finalizers: 'error' },
}
const ALL = [...RULES, ...POLICY_RULES, { id: 'policy-cel' }]
/** Found in specs, before anything is rendered. */
const OF_SPECS: Record<string, Files> = {
  'policy-plain-secrets': {},
  'policy-missing-probes': policy('missingProbes'),
  'policy-short-grace': policy('shortGrace'),
  'policy-gpu-placement': policy('gpuPlacement'),
  'policy-missing-requests': policy('missingRequests'),
  'policy-mutable-tag': policy('mutableTag'),
  'policy-unapproved-model': {
    'models.yaml': catalogueFile(
      'ModelCatalogue',
      'chat: {uri: "s3://models/chat", status: approved}\nchat-next: {uri: "s3://models/next", status: pending}',
    ),
  },
}

/** What the page of policy-cel says that its environment has. */
const CEL = policyOf([{ expression: 'object.spec.replicas <= 2' }], {
  name: 'few-replicas',
  matching: { kinds: ['Deployment'] },
}).value

/** What an example leaves to its reader. */
const CONTEXT: Record<string, SpecInput> = {
  'gpu-rollout': { replicas: 3 },
  'hpa-target': { scaling: { min: 1, max: 2, cpu: 70 }, resources: { cpu: 1 } },
  'hpa-bounds': { resources: { cpu: 1 } },
  'hpa-behavior': { resources: { cpu: 1 } },
  'hpa-replicas': { resources: { cpu: 1 } },
  'kserve-container-first': { runtime: 'kserve' },
  'kserve-env': { runtime: 'kserve' },
  'kserve-mode': { runtime: 'kserve' },
  'kserve-names': { runtime: 'kserve' },
  'kserve-resources': { runtime: 'kserve' },
  'kserve-scaling': { resources: { cpu: 1 } },
  'kserve-webhook': { runtime: 'kserve' },
  'port-ingress': { ingress: { host: 'chat.example.com' } },
  'selector-pdb': { replicas: 2 },
}
/** Rules of some versions alone. */
const OF_VERSIONS: Record<string, Partial<EndpointOptions>> = {
  'image-volume': { kubernetesVersion: '1.32' },
  'kserve-env': { kserveVersion: '0.20.0' },
  'node-pools': { nodePools: [{ name: 'a100', resources: { 'nvidia.com/gpu': 8 } }] },
}

/** What an example has beside its spec: objects of one's own. */
const OBJECTS: Record<string, KubeObject[]> = { 'volume-rollout': [aClaim('ReadWriteOncePod')] }

/** Rules about two endpoints: the example is in both. */
const PAIRS = new Set(['name-clash', 'host-clash', 'selector-service'])

test('every rule has a page, and every page a rule', t => {
  const pages = readdirSync(FOLDER).map(file => file.replace(/\.md$/, ''))
  t.deepEqual(pages.toSorted(), [...ALL.map(({ id }) => id), ...Object.keys(OF_SPECS)].toSorted())
})

for (const { id } of ALL) {
  test(`docs/rules/${id}.md says what, why and what to do, and its examples are true`, t => {
    const page = readFileSync(join(FOLDER, `${id}.md`), 'utf8')
    t.true(page.startsWith(`# ${id}\n`))
    for (const part of ['What must hold.', 'Why.', 'Remedy.', 'Example.']) {
      t.true(page.includes(`**${part}**`), part)
    }
    const { wrong, right } = examplesOf(page)
    t.not(foundBy(id, endpointsOf(id, wrong)).length, 0)
    if (right !== undefined) t.deepEqual(foundBy(id, endpointsOf(id, right, wrong)), [])
  })
}

for (const [id, files] of Object.entries(OF_SPECS)) {
  test(`docs/rules/${id}.md says what, why and what to do, and its examples are true`, async t => {
    const page = readFileSync(join(FOLDER, `${id}.md`), 'utf8')
    t.true(page.startsWith(`# ${id}\n`))
    for (const part of ['What must hold.', 'Why.', 'Remedy.', 'Example.']) {
      t.true(page.includes(`**${part}**`), part)
    }
    const { wrong, right = '' } = examplesOf(page)
    const foundIn = async (example: string) => {
      const { problems } = await load({ ...files, 'endpoints/chat.yaml': endpointFile(example) })
      return problems.filter(({ rule }) => rule === id)
    }
    t.is((await foundIn(wrong)).length, 1)
    t.deepEqual(await foundIn(right), [])
  })
}

function policy(name: string): Files {
  return { 'slipway.yaml': projectFile({ environment: `policies: {${name}: error}` }) }
}

function foundBy(id: string, endpoints: Endpoint[]) {
  const { place } = anEnvironment()
  const cel =
    id === 'policy-cel' && CEL !== undefined ? [{ policy: CEL, level: 'error' as const }] : []
  const policies = { ...policiesOf(schema.parse(POLICIES[id] ?? {}), () => place), cel }
  return renderSet(aSet(endpoints, { policies })).problems.filter(({ rule }) => rule === id)
}

function examplesOf(page: string) {
  const [, code = ''] = /```yaml\n([^]*?)```/.exec(page) ?? []
  const [, wrong = '', right] =
    /^# (?:wrong|a warning).*\n([^]*?)(?:# right.*\n([^]*))?$/.exec(code) ?? []
  return { wrong, right }
}

function endpointsOf(id: string, example: string, other = example) {
  const pair = PAIRS.has(id) ? [anExample(id, other, 'other')] : []
  return [anExample(id, example, 'chat'), ...pair]
}

function anExample(id: string, example: string, name: string) {
  const { metadata = {}, ...spec } = parse(example) as SpecInput & { metadata?: object }
  if ('kind' in spec) return withObjects(anEndpoint({}), [parse(example) as KubeObject])
  const older = OF_VERSIONS[id] ?? {}
  const endpoint = anEndpoint({ ...CONTEXT[id], ...spec }, { name, ...older, ...metadata })
  return withObjects(endpoint, OBJECTS[id] ?? [])
}
