import test from 'ava'
import { adoptionOf } from '../../src/import/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { completed } from '../support/completed.ts'
import { becomes, imported } from '../support/import.ts'

/** What comes along with an InferenceService, under its own name and as it is. */

const WORKLOAD: KubeObject = {
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: {
    name: 'digits',
    namespace: 'llm',
    labels: { team: 'vision' },
    annotations: { 'serving.kserve.io/deploymentMode': 'Standard' },
  },
  spec: {
    predictor: {
      minReplicas: 1,
      containers: [
        {
          name: 'kserve-container',
          image: 'registry.example.com/digits:1',
          ports: [{ containerPort: 8080, protocol: 'TCP' }],
          resources: {},
        },
      ],
    },
  },
}

const BESIDE: Record<string, KubeObject> = {
  'a Service that selects by a label of KServe’s': {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'digits-front', namespace: 'llm', labels: { shown: 'true' } },
    spec: {
      type: 'NodePort',
      selector: { 'serving.kserve.io/inferenceservice': 'digits' },
      ports: [{ name: 'rest', port: 80, targetPort: 8080, protocol: 'TCP', nodePort: 30_080 }],
    },
  },
  'a Service of the name and port that slipway would give': {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'digits', namespace: 'llm' },
    spec: {
      type: 'ClusterIP',
      selector: { 'serving.kserve.io/inferenceservice': 'digits', component: 'predictor' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  },
  'a network policy with rules for what leaves, too': {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'digits-only-web', namespace: 'llm' },
    spec: {
      podSelector: { matchLabels: { team: 'vision' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
      egress: [{ to: [{ namespaceSelector: {} }] }],
    },
  },
  'a budget with a selector of the team’s': {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'digits-stay', namespace: 'llm' },
    spec: { minAvailable: 1, selector: { matchLabels: { team: 'vision' } } },
  },
}

for (const [title, other] of Object.entries(BESIDE)) {
  test(`A1 · what belongs to an InferenceService comes along as it is: ${title}`, async t => {
    const result = await imported({ workload: WORKLOAD, others: [other] })
    t.deepEqual([result.losses, result.unsaid], [[], []])
    t.deepEqual(completed(becomes(result, other)), completed(other))
    t.deepEqual(becomes(result, WORKLOAD)['spec'], WORKLOAD['spec'])
    t.deepEqual(adoptionOf(result), { state: 'as it is', reasons: [] })
  })
}

test('A1 · with --improve their selectors stay', async t => {
  const others = Object.values(BESIDE).filter(({ metadata }) => metadata.name !== 'digits')
  const result = await imported({ workload: WORKLOAD, others, improve: true })
  const [service, policy, budget] = others.map(other => becomes(result, other)['spec'])
  t.like(service, { selector: { 'serving.kserve.io/inferenceservice': 'digits' } })
  t.like(policy, { podSelector: { matchLabels: { team: 'vision' } } })
  t.like(budget, { selector: { matchLabels: { team: 'vision' } } })
})
