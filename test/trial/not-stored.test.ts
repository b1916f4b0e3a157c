import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { notStored } from '../../src/trial/index.ts'

/** What a server leaves out of an object without an error. */

type Json = Record<string, unknown>

function deployment(pod: Json): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'chat', namespace: 'a' },
    spec: { template: { spec: pod } },
  }
}

const server = (more: Json = {}) => ({ name: 'server', image: 'registry.example.com/a:1', ...more })
const WEIGHTS = { name: 'model', image: { reference: 'registry.example.com/weights:1' } }
const MOUNT = { name: 'model', mountPath: '/mnt/models' }
const TMP = { name: 'tmp', emptyDir: {} }

const problemOf = (git: Json, stored: Json) =>
  notStored(deployment(git), deployment(stored))?.problem

test('S1 · an image volume that the server drops is an error, with its gate and since when it is on', t => {
  const git = { containers: [server({ volumeMounts: [MOUNT] })], volumes: [WEIGHTS, TMP] }
  const problem = problemOf(git, { containers: [server()], volumes: [TMP] })
  t.is(problem?.severity, 'error')
  t.is(
    problem?.message,
    'the API server does not store spec.template.spec.volumes[name=model].image of Deployment/a/chat',
  )
  t.is(
    problem?.cause,
    'Its feature gate ImageVolume is off; it is on by default only from Kubernetes 1.35.',
  )
  t.regex(problem?.remedy ?? '', /Turn ImageVolume on .*, update Kubernetes, or do without/)
})

for (const [what, field, git] of [
  [
    'a stop signal',
    'containers[name=server].lifecycle.stopSignal',
    { lifecycle: { stopSignal: 'SIGINT' } },
  ],
  [
    'a variable from a file',
    'containers[name=server].env[name=A].valueFrom.fileKeyRef',
    { env: [{ name: 'A', valueFrom: { fileKeyRef: { key: 'a', path: 'b', volumeName: 'c' } } }] },
  ],
  [
    'a claim',
    'containers[name=server].resources.claims',
    { resources: { claims: [{ name: 'gpu' }] } },
  ],
] as const)
  test(`S1 · ${what} that the server drops is an error`, t => {
    const problem = problemOf(
      { containers: [server(git)] },
      { containers: [server({ env: [{ name: 'A' }] })] },
    )
    t.is(problem?.severity, 'error')
    t.true(problem?.message.includes(`spec.template.spec.${field} of`), problem?.message)
  })

test('S1 · what a policy takes away is a warning, and no more than three fields are named', t => {
  const git = { a: 1, b: [{ name: 'x', c: 'y' }], d: 'e', f: 'g', containers: [server()] }
  const problem = problemOf(git, { containers: [server()] })
  t.is(problem?.severity, 'warning')
  t.is(
    problem?.message,
    'the API server does not store spec.template.spec.a, spec.template.spec.b and spec.template.spec.d, and 1 more field of Deployment/a/chat',
  )
  t.regex(problem?.cause ?? '', /policy or webhook/)
})

const SAME: [what: string, git: Json, stored: Json][] = [
  ['what means nothing', { hostNetwork: false, x: '', y: 0, z: null, e: {}, l: [] }, {}],
  ['an empty field below one', { securityContext: { a: { b: false } } }, {}],
  [
    'other values: quantities, images',
    { containers: [server({ resources: { limits: { cpu: '1000m' } } })] },
    { containers: [server({ image: 'other', resources: { limits: { cpu: '1' } } })] },
  ],
  [
    'what others add',
    { containers: [server()] },
    { containers: [{ name: 'proxy' }, server({ a: 1 })], more: 1 },
  ],
  [
    'items in another order',
    {
      containers: [
        { name: 'a', x: 1 },
        { name: 'b', y: 1 },
      ],
    },
    {
      containers: [
        { name: 'b', y: 1 },
        { name: 'a', x: 1 },
      ],
    },
  ],
  [
    'items without a name',
    { tolerations: [{ key: 'gpu', operator: 'Exists' }] },
    { tolerations: [{ key: 'spot' }, { key: 'gpu', operator: 'Exists' }] },
  ],
  [
    'one volume mounted twice',
    {
      volumeMounts: [
        { name: 'v', mountPath: '/a' },
        { name: 'v', mountPath: '/b', subPath: 'c' },
      ],
    },
    {
      volumeMounts: [
        { name: 'v', mountPath: '/b', subPath: 'c' },
        { name: 'v', mountPath: '/a' },
      ],
    },
  ],
  ['lists of words', { args: ['--a'] }, { args: ['--a', '--b'] }],
]

for (const [what, git, stored] of SAME)
  test(`S1 · nothing is missing: ${what}`, t => {
    t.is(problemOf(git, stored), undefined)
  })

test('S1 · labels, status, text of Secrets and kinds by a definition are not looked at', t => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }
  t.is(
    notStored({ ...secret, stringData: { a: 'b' } }, { ...secret, data: { a: 'Yg==' } }),
    undefined,
  )
  const defined = {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'a' },
  }
  t.is(notStored({ ...defined, spec: { a: 1 } }, defined), undefined)
  const labelled = { ...secret, metadata: { name: 'a', labels: { a: 'b' } }, status: { a: 1 } }
  t.is(notStored(labelled, secret), undefined)
})
