import test from 'ava'
import { anEndpoint } from '../../support/endpoint.ts'
import { bothOutcomes, patched, patchedServer } from './outcomes.ts'

const resources = { gpus: 1, cpu: 4, memory: '8Gi' }

test('T5 · gpu-rollout: an update needs a GPU that is not there', bothOutcomes, 'gpu-rollout', {
  good: [
    anEndpoint({ resources, rollout: { spareGpu: false } }),
    anEndpoint({ resources, replicas: 3, rollout: { spareGpu: false } }, { name: 'three' }),
    anEndpoint({ resources }, { name: 'spare' }),
    anEndpoint({ rollout: { spareGpu: false } }, { name: 'no-gpu' }),
  ],
  bad: [anEndpoint({ resources, replicas: 3, rollout: { spareGpu: false, maxSurge: 1 } })],
  says: /an update of Deployment\/llm\/chat first starts a pod with 1 more nvidia.com\/gpu/,
  blames: 'spec.rollout',
})

test('T5 · gpu-rollout: shares are rounded as the API server does', bothOutcomes, 'gpu-rollout', {
  good: [
    anEndpoint({
      resources,
      replicas: 4,
      rollout: { spareGpu: false, maxSurge: '25%', maxUnavailable: '25%' },
    }),
  ],
  bad: [
    anEndpoint({
      resources,
      replicas: 3,
      rollout: { spareGpu: false, maxSurge: '25%', maxUnavailable: '25%' },
    }),
  ],
  says: /first starts a pod with 1 more/,
  blames: 'spec.rollout',
})

const MIG = { 'nvidia.com/mig-1g.10gb': '1' }
const mig = { containers: [{ name: 'server', resources: { limits: MIG, requests: MIG } }] }
const claiming = (claim: object) => ({
  resourceClaims: [{ name: 'gpu', ...claim }],
  containers: [{ name: 'server', resources: { claims: [{ name: 'gpu' }] } }],
})
const crowded = { spareGpu: false }
const surging = { ...crowded, maxSurge: 1 }

test('T5 · gpu-rollout: parts of GPUs count as they are asked for', bothOutcomes, 'gpu-rollout', {
  good: [anEndpoint({ pod: mig, replicas: 3, rollout: crowded })],
  bad: [anEndpoint({ pod: mig, replicas: 3, rollout: surging })],
  says: /first starts a pod with 1 more nvidia\.com\/mig-1g\.10gb, and/,
  blames: 'spec.rollout',
})

test(
  'T5 · gpu-rollout: so do claimed devices, unless all pods share them',
  bothOutcomes,
  'gpu-rollout',
  {
    good: [
      anEndpoint({
        pod: claiming({ resourceClaimTemplateName: 'one-gpu' }),
        replicas: 3,
        rollout: crowded,
      }),
      anEndpoint(
        { pod: claiming({ resourceClaimName: 'gpu' }), replicas: 3, rollout: surging },
        { name: 'shared' },
      ),
    ],
    bad: [
      anEndpoint({
        pod: claiming({ resourceClaimTemplateName: 'one-gpu' }),
        replicas: 3,
        rollout: surging,
      }),
    ],
    says: /first starts a pod with 1 more one-gpu, and/,
    blames: 'spec.rollout',
  },
)

const one = { resourceClaimTemplateName: 'one-gpu' }

test('T5 · device-claim: a container uses what its pods claim', bothOutcomes, 'device-claim', {
  good: [anEndpoint({ pod: claiming(one) }), anEndpoint({}, { name: 'none' })],
  bad: [anEndpoint({ pod: { ...claiming(one), resourceClaims: [{ name: 'other', ...one }] } })],
  says: /container server of Deployment\/llm\/chat uses claim gpu, which its pods do not have/,
  blames: 'spec.pod',
})

test('T5 · device-claim: a claim has one source', bothOutcomes, 'device-claim', {
  good: [anEndpoint({ pod: claiming({ resourceClaimName: 'shared' }) })],
  bad: [anEndpoint({ pod: claiming({ ...one, resourceClaimName: 'shared' }) })],
  says: /claim gpu of Deployment\/llm\/chat names a claim and a template/,
  blames: 'spec.pod',
})

test('T5 · device-claim: Kubernetes gives devices since 1.32', bothOutcomes, 'device-claim', {
  good: [anEndpoint({ pod: claiming(one) }, { kubernetesVersion: '1.34' })],
  bad: [anEndpoint({ pod: claiming(one) }, { kubernetesVersion: '1.31.4' })],
  says: /claims devices, and Kubernetes 1\.31\.4 has none to give/,
  blames: 'spec.pod',
})

test('T5 · gpu-rollout: KServe’s Deployment too', bothOutcomes, 'gpu-rollout', {
  good: [anEndpoint({ runtime: 'kserve', resources, rollout: { spareGpu: false } })],
  bad: [
    patched(
      'InferenceService',
      {
        spec: {
          predictor: { deploymentStrategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } },
        },
      },
      { runtime: 'kserve', resources, replicas: 2, rollout: { spareGpu: false } },
    ),
  ],
  says: /an update of InferenceService\/llm\/chat first starts/,
  blames: 'spec.patches[0]',
})

test('T5 · gpu-rollout: neither one more nor one less', bothOutcomes, 'gpu-rollout', {
  good: [
    anEndpoint({ rollout: { maxSurge: 0 } }),
    anEndpoint({ rollout: { maxUnavailable: 0 } }, { name: 'b' }),
  ],
  bad: [anEndpoint({ rollout: { maxSurge: 0, maxUnavailable: '0%' } })],
  says: /may neither add a pod nor take one away/,
  blames: 'spec.rollout',
})

test('R12 · gpu-request: request and limit of GPUs are one', bothOutcomes, 'gpu-request', {
  good: [anEndpoint({ resources })],
  bad: [patchedServer({ resources: { limits: { 'nvidia.com/gpu': '2' } } }, { resources })],
  says: /container server of Deployment\/llm\/chat requests 1 nvidia.com\/gpu and is limited to 2/,
  blames: 'spec.patches[0]',
})

test('R12 · gpu-request: memory of GPUs that nodes do not tell', bothOutcomes, 'gpu-request', {
  good: [anEndpoint({ resources: { ...resources, gpuMemory: '80Gi' } })],
  bad: [anEndpoint({ resources: { ...resources, gpuResource: 'amd.com/gpu', gpuMemory: '64Gi' } })],
  says: /asks for GPUs of 64Gi, and nodes with amd.com\/gpu do not say/,
  blames: 'spec.resources.gpuMemory',
})
