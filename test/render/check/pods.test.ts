import test from 'ava'
import { anEndpoint } from '../../support/endpoint.ts'
import { bothOutcomes, foundBy, patched, patchedPod, patchedServer } from './outcomes.ts'

const SERVERLESS = { runtime: 'kserve', kserve: { deploymentMode: 'serverless' } } as const
const volumes = [{ name: 'models', pvc: 'models', mountPath: '/models' }]

test('K5 · reference-missing: only a patch names it', bothOutcomes, 'reference-missing', {
  good: [anEndpoint({ imagePullSecrets: ['ecr'], envFrom: [{ secret: 'keys' }], volumes })],
  bad: [patchedPod({ imagePullSecrets: [{ name: 'other' }] }, { imagePullSecrets: ['ecr'] })],
  says: /needs Secret other \(image pull secret\), which is neither rendered nor named in the spec/,
  blames: 'spec.patches[0]',
  severity: 'warning',
})

test(
  'reference-missing: the account that is made has another name',
  bothOutcomes,
  'reference-missing',
  {
    good: [anEndpoint({ serviceAccount: { create: true } }), anEndpoint({ serviceAccount: 'x' })],
    bad: [patchedPod({ serviceAccountName: 'typo' }, { serviceAccount: { create: true } })],
    says: /needs ServiceAccount typo/,
    blames: 'spec.patches[0]',
  },
)

test('volume-mount: a mount without its volume', bothOutcomes, 'volume-mount', {
  good: [anEndpoint({ volumes, sharedMemory: '1Gi' })],
  bad: [patchedServer({ volumeMounts: [{ mountPath: '/data', name: 'data' }] })],
  says: /mounts volume data in container server, and has none of that name/,
  blames: 'spec.patches[0]',
})

test('volume-mount: one name for two volumes', bothOutcomes, 'volume-mount', {
  good: [anEndpoint({ volumes: [...volumes, { ...volumes[0]!, mountPath: '/more' }] })],
  bad: [
    anEndpoint({ volumes: [...volumes, { name: 'models', secret: 'models', mountPath: '/more' }] }),
  ],
  says: /has two volumes named models/,
  blames: 'spec.volumes',
})

test('T1 · grace-period', bothOutcomes, 'grace-period', {
  good: [
    anEndpoint({ shutdown: { gracePeriod: '15s', preStop: { sleep: '10s' } } }),
    anEndpoint({ shutdown: { gracePeriod: '1s', preStop: false } }, { name: 'quick' }),
  ],
  bad: [anEndpoint({ shutdown: { gracePeriod: '14s', preStop: { sleep: '10s' } } })],
  says: /has a grace period of 14 s, and the preStop hook of container server takes 10 s of it/,
  blames: 'spec.shutdown.gracePeriod',
})

test(
  'T1 · grace-period: a command takes the time that the spec says',
  bothOutcomes,
  'grace-period',
  {
    good: [anEndpoint({ shutdown: { gracePeriod: '60s', preStop: { exec: ['x'], time: '50s' } } })],
    bad: [
      patchedPod(
        { terminationGracePeriodSeconds: 20 },
        { shutdown: { gracePeriod: '60s', preStop: { exec: ['x'], time: '50s' } } },
      ),
    ],
    says: /grace period of 20 s, .* takes 50 s/,
    blames: 'spec.patches[0]',
  },
)

test('load-budget: liveness kills what still loads', bothOutcomes, 'load-budget', {
  good: [anEndpoint(), anEndpoint({ loadTime: '2m', probes: { startup: false } }, { name: 'b' })],
  bad: [anEndpoint({ loadTime: '10m', probes: { startup: false } })],
  says: /livenessProbe of Deployment\/llm\/chat kills container server after 120 s, and the model may take 600 s/,
  blames: 'spec.loadTime',
})

test('load-budget: a startup probe of fewer failures', bothOutcomes, 'load-budget', {
  good: [anEndpoint({ loadTime: '5m', probes: { startup: { failures: 30 } } })],
  bad: [anEndpoint({ loadTime: '10m', probes: { startup: { failures: 30 } } })],
  says: /startupProbe .* kills container server after 300 s/,
  blames: 'spec.loadTime',
  severity: 'warning',
})

test('load-budget: the rollout gives up first', bothOutcomes, 'load-budget', {
  good: [anEndpoint({ loadTime: '1h' })],
  bad: [patched('Deployment', { spec: { progressDeadlineSeconds: 600 } }, { loadTime: '20m' })],
  says: /may take 1200 s to load, and its rollout counts as failed after 600 s/,
  blames: 'spec.patches[0]',
})

test('load-budget: Knative gives the revision up first', bothOutcomes, 'load-budget', {
  good: [anEndpoint({ ...SERVERLESS, loadTime: '1h' })],
  bad: [
    patched(
      'InferenceService',
      { metadata: { annotations: { 'serving.knative.dev/progress-deadline': '5m' } } },
      { ...SERVERLESS, loadTime: '20m' },
    ),
  ],
  says: /may take 1200 s to load, and its rollout counts as failed after 300 s/,
  blames: 'spec.patches[0]',
  severity: 'warning',
})

test('pod-security: a sidecar without a security context', bothOutcomes, 'pod-security', {
  good: [
    anEndpoint({ volumes }),
    anEndpoint({ runtime: 'kserve' }, { name: 'isvc' }),
    anEndpoint(SERVERLESS, { name: 'kn' }),
    patchedPod({ containers: [{ name: 'proxy' }] }, { podSecurity: false }),
  ],
  bad: [patchedPod({ containers: [{ name: 'proxy' }] })],
  says: /pods of Deployment\/llm\/chat are not "restricted": container proxy does not drop ALL/,
  blames: 'spec.patches[0]',
})

test('pod-security: everything that the standard forbids', t => {
  const faults = foundBy('pod-security', [
    patchedPod({
      hostNetwork: true,
      securityContext: { seccompProfile: null, runAsNonRoot: null },
      volumes: [{ name: 'host', hostPath: { path: '/' } }],
      containers: [
        {
          name: 'server',
          ports: [{ name: 'http', hostPort: 80 }],
          securityContext: { privileged: true, capabilities: { drop: [], add: ['SYS_ADMIN'] } },
        },
      ],
    }),
  ]).map(problem => problem.message.replace(/^.*"restricted": /, ''))
  t.deepEqual(faults.toSorted(), [
    'container server adds capabilities',
    'container server does not drop ALL capabilities',
    'container server has a host port',
    'container server has no seccomp profile',
    'container server is privileged',
    'container server may run as root',
    'hostNetwork is true',
    'volume host is of a forbidden type',
  ])
})

test('T5 · pdb-drain: a patch blocks every drain', bothOutcomes, 'pdb-drain', {
  good: [anEndpoint({ replicas: 2 })],
  bad: [patched('PodDisruptionBudget', { spec: { maxUnavailable: 0 } }, { replicas: 2 })],
  says: /PodDisruptionBudget\/llm\/chat-pdb blocks every eviction while there are 2 of them/,
  blames: 'spec.patches[0]',
  severity: 'warning',
})

test('T5 · pdb-drain: what the spec says itself, the spec room warns of', t => {
  const blocked = anEndpoint({ replicas: 2, disruptionBudget: { minAvailable: 2 } })
  t.deepEqual(foundBy('pdb-drain', [blocked]), [])
})
