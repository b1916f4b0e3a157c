import test from 'ava'
import { policyOf, written } from '../support/cel-policy.ts'
import { OBJECT } from '../support/cel-table.ts'

const named = (name: string, expression: string) => ({ name, expression: written(expression) })
const judge = (...args: Parameters<typeof policyOf>) =>
  (policyOf(...args).value?.judge(1)(OBJECT) ?? []).map(({ message }) => message)

const FALSE = { expression: 'object.spec.replicas > 5' }

test('S4 · the message is the messageExpression’s, else the fixed one, else the expression', t => {
  const messageExpression = "'has ' + string(object.spec.replicas)"
  t.deepEqual(judge([{ ...FALSE, message: 'too few', messageExpression }]), ['has 3'])
  t.deepEqual(judge([{ ...FALSE, message: ' too few ' }]), ['too few'])
  t.deepEqual(judge([FALSE]), ['failed expression: object.spec.replicas > 5'])
  for (const useless of [
    "''",
    "'a\\nb'",
    "object.spec.nothing + 'a'",
    "'a%d'.format([1]) + '  '",
  ]) {
    const says = useless.includes('format') ? 'a1' : 'too few'
    t.deepEqual(judge([{ ...FALSE, message: 'too few', messageExpression: useless }]), [says])
  }
})

test('S4 · all validations are judged, not only the first', t => {
  t.is(judge([FALSE, { expression: 'true' }, FALSE]).length, 2)
})

test('S4 · match conditions: one that is false spares the object, one that fails refuses it', t => {
  const having = (...conditions: string[]) =>
    judge([FALSE], { conditions: conditions.map((text, at) => named(`c${at}`, text)) })
  t.is(having('true').length, 1)
  t.deepEqual(having('true', 'false'), [])
  t.deepEqual(having('object.spec.nothing == 1', 'false'), [])
  t.deepEqual(having('object.spec.nothing == 1'), [
    '"c0" cannot be evaluated: No such key: nothing',
  ])
})

test('S4 · variables know those before them, and are evaluated when they are asked for', t => {
  const variables = [
    named('pod', 'object.spec.template.spec'),
    named('images', 'variables.pod.containers.map(c, c.image)'),
    named('broken', 'object.spec.nothing'),
  ]
  const images = { expression: "variables.images.all(i, i.startsWith('r'))", message: 'no' }
  t.deepEqual(judge([images], { variables }), ['no'])
  t.deepEqual(judge([{ expression: 'variables.broken == 1' }], { variables }), [
    'the expression cannot be evaluated: No such key: nothing',
  ])
  // What they are is known: true or false alone will do.
  const typed = [
    named('isSmall', 'object.spec.replicas < 5'),
    named('name', 'object.metadata.name'),
  ]
  t.deepEqual(judge([{ expression: 'variables.isSmall' }], { variables: typed }), [])
  t.is(policyOf([{ expression: 'variables.name' }], { variables: typed }).faults.length, 1)
  t.is(policyOf([{ expression: 'variables.isSmall > 1' }], { variables: typed }).faults.length, 1)
  const { faults } = policyOf([{ expression: 'variables.later == 1' }], { variables })
  t.like(faults[0], { message: 'there is no variable "later" before this' })
})

test('S4 · failurePolicy decides what an expression that cannot be evaluated means', t => {
  const broken = [{ expression: 'object.spec.nothing == 1' }]
  const of = (failurePolicy: 'Fail' | 'Ignore') =>
    policyOf(broken, { failurePolicy }).value?.judge(1)(OBJECT)[0]
  t.like(of('Fail'), { isError: true, isIgnored: false })
  t.like(of('Ignore'), { isError: true, isIgnored: true })
})

test('S4 · an audit annotation that cannot be evaluated counts, as in the API server', t => {
  const audits = [named('note', "'a' + object.spec.nothing")]
  t.deepEqual(judge([{ expression: 'true' }], { audits }), [
    '"note" cannot be evaluated: No such key: nothing',
  ])
  t.deepEqual(judge([{ expression: 'true' }], { audits: [named('note', "'a'")] }), [])
})

