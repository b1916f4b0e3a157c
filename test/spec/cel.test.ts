import test from 'ava'
import { renderSet } from '../../src/render/index.ts'
import { endpointFile, load, problemText, projectFile } from './support.ts'

/** `policies.cel`: rules in slipway.yaml and files of ValidatingAdmissionPolicies. */

const CHAT = endpointFile('image: registry.example.com/chat:1.0.0\nreplicas: 3')
const QUIET = 'missingRequests: off'

async function found(cel: string, files: Record<string, string> = {}) {
  const { value, problems } = await load({
    'slipway.yaml': projectFile({ environment: `policies:\n  ${QUIET}\n  cel:\n${cel}` }),
    'endpoints/chat.yaml': CHAT,
    ...files,
  })
  const rendered = value === undefined ? [] : renderSet(value).problems
  return [...problems, ...rendered]
}

const RULE = `    - name: few-replicas
      expression: object.spec.replicas <= 2
      message: two will do
      match: {kinds: [Deployment]}`

test('S4 · policies.cel: a rule of one’s own finds, can warn, and passes', async t => {
  const [problem, ...more] = await found(RULE)
  t.deepEqual(more, [])
  t.like(problem, {
    code: 'policy',
    severity: 'error',
    rule: 'policy-cel',
    message: 'Deployment/llm-ops/chat does not pass the policy "few-replicas": two will do',
    cause: 'The expression at slipway.yaml:12:25 is false.',
    endpoint: 'chat',
  })
  t.is(problem?.place?.file, 'endpoints/chat.yaml')
  t.like((await found(`${RULE}\n      level: warn`))[0], { severity: 'warning' })
  t.deepEqual(await found(RULE.replace('<= 2', '<= 3')), [])
})

test('S4 · policies.cel: what cannot be evaluated is refused, and says so', async t => {
  const [problem] = await found(RULE.replace('object.spec.replicas', 'object.spec.nothing'))
  t.like(problem, {
    severity: 'error',
    message:
      'Deployment/llm-ops/chat does not pass the policy "few-replicas": the expression cannot be evaluated: No such key: nothing',
  })
})

test('S4 · policies.cel: a message shows no secret of the object', async t => {
  const secret = `hf_${'a1B2'.repeat(8)}`
  const [problem] = await found(
    `    - name: no-token
      expression: "!has(object.spec.template)"
      messageExpression: "'token ' + object.spec.template.spec.containers[0].args[0]"
      match: {kinds: [Deployment]}`,
    {
      'endpoints/chat.yaml': endpointFile(
        `image: registry.example.com/chat:1.0.0\nargs: [${secret}]`,
      ),
    },
  )
  // The first is about the secret in the file itself.
  const shown = JSON.stringify((await found(RULE)).concat(problem === undefined ? [] : [problem]))
  t.false(shown.includes(secret))
})

for (const [what, cel, expected] of [
  [
    'a function that is not known',
    '    - {name: a, expression: "object.metadata.name.startWith(\'a\')"}',
    'slipway.yaml:11:57 error bad-value: the policy "a" has a wrong expression: slipway does not support the function startWith(); did you mean startsWith()?',
  ],
  [
    'a syntax error in a block',
    '    - name: a\n      expression: |\n        object.spec.replicas > 1 &&\n          object.spec.replicas ==',
    'slipway.yaml:14:40 error bad-value: the policy "a" has a wrong expression: Unexpected token: EOF',
  ],
  [
    'no truth value',
    '    - {name: a, expression: object.spec.replicas}',
    'slipway.yaml:11:35 error bad-value: the policy "a" has a wrong expression: it must evaluate to bool, not dyn',
  ],
  [
    'a kind that is never rendered',
    '    - {name: a, expression: "true", match: {kinds: [Deploymnt]}}',
    'slipway.yaml:11:59 error bad-value: spec.environments.production.policies.cel[0].match.kinds[0]: no endpoint becomes a Deploymnt',
  ],
  [
    'a rule without an expression',
    '    - {name: a}',
    'slipway.yaml:11:13 error missing-field: spec.environments.production.policies.cel[0].expression is missing',
  ],
  [
    'a misspelt field',
    '    - {name: a, expresion: "true"}',
    'slipway.yaml:11:23 error unknown-field: unknown field "expresion" in spec.environments.production.policies.cel[0]',
  ],
  [
    'a rule and a file at once',
    '    - {name: a, file: policies/a.yaml}',
    'slipway.yaml:11:14 error contradiction: name and file exclude each other',
  ],
  [
    'a file that is not there',
    '    - {file: policies/a.yaml}',
    'slipway.yaml:11:14 error bad-value: the file policies/a.yaml does not exist',
  ],
] as const) {
  test(`S4 · policies.cel: ${what} is an error at its place`, async t => {
    t.deepEqual((await found(cel)).map(problemText), [expected])
  })
}

