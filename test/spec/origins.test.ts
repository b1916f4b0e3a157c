import test from 'ava'
import { catalogueFile, loadChat, originText, projectFile } from './support.ts'

const FILES = {
  'slipway.yaml': projectFile({
    spec: 'defaults:\n  env: {LOG_LEVEL: info}\n  volumes:\n    - {name: models, pvc: models, mountPath: /models}',
    environment: 'overlay:\n  - probes: {readiness: {period: 5s}}',
  }),
  'images.yaml': catalogueFile(
    'ImageCatalogue',
    'predict:\n  cpu: registry.example.com/predict:1.0.0\n  limits:\n    concurrentRequests: {arg: --parallel}\n    inputTokens: {env: MAX_INPUT}',
  ),
  'models.yaml': catalogueFile(
    'ModelCatalogue',
    'trees-1.0:\n  family: xgboost\n  uri: s3://models/trees\n  status: approved',
  ),
  'endpoints/chat.yaml': `# the chat
apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata:
  name: chat
  labels: {example.com/team: assistants}
spec:
  model: {ref: trees-1.0}
  limits: {concurrentRequests: 8, inputTokens: 100}
  args: [--verbose]
  resources: {cpu: {limit: 2}}
  scheduling:
    nodeSelector: {example.com/disk: ssd}
  volumes:
    - {name: own, secret: own, mountPath: /own}
`,
}

const ORIGINS: Record<string, string | undefined> = {
  'metadata.name': 'endpoint endpoints/chat.yaml:5:3',
  'metadata.labels.example.com/team': 'endpoint endpoints/chat.yaml:6:12',
  'metadata.namespace': 'overlay slipway.yaml:11:7',
  'spec.model.ref': 'endpoint endpoints/chat.yaml:8:11',
  'spec.model.family': 'catalogue models.yaml:6:7',
  'spec.model.uri': 'catalogue models.yaml:7:7',
  'spec.image': 'catalogue images.yaml:6:7',
  'spec.args.0': 'endpoint endpoints/chat.yaml:10:10',
  'spec.args.1': 'catalogue images.yaml:8:9',
  'spec.env.MAX_INPUT': 'catalogue images.yaml:9:9',
  'spec.env.LOG_LEVEL': 'project slipway.yaml:6:11',
  'spec.probes.readiness.period': 'overlay slipway.yaml:14:32',
  'spec.probes.readiness.timeout': 'built-in',
  'spec.probes.path': 'built-in',
  'spec.resources.cpu.limit': 'endpoint endpoints/chat.yaml:11:21',
  'spec.resources.cpu.request': 'endpoint endpoints/chat.yaml:11:21',
  'spec.scheduling.nodeSelector.example.com/disk': 'endpoint endpoints/chat.yaml:13:20',
  'spec.volumes[0].pvc': 'project slipway.yaml:8:24',
  'spec.volumes.1.name': 'endpoint endpoints/chat.yaml:15:8',
  'spec.port': 'built-in',
  'spec.ingress': undefined,
  'status.ready': undefined,
}

for (const [path, expected] of Object.entries(ORIGINS)) {
  test(`R7 · ${path} comes from ${expected ?? 'nowhere'}`, async t => {
    t.is(originText(await loadChat(t, FILES), path), expected)
  })
}

test('R7 · every leaf of the merged spec has an origin', async t => {
  const chat = await loadChat(t, FILES)
  const paths = leaves(chat.spec, 'spec')
  t.true(paths.length > 30)
  for (const path of paths) t.not(chat.originOf(path), undefined, path)
})

function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, part]) => leaves(part, `${path}.${key}`))
}

const PLACES: Record<string, string> = {
  'spec.port': 'endpoints/chat.yaml:7:1',
  'spec.image': 'images.yaml:6:7',
  'spec.resources.memory': 'endpoints/chat.yaml:11:3',
  'spec.nothing.at.all': 'endpoints/chat.yaml:7:1',
  'spec.probes.readiness.timeout': 'slipway.yaml:14:20',
  nothing: 'endpoints/chat.yaml:2:1',
}

for (const [path, expected] of Object.entries(PLACES)) {
  test(`R8 · a problem with ${path} is at ${expected}`, async t => {
    const place = (await loadChat(t, FILES)).placeOf(path)
    t.is(`${place?.file}:${place?.line}:${place?.column}`, expected)
  })
}
