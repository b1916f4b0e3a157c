import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { explain, externalReferences, renderSet } from '../../src/render/index.ts'
import { loadSet, projectPaths } from '../../src/spec/index.ts'
import { memorySource } from './memory-source.ts'

const FILES: Record<string, string> = {
  'slipway.yaml': `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: demo }
spec:
  environments:
    staging: { namespace: llm-staging }
    production: { namespace: llm-ops }
`,
  'endpoints/team/chat.yaml': `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: chat }
spec:
  runtime: deployment
  image: registry.example.com/team/chat:v1
  resources: { cpu: 1, memory: 1Gi }
  env:
    TOKEN: { secret: chat-token, key: token }
    CERT: { secret: chat-tls, key: tls.crt }
    LOG: { configMap: logging, key: level }
`,
  'endpoints/team/chat.objects/own.yaml': `# What the chat needs.
apiVersion: v1
kind: ConfigMap
metadata: { name: logging, labels: { team: search } }
data: { level: info }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: fetch-token }
spec: { target: { name: chat-token } }
---
`,
  'endpoints/team/chat.objects/deep/tls.yaml': `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: chat, namespace: llm-edge }
spec: { secretName: chat-tls }
`,
  'objects/store.yaml': `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: vault
  annotations: { slipway.dev/environments: 'staging , production', team: platform }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: only-here
  annotations: { slipway.dev/environments: production }
`,
}

async function rendered(environment = 'staging', more: Record<string, string> = {}) {
  const source = memorySource(Object.entries({ ...FILES, ...more }))
  const { value, problems } = await loadSet({ source, environment })
  if (value === undefined) throw new Error(JSON.stringify(problems))
  return { set: value, ...renderSet(value) }
}

function named(objects: readonly { object: KubeObject }[], name: string): KubeObject | undefined {
  return objects.map(({ object }) => object).find(({ metadata }) => metadata.name === name)
}

test('W1 · objects of an endpoint and of the project are rendered with it, in its namespace', async t => {
  const { objects, problems } = await rendered()
  t.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  const logging = named(objects, 'logging')
  t.is(logging?.metadata.namespace, 'llm-staging')
  t.like(logging?.metadata.labels, { team: 'search', 'slipway.dev/endpoint': 'chat' })
  t.truthy(logging?.metadata.labels?.['applyset.kubernetes.io/part-of'])
  t.deepEqual(logging?.['data'], { level: 'info' })
  const certificates = objects.filter(({ object }) => object.kind === 'Certificate')
  t.is(certificates[0]?.object.metadata.namespace, 'llm-edge')
  const store = named(objects, 'vault')
  t.is(store?.metadata.labels?.['slipway.dev/endpoint'], 'objects')
  t.deepEqual(store?.metadata.annotations, { team: 'platform' })
})

test('W1 · an annotation says for which environments an object is', async t => {
  const [staging, production] = [await rendered(), await rendered('production')]
  t.is(named(staging.objects, 'only-here'), undefined)
  t.is(named(production.objects, 'only-here')?.metadata.namespace, 'llm-ops')
  t.is(named(production.objects, 'only-here')?.metadata.annotations, undefined)
})

test('W1 · what their controllers make counts as there, in its own namespace', async t => {
  const { objects } = await rendered()
  const missing = externalReferences(objects).map(({ kind, name }) => `${kind}/${name}`)
  t.deepEqual(missing, ['Secret/chat-tls'])
})

test('W1 · problems of an own object are at its manifest', async t => {
  const { problems } = await rendered('staging', {
    'endpoints/team/chat.objects/again.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: logging
`,
  })
  const [clash] = problems.filter(({ code }) => code === 'name-clash')
  t.is(clash?.place?.file, 'endpoints/team/chat.objects/own.yaml')
  t.regex(clash?.message ?? '', /again\.yaml:4$/)
})

test('W1 · they are part of what a project is made from, and explained', async t => {
  const source = memorySource(Object.entries(FILES))
  t.true((await projectPaths(source)).includes('objects'))
  const { set } = await rendered()
  const [chat] = set.endpoints
  t.like(chat && explain(chat).at(-1), {
    path: 'objects[2]',
    value: 'ExternalSecret/llm-staging/fetch-token',
  })
  t.deepEqual(set.shared && explain(set.shared).map(({ path }) => path), ['objects[0]'])
})

test('a project without any is as it was', async t => {
  const files = Object.entries(FILES).filter(([path]) => !path.includes('objects'))
  const { value } = await loadSet({ source: memorySource(files), environment: 'staging' })
  t.is(value?.shared, undefined)
  t.is(value?.endpoints[0]?.objects, undefined)
})
