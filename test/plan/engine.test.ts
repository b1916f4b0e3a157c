import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { checkEngines } from '../../src/plan/guards/engine.ts'
import { engineOf } from '../../src/plan/observe/engine.ts'

/** What Flux and Argo CD leave on the objects that they apply, and what is said of it. */

const object = (metadata: object): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'chat', namespace: 'llm', ...metadata },
})

const KUSTOMIZE = 'kustomize.toolkit.fluxcd.io'
const managedBy = (manager: string) => [{ manager, operation: 'Apply' as const, fieldsV1: {} }]

const MARKS: [what: string, metadata: object, owner: string | undefined, release: RegExp][] = [
  [
    'nothing',
    { labels: { 'app.kubernetes.io/instance': 'chat' }, managedFields: managedBy('slipway') },
    undefined,
    /^$/,
  ],
  [
    'labels of a Kustomization',
    { labels: { [`${KUSTOMIZE}/name`]: 'models-workload', [`${KUSTOMIZE}/namespace`]: 'gitops' } },
    'the Flux Kustomization "gitops/models-workload"',
    /kubectl -n gitops delete kustomization models-workload$/,
  ],
  [
    'labels of a HelmRelease',
    {
      labels: {
        'helm.toolkit.fluxcd.io/name': 'models',
        'helm.toolkit.fluxcd.io/namespace': 'gitops',
      },
    },
    'the Flux HelmRelease "gitops/models"',
    /suspend helmrelease models -n gitops/,
  ],
  [
    'the field manager of Flux alone',
    { managedFields: managedBy('kustomize-controller') },
    'a Flux Kustomization',
    /deletionPolicy Orphan/,
  ],
  [
    'the annotation of Argo CD',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'models-live:apps/Deployment:llm/chat' } },
    'the Argo CD application "models-live"',
    /argocd app delete models-live --cascade=false$/,
  ],
  [
    'the annotation of an application in another namespace',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'team_models:apps/Deployment:llm/chat' } },
    'the Argo CD application "models"',
    /argocd app delete models -N team --cascade=false$/,
  ],
  [
    'the label and the field manager of Argo CD',
    {
      labels: { 'app.kubernetes.io/instance': 'models' },
      managedFields: managedBy('argocd-controller'),
    },
    'the Argo CD application "models"',
    /--cascade=false$/,
  ],
]

for (const [what, metadata, owner, release] of MARKS) {
  test(`G3 · who applies an object: ${what}`, t => {
    const engine = engineOf(object(metadata))
    t.is(engine?.owner, owner)
    t.regex(engine?.release ?? '', release)
  })
}

const flux = (name: string) =>
  object({
    name,
    labels: { [`${KUSTOMIZE}/name`]: 'models', [`${KUSTOMIZE}/namespace`]: 'flux-system' },
  })

const question = {
  environment: 'live',
  live: [flux('chat'), flux('rag'), object({})],
  takeBack: false,
  isPreview: false,
}

test('G3 · a set that an engine applies is refused, with the engine and the way back', t => {
  const [problem, ...more] = checkEngines(question)
  t.deepEqual(more, [])
  t.like(problem, { code: 'foreign-owner', severity: 'error', object: 'Deployment/llm/chat' })
  t.is(
    problem?.message,
    'the Flux Kustomization "flux-system/models" applies live: 2 objects, Deployment/llm/chat among them',
  )
  t.regex(problem?.remedy ?? '', /^Commit, and let it apply\. .*--take-back\.$/)
})

test('G3 · a preview goes on, and who takes back means it', t => {
  t.is(checkEngines({ ...question, isPreview: true })[0]?.severity, 'warning')
  t.deepEqual(checkEngines({ ...question, takeBack: true }), [])
  t.deepEqual(checkEngines({ ...question, live: [object({})] }), [])
})
