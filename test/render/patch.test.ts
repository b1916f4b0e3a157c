import test from 'ava'
import { renderSet } from '../../src/render/index.ts'
import type { SpecInput } from '../../src/spec/index.ts'
import { objectOf } from '../charts/objects.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

type Patch = NonNullable<SpecInput['patches']>[number]
type Operations = Extract<Patch, { json: unknown }>['json']

const deployment = { kind: 'Deployment' }
const merged = (merge: Record<string, unknown>, spec: SpecInput = {}) =>
  objectOf('Deployment', { ...spec, patches: [{ target: deployment, merge }] })
const inPod = (pod: Record<string, unknown>) => ({ spec: { template: { spec: pod } } })
const operated = (json: Operations) =>
  objectOf('Deployment', { patches: [{ target: deployment, json }] })

function problemsOf(patches: Patch[], spec: SpecInput = {}) {
  const { problems } = renderSet(aSet([anEndpoint({ ...spec, patches })]))
  return problems.filter(problem => problem.code === 'patch')
}

test('merge: members are set, changed and removed', t => {
  const { spec } = merged({
    spec: { revisionHistoryLimit: 3, replicas: 5, progressDeadlineSeconds: null },
  })
  t.is(spec.revisionHistoryLimit, 3)
  t.is(spec.replicas, 5)
  t.false('progressDeadlineSeconds' in spec)
  t.is(spec.selector.matchLabels['slipway.dev/endpoint'], 'chat')
})

test('merge: containers, variables, ports, volumes and mounts are merged by name', t => {
  const { template } = merged(
    inPod({
      containers: [
        {
          name: 'server',
          env: [
            { name: 'HOME', value: '/data' },
            { name: 'EXTRA', value: 'x' },
          ],
          ports: [{ name: 'http', protocol: 'TCP' }, { containerPort: 9100 }],
          volumeMounts: [{ mountPath: '/tmp', readOnly: true }],
        },
        { name: 'proxy', image: 'example.com/proxy:1' },
      ],
      volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }],
    }),
  ).spec
  const [server, proxy] = template.spec.containers
  t.deepEqual(server.env, [
    { name: 'PORT', value: '8000' },
    { name: 'HOME', value: '/data' },
    { name: 'EXTRA', value: 'x' },
  ])
  t.deepEqual(server.ports, [
    { name: 'http', containerPort: 8000, protocol: 'TCP' },
    { containerPort: 9100 },
  ])
  t.deepEqual(server.volumeMounts, [{ name: 'tmp', mountPath: '/tmp', readOnly: true }])
  t.deepEqual(template.spec.volumes, [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }])
  t.is(proxy.image, 'example.com/proxy:1')
  t.is(server.image, 'registry.example.com/server:1.0.0')
})

test('merge: an entry is removed by its name', t => {
  const { template } = merged(
    inPod({ containers: [{ name: 'server', env: [{ name: 'HOME', $patch: 'delete' }] }] }),
  ).spec
  t.deepEqual(template.spec.containers[0].env, [{ name: 'PORT', value: '8000' }])
})

test('merge: lists without names are replaced', t => {
  const args = { args: ['--seed', '1'] }
  const { template } = merged(
    inPod({ containers: [{ name: 'server', args: ['--quick'] }], tolerations: [{ key: 'a' }] }),
    { ...args, scheduling: { tolerations: [{ key: 'b' }, { key: 'c' }] } },
  ).spec
  t.deepEqual(template.spec.containers[0].args, ['--quick'])
  t.deepEqual(template.spec.tolerations, [{ key: 'a' }])
})

test('a GPU limit and a sleep given by a patch stay what they are', t => {
  const { template } = merged(
    inPod({
      containers: [
        {
          name: 'server',
          resources: { limits: { 'nvidia.com/gpu': 1 }, requests: { 'nvidia.com/gpu': 1 } },
          lifecycle: { preStop: { sleep: { seconds: 3 } } },
        },
      ],
      unknownField: { kept: true },
    }),
  ).spec
  t.deepEqual(template.spec.containers[0].resources.limits, { 'nvidia.com/gpu': 1 })
  t.deepEqual(template.spec.containers[0].lifecycle, { preStop: { sleep: { seconds: 3 } } })
  t.deepEqual(template.spec.unknownField, { kept: true })
})

test('json: every operation of RFC 6902', t => {
  const container = '/spec/template/spec/containers/0'
  const { metadata, spec } = operated([
    { op: 'test', path: '/spec/replicas', value: 1 },
    { op: 'replace', path: '/spec/replicas', value: 2 },
    { op: 'add', path: '/metadata/annotations', value: {} },
    { op: 'add', path: '/metadata/annotations/example.com~1a~0b', value: 'x' },
    { op: 'copy', from: `${container}/image`, path: '/metadata/annotations/image' },
    { op: 'add', path: `${container}/env/0`, value: { name: 'FIRST', value: '1' } },
    { op: 'add', path: `${container}/env/-`, value: { name: 'LAST', value: '9' } },
    { op: 'remove', path: `${container}/env/1` },
    { op: 'move', from: '/spec/progressDeadlineSeconds', path: '/spec/minReadySeconds' },
  ])
  t.is(spec.replicas, 2)
  t.deepEqual(metadata.annotations, {
    'example.com/a~b': 'x',
    image: 'registry.example.com/server:1.0.0',
  })
  const names = spec.template.spec.containers[0].env.map(({ name }: { name: string }) => name)
  t.deepEqual(names, ['FIRST', 'HOME', 'LAST'])
  t.is(spec.minReadySeconds, 930)
  t.false('progressDeadlineSeconds' in spec)
})

