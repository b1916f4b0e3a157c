import test from 'ava'
import { referencesOf } from '../../src/kinds/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { externalReferences, renderSet } from '../../src/render/index.ts'
import type { Endpoint } from '../../src/spec/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

const needed = (...endpoints: Endpoint[]) =>
  externalReferences(renderSet(aSet(endpoints)).objects)
    .map(({ endpoint, namespace, kind, name, optional }) =>
      [endpoint.name, namespace, kind, name, optional ? 'optional' : ''].join(' ').trim(),
    )
    .toSorted()

test('K5 · everything that must be there before an apply, in both runtimes', t => {
  for (const runtime of ['deployment', 'kserve'] as const) {
    const endpoint = anEndpoint({
      runtime,
      imagePullSecrets: ['ecr'],
      serviceAccount: 'serving',
      model: { uri: 'pvc://weights/llama' },
      env: {
        TOKEN: { secret: 'hf', key: 'token' },
        FLAG: { configMap: 'flags', key: 'a', optional: true },
      },
      envFrom: [{ secret: 'hf', optional: true }, { configMap: 'settings' }],
      volumes: [
        { name: 'models', pvc: 'models', mountPath: '/models' },
        { name: 'keys', secret: 'keys', mountPath: '/keys' },
        { name: 'cm', configMap: 'files', mountPath: '/files' },
      ],
      ingress: { host: 'chat.example.com', tls: 'chat-tls' },
    })
    t.deepEqual(needed(endpoint), [
      'chat llm ConfigMap files',
      'chat llm ConfigMap flags optional',
      'chat llm ConfigMap settings',
      'chat llm PersistentVolumeClaim models',
      'chat llm PersistentVolumeClaim weights',
      'chat llm Secret chat-tls',
      'chat llm Secret ecr',
      'chat llm Secret hf',
      'chat llm Secret keys',
      'chat llm ServiceAccount serving',
    ])
  }
})

test('what the set renders itself is not external', t => {
  const maker = anEndpoint({ serviceAccount: { name: 'shared', create: true } }, { name: 'maker' })
  const user = anEndpoint({ serviceAccount: 'shared' }, { name: 'user' })
  t.deepEqual(needed(maker, user), [])
  t.deepEqual(needed(user), ['user llm ServiceAccount shared'])
})

test('what a patch brings in counts, projected volumes too', t => {
  const sources = [
    { secret: { name: 'certificate' } },
    { configMap: { name: 'roots', optional: true } },
  ]
  const merge = {
    spec: { template: { spec: { volumes: [{ name: 'tls', projected: { sources } }] } } },
  }
  t.deepEqual(needed(anEndpoint({ patches: [{ target: { kind: 'Deployment' }, merge }] })), [
    'chat llm ConfigMap roots optional',
    'chat llm Secret certificate',
  ])
})

test('K5 · classes and claims that pods name are looked for in the cluster', t => {
  const endpoint = anEndpoint({
    scheduling: { priorityClass: 'gold', runtimeClass: 'nvidia' },
    pod: {
      resourceClaims: [
        { name: 'gpu', resourceClaimTemplateName: 'one-gpu' },
        { name: 'shared', resourceClaimName: 'team-gpu' },
      ],
      volumes: [
        {
          name: 'cache',
          ephemeral: { volumeClaimTemplate: { spec: { storageClassName: 'fast' } } },
        },
      ],
    },
  })
  t.deepEqual(needed(endpoint), [
    'chat  PriorityClass gold',
    'chat  RuntimeClass nvidia',
    'chat  StorageClass fast',
    'chat llm ResourceClaim team-gpu',
    'chat llm ResourceClaimTemplate one-gpu',
  ])
})

test('K5 · of claims and claim templates, the classes of storage and devices', t => {
  const named = (object: KubeObject) =>
    referencesOf(object).map(({ apiVersion, kind, name }) => `${apiVersion} ${kind} ${name}`)
  const metadata = { name: 'some' }
  const claim = (spec: object): KubeObject => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata,
    spec,
  })
  t.deepEqual(named(claim({ storageClassName: 'fast' })), ['storage.k8s.io/v1 StorageClass fast'])
  t.deepEqual(named(claim({ storageClassName: '' })), [], 'bound by hand')
  t.deepEqual(named(claim({})), [], 'the default of the cluster')
  const template = { metadata: { name: 'data' }, spec: { storageClassName: 'slow' } }
  t.deepEqual(
    named({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: { volumeClaimTemplates: [template] },
    }),
    ['storage.k8s.io/v1 StorageClass slow'],
  )
  const request = { name: 'gpu', exactly: { deviceClassName: 'gpu.example.com' } }
  const either = { name: 'any', firstAvailable: [{ deviceClassName: 'big.example.com' }] }
  t.deepEqual(
    named({
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaimTemplate',
      metadata,
      spec: { spec: { devices: { requests: [request, either] } } },
    }),
    [
      'resource.k8s.io/v1 DeviceClass gpu.example.com',
      'resource.k8s.io/v1 DeviceClass big.example.com',
    ],
  )
  t.deepEqual(
    named({
      apiVersion: 'resource.k8s.io/v1beta1',
      kind: 'ResourceClaim',
      metadata,
      spec: { devices: { requests: [{ name: 'gpu', deviceClassName: 'old.example.com' }] } },
    }),
    ['resource.k8s.io/v1 DeviceClass old.example.com'],
  )
})
