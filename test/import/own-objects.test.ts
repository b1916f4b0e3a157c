import test from 'ava'
import { ownObjectsOf } from '../../src/import/around/own-objects.ts'
import { load } from '../spec/support.ts'
import { toYamlText, type KubeObject } from '../../src/object/index.ts'

/** What an imported endpoint's pods refer to may come along, as objects of its own. */

const metadata = (name: string, more: object = {}) => ({
  name,
  namespace: 'llm',
  uid: `uid-${name}`,
  resourceVersion: '7',
  managedFields: [],
  ...more,
})

const CHAT: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata('chat'),
  spec: {
    template: {
      spec: {
        containers: [
          {
            name: 'server',
            envFrom: [{ configMapRef: { name: 'prompts' } }],
            env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } }],
          },
        ],
        resourceClaims: [{ name: 'gpus', resourceClaimTemplateName: 'two-gpus' }],
        volumes: [{ name: 'prompts', configMap: { name: 'prompts' } }],
      },
    },
  },
}

const applied = 'kubectl.kubernetes.io/last-applied-configuration'
const PROMPTS: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata('prompts', {
    labels: { team: 'search' },
    annotations: { [applied]: '{}', owner: 'search@example.com' },
  }),
  data: { SYSTEM: 'Be brief.' },
}
const GPUS: KubeObject = {
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaimTemplate',
  metadata: metadata('two-gpus', { annotations: { [applied]: '{}' } }),
  spec: { spec: { devices: { requests: [] } } },
}
const external = (name: string, target: string): KubeObject => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: metadata(name),
  spec: {
    secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
    target: { name: target },
    data: [{ secretKey: 'token', remoteRef: { key: 'hub' } }],
  },
  status: { conditions: [] },
})

const HUB = external('hub-token', 'hub')

test('R7 · ConfigMaps, templates of claims and what makes a Secret come along, as somebody could have written them', t => {
  const live = [PROMPTS, PROMPTS, GPUS, HUB, external('other', 'other')]
  const { manifests, problems } = ownObjectsOf(CHAT, live)
  t.deepEqual(problems, [])
  t.deepEqual(
    manifests.map(({ metadata: own, status, ...rest }) => [rest.kind, own, status]),
    [
      [
        'ConfigMap',
        {
          name: 'prompts',
          labels: { team: 'search' },
          annotations: { owner: 'search@example.com' },
        },
        undefined,
      ],
      ['ResourceClaimTemplate', { name: 'two-gpus' }, undefined],
      ['ExternalSecret', { name: 'hub-token' }, undefined],
    ],
  )
  t.deepEqual(manifests[0]?.['data'], PROMPTS['data'])
})

test('R7 · a sealed secret comes along: it may be seen', t => {
  const sealed: KubeObject = {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: metadata('hub'),
    spec: { encryptedData: { token: 'AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq' } },
  }
  const { manifests } = ownObjectsOf(CHAT, [sealed])
  t.deepEqual(
    manifests.map(({ kind }) => kind),
    ['SealedSecret'],
  )
})

test('R7 · they are objects of its own as they are', async t => {
  const { manifests } = ownObjectsOf(CHAT, [PROMPTS, HUB])
  const files = manifests.map(
    manifest => [`endpoints/chat.objects/${manifest.kind}.yaml`, toYamlText(manifest)] as const,
  )
  const { problems } = await load({
    'endpoints/chat.yaml': CHAT_FILE,
    ...Object.fromEntries(files),
  })
  t.deepEqual(problems, [])
})

const CHAT_FILE = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: chat }
spec:
  image: registry.example.com/chat:v1
  resources: { cpu: 1, memory: 1Gi }
  envFrom: [{ configMap: prompts }]
`

test('R7, R12 · what a controller made, what is in a set, and what has a secret in it stays where it is', t => {
  const partOf = { 'applyset.kubernetes.io/part-of': 'applyset-x' }
  const owner = [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }]
  const made = { ...PROMPTS, metadata: metadata('prompts', { ownerReferences: owner }) }
  const known = { ...GPUS, metadata: metadata('two-gpus', { labels: partOf }) }
  t.deepEqual(ownObjectsOf(CHAT, [made, known]).manifests, [])
  const told = ownObjectsOf(CHAT, [{ ...PROMPTS, data: { API_TOKEN: 'hunter2-hunter2' } }])
  t.deepEqual(told.manifests, [])
  t.regex(told.problems[0]?.message ?? '', /ConfigMap\/llm\/prompts has what looks like a secret/)
  t.notRegex(JSON.stringify(told), /hunter2/)
})

test('R7 · a Secret is never written', t => {
  const hub: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata('hub'),
    data: { token: 'aHVudGVyMg==' },
  }
  const { manifests, problems } = ownObjectsOf(CHAT, [hub])
  t.deepEqual([manifests, problems], [[], []])
})