const MANIFEST = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: images}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [deployments]
  variables:
    - name: containers
      expression: object.spec.template.spec.containers
  validations:
    - expression: >-
        variables.containers.all(c,
        c.image.startsWith('quay.io/'))
      messageExpression: "'images of ' + object.metadata.name + ' must be from quay.io'"
      reason: Forbidden
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: images}
spec: {policyName: images, validationActions: [Deny]}
`
const FILE = '    - {file: policies/images.yaml}'
const withManifest = (text: string) => found(FILE, { 'policies/images.yaml': text })

test('S4 · policies.cel: a ValidatingAdmissionPolicy serves as it is', async t => {
  const [problem, ...more] = await withManifest(MANIFEST)
  t.deepEqual(more, [])
  t.like(problem, {
    severity: 'error',
    rule: 'policy-cel',
    message:
      'Deployment/llm-ops/chat does not pass the policy "images": images of chat must be from quay.io',
    cause: 'The expression at policies/images.yaml:17:9 is false.',
  })
  t.deepEqual(await withManifest(MANIFEST.replace('quay.io/', 'registry.example.com/')), [])
})

test('S4 · policies.cel: failurePolicy Ignore makes a warning of what cannot be evaluated', async t => {
  const broken = MANIFEST.replace('object.spec.template.spec.containers', 'object.spec.none')
  t.like((await withManifest(broken))[0], { severity: 'error' })
  const [problem] = await withManifest(broken.replace('Fail', 'Ignore'))
  t.like(problem, { severity: 'warning' })
  t.regex(problem?.cause ?? '', /failurePolicy is Ignore/)
})

for (const [what, change, expected] of [
  [
    'parameters',
    ['spec:\n', 'spec:\n  paramKind: {apiVersion: v1, kind: ConfigMap}\n'],
    'policies/images.yaml:5:3 error bad-value: the policy "images" takes parameters, which slipway does not support: they are objects in the cluster',
  ],
  [
    'labels of namespaces',
    ['    resourceRules', '    namespaceSelector: {matchLabels: {team: a}}\n    resourceRules'],
    'policies/images.yaml:7:5 error bad-value: the policy "images" asks for the label team of namespaces, which only the cluster knows; slipway supports kubernetes.io/metadata.name',
  ],
  [
    'a function',
    ["startsWith('quay.io/')", "startWith('quay.io/')"],
    'policies/images.yaml:17:9 error bad-value: the policy "images" has a wrong expression: slipway does not support the function startWith(); did you mean startsWith()?',
  ],
  [
    'a field that there is not',
    ['failurePolicy', 'failurPolicy'],
    'policies/images.yaml:5:3 error unknown-field: unknown field "failurPolicy" in spec',
  ],
  [
    'another kind',
    ['kind: ValidatingAdmissionPolicyBinding', 'kind: ConfigMap'],
    'policies/images.yaml:23:7 error document-kind: kind must be ValidatingAdmissionPolicy here, not "ConfigMap"',
  ],
] as const) {
  test(`S4 · policies.cel: of a manifest, ${what} is an error at its place`, async t => {
    const [from, to] = change
    t.deepEqual((await withManifest(MANIFEST.replace(from, to))).map(problemText), [expected])
  })
}

for (const [what, change, expected] of [
  [
    'for updates alone',
    ['[CREATE, UPDATE]', '[UPDATE]'],
    /finds nothing here: it is not for CREATE/,
  ],
  [
    'for pods',
    ['[deployments]', '[pods]'],
    /finds nothing here: it is for pods, which no endpoint becomes/,
  ],
] as const) {
  test(`S4 · policies.cel: a manifest ${what} looks at nothing, and slipway warns`, async t => {
    const [from, to] = change
    const problems = await withManifest(MANIFEST.replace(from, to))
    t.is(problems.length, 1)
    t.like(problems[0], { severity: 'warning' })
    t.regex(problems[0]?.message ?? '', expected)
  })
}

test('S4 · policies.cel: a file without a policy is an error', async t => {
  const text = 'apiVersion: v1\nkind: ConfigMap\n'
  t.deepEqual((await withManifest(text)).map(problemText), [
    'policies/images.yaml:1:1 error document-kind: the file holds no ValidatingAdmissionPolicy',
  ])
})
