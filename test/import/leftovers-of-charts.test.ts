import test from 'ava'
import { importEndpoint } from '../../src/import/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { becomes, imported, rendered } from '../support/import.ts'
import {
  FRONT,
  MODEL,
  deployment,
  server,
  staysSame,
  withPods,
  type Json,
  type Same,
} from '../support/live-deployment.ts'

/** What charts and hands leave in Deployments without meaning it, and what the spec has no form for: each of it is part of the pod template, or of a bargain with others. */

const probe = (httpGet: Json) => ({
  httpGet,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
})

const FORMS: Record<string, Same> = {
  'a security context that is empty, as a chart’s values have it': {
    live: server({ securityContext: {} }),
  },
  'a sidecar and an init container whose security contexts are empty': {
    live: deployment({
      containers: [
        MODEL,
        { name: 'agent', image: 'registry.example.com/agent:1', securityContext: {} },
      ],
      pod: {
        initContainers: [
          { name: 'load', image: 'registry.example.com/load:1', securityContext: {} },
        ],
      },
    }),
    container: 'model',
  },
  'a pod whose security context is empty': { live: deployment({ pod: { securityContext: {} } }) },
  'a probe whose path has no slash': {
    live: server({ readinessProbe: probe({ path: 'healthz', port: 8080 }) }),
  },
  'probes whose paths have a blank, and one that is as usual': {
    live: server({
      readinessProbe: probe({ path: '/ready now', port: 8080 }),
      livenessProbe: probe({ path: '/live', port: 8080 }),
    }),
  },
  'an init container that is called as slipway’s own': {
    live: deployment({
      containers: [{ ...MODEL, volumeMounts: [{ name: 'model', mountPath: '/mnt/models' }] }],
      pod: {
        initContainers: [{ name: 'fetch-model', image: 'registry.example.com/fetch:1' }],
        volumes: [{ name: 'model', emptyDir: {} }],
      },
    }),
  },
  'variables of KServe’s name': {
    live: server({
      env: [
        { name: 'MODEL_URI', value: 's3://models/iris' },
        { name: 'STORAGE_URI', value: 's3://models/iris' },
      ],
    }),
  },
  'a variable whose name begins with a digit': {
    live: server({
      env: [
        { name: '2FA', value: 'off' },
        { name: 'LAST', value: '1' },
      ],
    }),
  },
}

for (const [title, form] of Object.entries(FORMS)) {
  test(`A1 · imported as it is: ${title}`, t => staysSame(t, form))
}

test('A1 · the number of replicas that its own autoscaler decides is not in git', async t => {
  const autoscaler: KubeObject = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'iris', namespace: 'llm' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'iris' },
      minReplicas: 2,
      maxReplicas: 9,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    },
  }
  const live = server({ resources: { requests: { cpu: '1' } } })
  Object(live['spec']).replicas = 4
  const result = await imported({ workload: live, others: [autoscaler, FRONT] })
  t.deepEqual(result.losses, [])
  t.false('replicas' in Object(becomes(result, live)['spec']))
  t.like(result.document.spec, { scaling: { name: 'iris', min: 2, max: 9, cpu: 70 } })
  t.is(result.document.spec.rules, undefined)
  t.deepEqual(Object(becomes(result, autoscaler)['spec']).minReplicas, 2)
})

const SETTINGS: Record<string, string> = {
  'argocd.argoproj.io/sync-wave': '2',
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'kapp.k14s.io/change-group': 'models',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
}
const MARKS: Record<string, string> = {
  'argocd.argoproj.io/tracking-id': 'iris:apps/Deployment:llm/iris',
  'argocd.argoproj.io/installation-id': 'one',
  'kapp.k14s.io/identity': 'v1;llm/apps/Deployment/iris;apps/v1',
  'meta.helm.sh/release-name': 'iris',
  'helm.toolkit.fluxcd.io/name': 'iris',
}

test('A1 · what a team asks of another manager stays; the marks by which that knows its own do not', async t => {
  const metadata = { name: 'iris', namespace: 'llm', annotations: { ...SETTINGS, ...MARKS } }
  const { document, unsaid } = await imported({ workload: deployment({ metadata }) })
  t.deepEqual(document.metadata.annotations, SETTINGS)
  t.is(unsaid.length, Object.keys(MARKS).length)
})

test('A1 · they stay on an InferenceService, whose pods have them, too', async t => {
  const workload: KubeObject = {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'iris', namespace: 'llm', annotations: { ...SETTINGS, ...MARKS } },
    spec: {
      predictor: {
        containers: [{ name: 'kserve-container', image: 'registry.example.com/own:1' }],
      },
    },
  }
  const result = await imported({ workload })
  t.like(becomes(result, workload).metadata.annotations, SETTINGS)
})

test('A1 · a field of a model’s storage that the spec has no word for is KServe’s own', async t => {
  const storage = { key: 'local', path: 'iris', schemaPath: 'iris/schema.json' }
  const workload: KubeObject = {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'iris', namespace: 'llm' },
    spec: { predictor: { model: { modelFormat: { name: 'sklearn' }, storage } } },
  }
  const render = async (draft: Parameters<typeof rendered>[0]) => rendered(draft)
  const { document } = await importEndpoint({ workload, related: [], render })
  const { schemaPath: _schemaPath, ...said } = storage
  t.deepEqual(document.spec.model, { format: 'sklearn', storage: said })
})

test('A1 · annotations of a restart stay beside what charts leave empty', async t => {
  const live = withPods(server({ securityContext: {} }), { 'checksum/config': 'abc' })
  await staysSame(t, { live })
})

test('A1 · a port that only a probe asks is not declared for it, which would replace the pods', async t => {
  const readinessProbe = probe({ path: '/ready', port: 8081 })
  const live = server({
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    readinessProbe,
  })
  await staysSame(t, { live })
  const { document } = await imported({ workload: live })
  t.like(document.spec, { port: 8080, probes: { port: 8081 } })
})

test('A1 · an Ingress for any host stays outside, although it has slipway’s name', async t => {
  const backend = { service: { name: 'front', port: { number: 80 } } }
  const ingress: KubeObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'iris-ingress', namespace: 'llm' },
    spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
  }
  const {
    losses,
    unsaid,
    rendered: made,
  } = await imported({
    workload: deployment(),
    related: [ingress],
    others: [FRONT],
  })
  t.deepEqual(losses, [])
  t.regex(unsaid[0]?.message ?? '', /^Ingress\/llm\/iris-ingress leads to front/)
  t.false(made.objects.some(({ kind }) => kind === 'Ingress'))
})
