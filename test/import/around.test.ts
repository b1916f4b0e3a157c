import test from 'ava'
import { adoptionOf } from '../../src/import/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { completed } from '../support/completed.ts'
import { becomes, imported } from '../support/import.ts'
import { FRONT, deployment } from '../support/live-deployment.ts'

/** Routes and autoscalers as teams write them: what the spec can say comes along unchanged, and what it cannot is named. */

function route(spec: object): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'public', namespace: 'llm' },
    spec: { parentRefs: [{ name: 'shared' }], hostnames: ['iris.example.com'], ...spec },
  }
}

const to = (name: string, more: object = {}) => ({ name, port: 80, ...more })
const PREFIX = { path: { type: 'PathPrefix', value: '/' } }

function scaledBy(triggers: object[], name = 'by-queue'): KubeObject {
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name, namespace: 'llm' },
    spec: { scaleTargetRef: { name: 'iris' }, minReplicaCount: 1, maxReplicaCount: 4, triggers },
  }
}

const PROMETHEUS = {
  type: 'prometheus',
  metadata: { serverAddress: 'http://mimir:9009', query: 'sum(waiting)', threshold: '4' },
}
const KAFKA = { type: 'kafka', metadata: { topic: 'jobs', lagThreshold: '5' } }

/** What KEDA makes of a ScaledObject. */
const MADE: KubeObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: {
    name: 'keda-hpa-by-queue',
    namespace: 'llm',
    ownerReferences: [
      {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        name: 'by-queue',
        uid: 'a',
        controller: true,
      },
    ],
  },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'iris' },
    minReplicas: 1,
    maxReplicas: 4,
  },
}

const COMES: Record<string, KubeObject[]> = {
  'a route with several rules, filters and a longer time-out': [
    route({
      rules: [
        {
          matches: [PREFIX],
          filters: [
            { type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['x-debug'] } },
          ],
          backendRefs: [to('front')],
          timeouts: { request: '10m', backendRequest: '5m' },
        },
        { matches: [{ path: { type: 'Exact', value: '/old' } }], backendRefs: [to('front')] },
      ],
    }),
  ],
  'a route of two hosts and two gateways': [
    route({
      parentRefs: [{ name: 'shared' }, { name: 'inner', namespace: 'edge', sectionName: 'https' }],
      hostnames: ['iris.example.com', 'iris.internal.example.com'],
      rules: [{ backendRefs: [to('front')] }],
    }),
  ],
  'a ScaledObject that counts by PromQL': [scaledBy([PROMETHEUS])],
  'a ScaledObject, and what KEDA has made of it': [scaledBy([PROMETHEUS]), MADE],
  'a ScaledObject with another trigger beside': [scaledBy([PROMETHEUS, KAFKA])],
}

for (const [title, others] of Object.entries(COMES))
  test(`A1 · comes along unchanged: ${title}`, async t => {
    const result = await imported({
      workload: deployment({ spec: { replicas: 3 } }),
      others: [FRONT, ...others],
    })
    t.deepEqual([result.losses, result.unsaid], [[], []])
    const own = others.filter(({ metadata }) => metadata.ownerReferences === undefined)
    for (const each of own)
      t.deepEqual(completed(becomes(result, each)), completed(each), each.kind)
    t.is(result.rendered.objects.length, own.length + 2)
    t.deepEqual(adoptionOf(result), { state: 'as it is', reasons: [] })
  })

const STAYS: Record<string, { others: KubeObject[]; told: RegExp }> = {
  'a route that shares out the requests': {
    others: [
      route({ rules: [{ backendRefs: [to('front', { weight: 9 }), to('next', { weight: 1 })] }] }),
    ],
    told: /HTTPRoute\/llm\/public shares out the requests of front: 90 % to front, 10 % to next/,
  },
  'a route that leads to others, too': {
    others: [
      route({
        rules: [{ backendRefs: [to('front')] }, { matches: [PREFIX], backendRefs: [to('next')] }],
      }),
    ],
    told: /HTTPRoute\/llm\/public leads to front and next/,
  },
  'a second route': {
    others: ['public', 'inner'].map(name => {
      const one = route({ rules: [{ backendRefs: [to('front')] }] })
      return { ...one, metadata: { ...one.metadata, name } }
    }),
    told: /HTTPRoute\/llm\/public leads to front/,
  },
  'a ScaledObject that counts otherwise': {
    others: [scaledBy([KAFKA])],
    told: /ScaledObject\/llm\/by-queue scales iris by kafka/,
  },
  'one that counts otherwise and has slipway’s name': {
    others: [scaledBy([KAFKA], 'iris-scaler')],
    told: /ScaledObject\/llm\/iris-scaler scales iris by kafka/,
  },
}

for (const [title, { others, told }] of Object.entries(STAYS))
  test(`A1 · stays outside and is named: ${title}`, async t => {
    const named = others.filter(({ metadata }) => metadata.name.startsWith('iris-'))
    const live = deployment({ spec: { replicas: 3 } })
    const rest = others.filter(each => !named.includes(each))
    const result = await imported({ workload: live, related: named, others: [FRONT, ...rest] })
    t.regex(result.unsaid.map(({ message }) => message).join('\n'), told)
    t.true(
      result.unsaid.every(
        ({ code, severity }) => code === 'not-imported' && severity === 'warning',
      ),
    )
    t.deepEqual(
      result.rendered.objects.map(({ kind }) => kind),
      ['Deployment', 'Service'],
    )
    t.deepEqual([result.losses, adoptionOf(result).state], [[], 'as it is'])
  })