test('json: a key of JavaScript’s own is a plain member', t => {
  const value = JSON.parse('{"__proto__": {"polluted": true}}')
  const object = operated([{ op: 'add', path: '/spec/__proto__', value: 'x' }])
  t.is(Object.getOwnPropertyDescriptor(object.spec, '__proto__')?.value, 'x')
  merged({ spec: value })
  t.false('polluted' in {})
})

test('patches are applied in their order, by kind and name', t => {
  const patches: Patch[] = [
    {
      target: { kind: 'Service', name: 'chat-svc' },
      merge: { spec: { sessionAffinity: 'ClientIP' } },
    },
    {
      target: { kind: 'Service' },
      json: [{ op: 'replace', path: '/spec/sessionAffinity', value: 'None' }],
    },
  ]
  t.is(objectOf('Service', { patches }).spec.sessionAffinity, 'None')
})

const misfit = test.macro<[patch: Patch, cause: RegExp, field: string]>(
  (t, patch, cause, field) => {
    const [problem, ...others] = problemsOf([patch])
    t.deepEqual(others, [])
    t.is(problem?.severity, 'error')
    t.regex(problem?.cause ?? problem?.message ?? '', cause)
    t.is(problem?.place?.file.replace(/^.*#/, ''), field)
  },
)

const json = (...operations: Operations): Patch => ({ target: deployment, json: operations })
const merge = (value: Record<string, unknown>): Patch => ({ target: deployment, merge: value })

test(
  'R8 · a kind that is not rendered',
  misfit,
  { target: { kind: 'StatefulSet' }, merge: {} },
  /matches no object: there is no StatefulSet/,
  'spec.patches[0].target',
)
test(
  'R8 · a name that is not there',
  misfit,
  { target: { kind: 'Service', name: 'chat' }, merge: {} },
  /there is no Service chat\b/,
  'spec.patches[0].target',
)
test(
  'R8 · json: a member that is not there',
  misfit,
  json(
    { op: 'test', path: '/spec/replicas', value: 1 },
    { op: 'replace', path: '/spec/replica', value: 2 },
  ),
  /\/spec\/replica does not exist: there is no "replica" beside .*replicas/,
  'spec.patches[0].json[1]',
)
test(
  'R8 · json: a parent that is not there',
  misfit,
  json({ op: 'add', path: '/spec/tempalte/spec', value: {} }),
  /there is no "tempalte"/,
  'spec.patches[0].json[0]',
)
test(
  'R8 · json: an entry that is not there',
  misfit,
  json({ op: 'remove', path: '/spec/template/spec/containers/1' }),
  /the list has 1 entries, "1" is none/,
  'spec.patches[0].json[0]',
)
test(
  'R8 · json: beyond the end of a list',
  misfit,
  json({ op: 'add', path: '/spec/template/spec/containers/2', value: {} }),
  /the list has 1 entries/,
  'spec.patches[0].json[0]',
)
test(
  'R8 · json: below a number',
  misfit,
  json({ op: 'add', path: '/spec/replicas/x', value: 1 }),
  /\/spec\/replicas has no members/,
  'spec.patches[0].json[0]',
)
test(
  'R8 · json: a test that fails',
  misfit,
  json({ op: 'test', path: '/spec/replicas', value: 3 }),
  /The test fails: \/spec\/replicas is 1, not 3/,
  'spec.patches[0].json[0]',
)
test(
  'R8 · json: the whole object',
  misfit,
  json({ op: 'replace', path: '', value: {} }),
  /"" is not a path into the object/,
  'spec.patches[0].json[0]',
)
test(
  'R8 · merge: to be removed and not there',
  misfit,
  merge({ spec: { template: { spec: { hostNetwork: null } } } }),
  /spec.template.spec.hostNetwork cannot be removed: it is not there/,
  'spec.patches[0]',
)
test(
  'R8 · merge: an entry to be removed and not there',
  misfit,
  merge(inPod({ containers: [{ name: 'proxy', $patch: 'delete' }] })),
  /containers\[name=proxy\] cannot be removed/,
  'spec.patches[0]',
)
test(
  'R8 · merge: an entry without a name',
  misfit,
  merge(inPod({ containers: [{ image: 'x' }] })),
  /An entry of spec.template.spec.containers has no name/,
  'spec.patches[0]',
)
test(
  'R8 · merge: an empty list that would change nothing',
  misfit,
  merge(inPod({ containers: [] })),
  /changes nothing/,
  'spec.patches[0]',
)
test(
  'R8 · merge: another directive',
  misfit,
  merge(inPod({ containers: [{ name: 'server', $patch: 'replace' }] })),
  /the only \$patch is delete/,
  'spec.patches[0]',
)
test(
  'R8 · the name of an object stays',
  misfit,
  merge({ metadata: { name: 'other' } }),
  /It changes metadata.name/,
  'spec.patches[0]',
)
test(
  'R8 · the namespace of an object stays',
  misfit,
  merge({ metadata: { namespace: 'other' } }),
  /It changes metadata.namespace/,
  'spec.patches[0]',
)
test(
  'R8 · the kind of an object stays',
  misfit,
  json({ op: 'replace', path: '/kind', value: 'StatefulSet' }),
  /It changes kind/,
  'spec.patches[0]',
)
test(
  'R8 · metadata stays',
  misfit,
  json({ op: 'remove', path: '/metadata' }),
  /It changes metadata.name/,
  'spec.patches[0]',
)

test('a patch that does not fit changes nothing, and the next one is still applied', t => {
  const patches = [
    merge({ spec: { replicas: 7, gone: null } }),
    merge({ spec: { minReadySeconds: 1 } }),
  ]
  const { spec } = objectOf('Deployment', { patches })
  t.is(spec.replicas, 1)
  t.is(spec.minReadySeconds, 1)
  t.is(problemsOf(patches).length, 1)
})
