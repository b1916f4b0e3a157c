import test from 'ava'
import { parse, parseAllDocuments } from 'yaml'
import { handoffFiles } from '../../src/handoff/files.ts'
import type { Fleet, HandoffFile } from '../../src/handoff/fleet.ts'
import { renderSet } from '../../src/render/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

/** What Flux and Argo CD are given: manifests that differ from what slipway applies in nothing that pods see, and how to take them. */

const MIN = { cpu: '1', memory: '4Gi' }
const chat = anEndpoint({
  resources: MIN,
  loadTime: '20m',
  scaling: { min: 1, max: 4, cpu: 80 },
  ingress: { host: 'chat.example.com' },
})
const rag = anEndpoint({ runtime: 'kserve', resources: MIN }, { name: 'rag' })
const { objects } = renderSet(aSet([chat, rag]))
const fleet: Fleet = {
  project: 'models',
  source: { url: 'https://git.example.com/models.git', branch: 'main', folder: 'ml/handoff' },
  environments: [
    { name: 'staging', namespace: 'llm', createNamespace: true, objects },
    { name: 'live', namespace: 'llm', createNamespace: false, cluster: 'live', objects },
  ],
}

interface Loose {
  kind: string
  metadata: { name: string; annotations?: Record<string, string> }
  spec: Record<string, unknown>
}

const documentsIn = (files: HandoffFile[], path: string): Loose[] =>
  parseAllDocuments(files.find(file => file.path === path)?.text ?? '').map(
    document => document.toJS() as Loose,
  )

test('G3 · an InferenceService is handed over as it is: a new annotation would restart its pods', t => {
  for (const engine of ['flux', 'argo'] as const) {
    const manifests = handoffFiles(engine, fleet).filter(({ path }) =>
      /^manifests\/\w+\/\d-\w+\/llm\.\w+\.yaml$/.test(path),
    )
    const written = manifests.flatMap(({ text }) =>
      parseAllDocuments(text).map(document => document.toJS() as Loose),
    )
    t.is(written.length, objects.length * 2)
    const own = objects.find(({ object }) => object.kind === 'InferenceService')?.object
    const served = written.filter(({ kind }) => kind === 'InferenceService')
    for (const each of served) t.deepEqual(each as unknown, own as unknown)
    t.is(served.length, 2)
    // Of the others only annotations of their own are added, none below.
    for (const { object } of objects) {
      const found = written.find(
        ({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name,
      )
      t.deepEqual(found?.spec as unknown, object['spec'])
    }
  }
})

test('G3 · Flux: a Kustomization for each wave, each after the one before it is healthy', t => {
  const files = handoffFiles('flux', fleet)
  const [source, root, ...more] = documentsIn(files, 'flux/live.yaml')
  t.like(source, {
    kind: 'GitRepository',
    spec: { url: fleet.source.url, ref: { branch: 'main' } },
  })
  t.deepEqual(more, [])
  // What changes with the manifests comes with them.
  const steps = documentsIn(files, 'manifests/live/flux/kustomizations.yaml')
  t.like(root, {
    metadata: { name: 'models-live' },
    spec: { path: './ml/handoff/manifests/live/flux', wait: false, deletionPolicy: 'Orphan' },
  })
  t.is(root?.spec['kubeConfig'], undefined, 'its objects are for Flux itself')
  const names = steps.map(({ metadata }) => metadata.name)
  t.deepEqual(
    names,
    ['configuration', 'workload', 'service', 'traffic'].map(wave => `models-live-${wave}`),
  )
  for (const [index, { kind, spec }] of steps.entries()) {
    t.is(kind, 'Kustomization')
    t.like(spec, { prune: true, deletionPolicy: 'Orphan' })
    t.deepEqual(spec['dependsOn'], [{ name: names[index - 1] ?? 'models-live' }])
    const path = String(spec['path']).replace('./ml/handoff/', '')
    t.true(
      files.some(file => file.path.startsWith(`${path}/`)),
      path,
    )
    t.deepEqual(spec['kubeConfig'], { secretRef: { name: 'live' } })
  }
  const [, workload, , traffic] = steps
  t.is(workload?.spec['timeout'], '30m')
  t.deepEqual(workload?.spec['healthChecks'], [
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'chat', namespace: 'llm' },
    // KServe's own counter would be waited for without end.
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'rag-predictor', namespace: 'llm' },
  ])
  t.deepEqual(workload?.spec['ignore'], [
    {
      paths: ['/spec/replicas'],
      target: { group: 'apps', kind: 'Deployment', name: 'chat', namespace: 'llm' },
    },
  ])
  t.is(traffic?.spec['wait'], true)
  t.deepEqual(
    documentsIn(files, 'manifests/staging/flux/kustomizations.yaml')[1]?.spec['kubeConfig'],
    undefined,
  )
})

test('G3 · Flux does not wait for what is below an InferenceService that is to be stopped', t => {
  const annotations = { 'serving.kserve.io/stop': 'true' }
  const patches = [{ target: { kind: 'InferenceService' }, merge: { metadata: { annotations } } }]
  const stopped = anEndpoint({ runtime: 'kserve', resources: MIN, patches }, { name: 'rag' })
  const { objects: rendered } = renderSet(aSet([stopped]))
  const live = { name: 'live', namespace: 'llm', createNamespace: false, objects: rendered }
  const files = handoffFiles('flux', { ...fleet, environments: [live] })
  const [, workload] = documentsIn(files, 'manifests/live/flux/kustomizations.yaml')
  t.is(workload?.metadata.name, 'models-live-workload')
  t.deepEqual(workload?.spec['healthChecks'], [])
  t.is(workload?.spec['healthCheckExprs'], undefined)
})

