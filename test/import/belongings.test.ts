import test from 'ava'
import { adoptionOf } from '../../src/import/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { completed } from '../support/completed.ts'
import { becomes, imported } from '../support/import.ts'
import {
  FRONT,
  deployment,
  server,
  service,
  staysSame,
  withPods,
} from '../support/live-deployment.ts'

/** What comes along with a Deployment, and what is put up with. */

const BELONGING: Record<string, KubeObject[]> = {
  'a Service of several ports and another type': [
    service('public', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      selector: { app: 'iris' },
      ports: [
        { name: 'rest', port: 443, targetPort: 8080, protocol: 'TCP', nodePort: 31_001 },
        { name: 'grpc', port: 9000, targetPort: 8080, protocol: 'TCP', nodePort: 31_000 },
      ],
    }),
  ],
  'a Service without a cluster IP': [
    service('peers', {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { app: 'iris' },
      ports: [{ port: 8080, targetPort: 8080, protocol: 'TCP' }],
    }),
  ],
  'an autoscaler, a budget, a network policy and an Ingress': [
    FRONT,
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'by-load', namespace: 'llm' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'iris' },
        minReplicas: 2,
        maxReplicas: 5,
        metrics: [
          {
            type: 'Pods',
            pods: {
              metric: { name: 'queue' },
              target: { type: 'AverageValue', averageValue: '5' },
            },
          },
        ],
      },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'one-stays', namespace: 'llm' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'iris' } } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'from-web', namespace: 'llm' },
      spec: {
        podSelector: { matchLabels: { app: 'iris' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
        egress: [{}],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'public', namespace: 'llm' },
      spec: {
        rules: [
          {
            host: 'iris.example.com',
            http: {
              paths: [
                {
                  path: '/v1',
                  pathType: 'Exact',
                  backend: { service: { name: 'front', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ],
}

for (const [title, others] of Object.entries(BELONGING)) {
  test(`A1 · what belongs to it comes along under its own name: ${title}`, async t => {
    const live = deployment()
    const result = await imported({ workload: live, others })
    t.deepEqual([result.losses, result.unsaid], [[], []])
    for (const each of others) {
      const { clusterIP, ...spec } = Object(each['spec'])
      const type = each.kind === 'Service' ? { type: 'ClusterIP' } : {}
      const same = clusterIP === 'None' ? { clusterIP, ...type, ...spec } : { ...type, ...spec }
      t.deepEqual(completed(becomes(result, each)), completed({ ...each, spec: same }), each.kind)
    }
    t.is(result.rendered.objects.length, others.length + 1)
    t.deepEqual(adoptionOf(result), { state: 'as it is', reasons: [] })
  })
}

test('A1 · the second Service, and what others share, stay outside the set', async t => {
  const live = deployment()
  const headless = service('peers', { clusterIP: 'None', selector: { app: 'iris' }, ports: [] })
  const ingress: KubeObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'all', namespace: 'llm' },
    spec: {
      rules: ['front', 'other'].map(name => ({
        host: `${name}.example.com`,
        http: { paths: [{ path: '/', backend: { service: { name, port: { number: 80 } } } }] },
      })),
    },
  }
  const result = await imported({ workload: live, others: [headless, FRONT, ingress] })
  t.deepEqual(
    result.rendered.objects.map(({ metadata }) => metadata.name),
    ['iris', 'front'],
  )
  t.deepEqual(adoptionOf(result).state, 'as it is')
})

test('A1 · what belongs to it stays outside where the spec would not be valid with it', async t => {
  const live = deployment()
  const ingress: KubeObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'odd', namespace: 'llm' },
    spec: {
      rules: [
        {
          host: '*',
          http: {
            paths: [{ path: '/', backend: { service: { name: 'front', port: { number: 80 } } } }],
          },
        },
      ],
    },
  }
  const result = await imported({ workload: live, others: [FRONT, ingress] })
  t.false(result.rendered.objects.some(({ kind }) => kind === 'Ingress'))
  t.is(adoptionOf(result).state, 'as it is')
})

const TOLERATED: Record<string, { live: KubeObject; rules: string[] }> = {
  'a rollout that gives up before its server may have started': {
    live: server({
      startupProbe: {
        httpGet: { path: '/health', port: 8080 },
        periodSeconds: 30,
        timeoutSeconds: 5,
        failureThreshold: 60,
      },
    }),
    rules: ['load-budget'],
  },
  'a probe of a port that its container does not declare': {
    live: server({
      livenessProbe: {
        httpGet: { path: '/live', port: 9090 },
        periodSeconds: 10,
        timeoutSeconds: 1,
        failureThreshold: 3,
      },
    }),
    rules: ['port-probe'],
  },
  'scraped at a port that is not declared': {
    live: withPods(deployment(), { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' }),
    rules: ['port-metrics'],
  },
}

for (const [title, { live, rules }] of Object.entries(TOLERATED)) {
  test(`A1 · what slipway would advise against stays, as a warning: ${title}`, async t => {
    await staysSame(t, { live })
    const { document } = await imported({ workload: live })
    t.deepEqual(Object.keys(document.spec.rules ?? {}), rules)
  })
}
