import test from 'ava'
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