test('G3 · Flux: a wave without objects prunes what it had, and a namespace that is made is never pruned', t => {
  const files = handoffFiles('flux', fleet)
  const [nothing] = documentsIn(files, 'manifests/staging/1-configuration/kustomization.yaml')
  t.like(nothing, { kind: 'Kustomization', metadata: { name: 'nothing' } })
  t.is(nothing?.spec, undefined)
  t.deepEqual(documentsIn(files, 'manifests/staging/0-namespace/llm.yaml') as unknown, [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'llm', annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
    },
  ])
  t.false(files.some(({ path }) => path.startsWith('manifests/live/0-namespace/')))
  const [first] = documentsIn(files, 'manifests/staging/flux/kustomizations.yaml')
  t.like(first, { metadata: { name: 'models-staging-namespace' } })
})

test('G3 · Argo CD: an Application for each environment, in a project that allows what they have', t => {
  const files = handoffFiles('argo', fleet)
  const [project] = documentsIn(files, 'argo/project.yaml')
  t.like(project?.spec, {
    sourceRepos: [fleet.source.url],
    destinations: [
      { server: 'https://kubernetes.default.svc', namespace: 'llm' },
      { name: 'live', namespace: 'llm' },
    ],
    clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
  })
  const kinds = ((project?.spec ?? {})['namespaceResourceWhitelist'] as { kind: string }[]).map(
    each => each.kind,
  )
  t.deepEqual(kinds.toSorted(), [...new Set(objects.map(({ object }) => object.kind))].toSorted())
  const [application] = documentsIn(files, 'argo/staging.yaml')
  t.like(application, {
    kind: 'Application',
    metadata: { name: 'models-staging' },
    spec: {
      source: { path: 'ml/handoff/manifests/staging', directory: { recurse: true } },
      syncPolicy: { automated: { prune: true, selfHeal: true, allowEmpty: false } },
      ignoreDifferences: [{ kind: 'Deployment', name: 'chat', jsonPointers: ['/spec/replicas'] }],
    },
  })
  t.is(JSON.stringify(application).includes('finalizer'), false)
  t.false(JSON.stringify(application).includes('ApplyOutOfSyncOnly'), 'every object gets its mark')
  const waves = files
    .filter(({ path }) => path.startsWith('manifests/live/'))
    .flatMap(({ text }) => parseAllDocuments(text).map(document => document.toJS() as Loose))
    .map(({ kind, metadata }) => [kind, metadata.annotations?.['argocd.argoproj.io/sync-wave']])
  t.deepEqual(Object.fromEntries(waves), {
    Deployment: undefined,
    InferenceService: undefined,
    Service: '1',
    HorizontalPodAutoscaler: '2',
    Ingress: '2',
  })
  const health = parse(files.find(({ path }) => path === 'argo/health.yaml')?.text ?? '')
  t.is(Object.keys(health.data).length, 3)
})

test('G3 · what is to be kept is pruned by neither engine', t => {
  const patches = [
    {
      target: { kind: 'Service' },
      merge: { metadata: { annotations: { 'slipway.dev/prune': 'disabled' } } },
    },
  ]
  const kept = renderSet(aSet([anEndpoint({ resources: MIN, patches })])).objects
  const one = { name: 'live', namespace: 'llm', createNamespace: false, objects: kept }
  const annotationOf = (engine: 'flux' | 'argo', key: string) =>
    handoffFiles(engine, { ...fleet, environments: [one] })
      .flatMap(({ text }) => parseAllDocuments(text).map(document => document.toJS() as Loose))
      .filter(({ kind, metadata }) => kind === 'Service' && metadata.annotations?.[key])
      .map(({ metadata }) => metadata.annotations?.[key])
  t.deepEqual(annotationOf('flux', 'kustomize.toolkit.fluxcd.io/prune'), ['disabled'])
  t.deepEqual(annotationOf('argo', 'argocd.argoproj.io/sync-options'), ['Prune=false'])
})

/** Environments named as something else of the hand-over. */
const clashing: Fleet = {
  ...fleet,
  environments: ['live', 'live-service', 'project', 'health'].map(name => ({
    name,
    namespace: 'llm',
    createNamespace: false,
    objects,
  })),
}

test('G3 · no file and no Kustomization has the name of another, whatever environments are called', t => {
  for (const engine of ['flux', 'argo'] as const) {
    const files = handoffFiles(engine, clashing)
    const paths = files.map(({ path }) => path)
    t.deepEqual(paths, [...new Set(paths)])
    const names = files
      .filter(({ path }) => /^(?:flux|argo)\/|\/flux\//.test(path))
      .flatMap(({ path }) => documentsIn(files, path))
      .filter(({ kind }) => kind === 'Kustomization' || kind === 'Application')
      .map(({ metadata }) => metadata.name)
    t.deepEqual(names, [...new Set(names)])
    t.true(names.length >= clashing.environments.length)
  }
  const steps = documentsIn(
    handoffFiles('flux', clashing),
    'manifests/live/flux/kustomizations.yaml',
  )
  t.deepEqual(
    steps.map(({ metadata, spec }) => [metadata.name, spec['dependsOn']]),
    [
      ['models-live-configuration', [{ name: 'models-live' }]],
      ['models-live-workload', [{ name: 'models-live-configuration' }]],
      ['models-live.service', [{ name: 'models-live-workload' }]],
      ['models-live-traffic', [{ name: 'models-live.service' }]],
    ],
  )
})