const RULE = {
  apiGroups: ['apps'],
  apiVersions: ['v1'],
  resources: ['deployments'],
  operations: ['CREATE'],
}

for (const [what, matching, isFor] of [
  ['all, when nothing is said', {}, true],
  ['its kind', { kinds: ['Deployment'] }, true],
  ['another kind', { kinds: ['Service'] }, false],
  ['a rule', { rules: [RULE] }, true],
  [
    'a rule of stars',
    {
      rules: [
        { ...RULE, apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations: ['*'] },
      ],
    },
    true,
  ],
  ['a rule for another group', { rules: [{ ...RULE, apiGroups: [''] }] }, false],
  ['a rule for a subresource', { rules: [{ ...RULE, resources: ['deployments/scale'] }] }, false],
  ['a rule for updates', { rules: [{ ...RULE, operations: ['UPDATE'] }] }, false],
  ['a rule for what has no namespace', { rules: [{ ...RULE, scope: 'Cluster' }] }, false],
  ['a rule for other names', { rules: [{ ...RULE, resourceNames: ['other'] }] }, false],
  ['an exclusion', { rules: [RULE], excluded: [{ ...RULE, resourceNames: ['chat'] }] }, false],
  [
    'another version, exactly',
    { rules: [{ ...RULE, apiVersions: ['v1beta1'] }], isExact: true },
    false,
  ],
  ['its labels', { objects: { matchLabels: { team: 'search' } } }, true],
  ['other labels', { objects: { matchLabels: { team: 'ads' } } }, false],
  [
    'labels by expression',
    {
      objects: {
        matchExpressions: [
          { key: 'team', operator: 'In', values: ['search'] },
          { key: 'owner', operator: 'DoesNotExist' },
        ],
      },
    },
    true,
  ],
  [
    'labels that must not be',
    { objects: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['search'] }] } },
    false,
  ],
  [
    'its namespace',
    { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } } },
    true,
  ],
  [
    'another namespace',
    { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'x' } } },
    false,
  ],
] as const) {
  test(`S4 · a policy for ${what}: ${isFor ? 'judged' : 'not judged'}`, t => {
    t.is(judge([FALSE], { matching }).length, isFor ? 1 : 0)
  })
}

test('S4 · a rule for another version is no leave: only the cluster can convert', t => {
  const matching = { rules: [{ ...RULE, apiVersions: ['v1beta1'] }] }
  t.regex(judge([{ expression: 'true' }], { matching })[0] ?? '', /other versions than apps\/v1/)
})

test('S4 · what only the cluster knows is refused by its name, and a variable of a loop may be called so', t => {
  for (const [expression, says] of [
    ["params.team == 'a'", /does not support params/],
    ["namespaceObject.metadata.name == 'a'", /does not support namespaceObject/],
    ["authorizer.group('apps').check('get').allowed()", /does not support authorizer/],
    ["request.userInfo.username == 'a'", /does not support request\.userInfo/],
    ['has(request.userInfo)', /does not support request\.userInfo/],
    ["request['userInfo'].username == 'a'", /does not support request\.userInfo/],
    ['request.options.dryRun == []', /does not support request\.options/],
  ] as const) {
    t.regex(policyOf([{ expression }]).faults[0]?.message ?? '', says)
  }
  t.deepEqual(policyOf([{ expression: "['a'].all(params, params == 'a')" }]).faults, [])
})

test('S4 · an object that is too deep to be judged is refused', t => {
  let deep: object = {}
  for (let depth = 0; depth < 100_000; depth++) deep = { deep }
  const { value } = policyOf([{ expression: 'object.spec.replicas > 0' }])
  const [verdict] = value?.judge(1)({ ...OBJECT, spec: { deep } }) ?? []
  t.like(verdict, { isError: true })
  t.regex(verdict?.message ?? '', /too deeply nested/)
})
