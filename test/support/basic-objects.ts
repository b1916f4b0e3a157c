import type { KubeObject } from '../../src/object/index.ts'

/** Small objects of the kinds that slipway renders, with fields of every sort: keyed lists, sets, atomic ones, quantities, defaults. */

type Make = (name: string) => KubeObject

const metadata = (name: string) => ({ name, labels: { app: name }, annotations: { a: '1' } })

const container = {
  name: 'server',
  image: 'registry.example.com/server:1',
  args: ['--a', '--b'],
  env: [
    { name: 'A', value: '1' },
    { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    { name: 'C', value: '$(A)' },
  ],
  ports: [{ name: 'http', containerPort: 8000 }],
  resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } },
  readinessProbe: { httpGet: { path: '/health', port: 8000 }, periodSeconds: 10 },
  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
}

const pod = {
  containers: [container],
  imagePullSecrets: [{ name: 'one' }],
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'gpu', operator: 'Exists' }],
  volumes: [
    { name: 'tmp', emptyDir: {} },
    { name: 'conf', configMap: { name: 'conf' } },
  ],
}

/** Paused and without replicas: no controller has anything to do. */
const deployment: Make = name => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata(name),
  spec: {
    paused: true,
    replicas: 0,
    selector: { matchLabels: { app: name } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
    template: { metadata: { labels: { app: name } }, spec: pod },
  },
})

const service: Make = name => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata(name),
  spec: {
    selector: { app: name },
    ports: [
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'quic', port: 80, protocol: 'UDP', targetPort: 8000 },
    ],
  },
})

const configMap: Make = name => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata(name),
  data: { a: '1', 'b.yaml': 'x: 1\n' },
})

const autoscaler: Make = name => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata(name),
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'none' },
    minReplicas: 1,
    maxReplicas: 3,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
      },
    ],
  },
})

/** The same kind in an older version: `metrics` has another name there. */
const olderAutoscaler: Make = name => ({
  ...autoscaler(name),
  apiVersion: 'autoscaling/v1',
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'none' },
    minReplicas: 1,
    maxReplicas: 3,
    targetCPUUtilizationPercentage: 70,
  },
})

const ingress: Make = name => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: metadata(name),
  spec: {
    rules: [
      {
        host: 'a.example.com',
        http: {
          paths: [
            {
              path: '/',
              pathType: 'Prefix',
              backend: { service: { name: 'a', port: { number: 80 } } },
            },
          ],
        },
      },
    ],
  },
})

const networkPolicy: Make = name => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata(name),
  spec: {
    podSelector: { matchLabels: { app: name } },
    ingress: [{ ports: [{ port: 8000, protocol: 'TCP' }] }],
    policyTypes: ['Ingress'],
  },
})

export const basicObjects: Make[] = [
  deployment,
  deployment,
  service,
  configMap,
  autoscaler,
  olderAutoscaler,
  ingress,
  networkPolicy,
]

/** Stopped: KServe makes nothing of it. */
export const inferenceService: Make = name => ({
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: {
    ...metadata(name),
    annotations: {
      'serving.kserve.io/stop': 'true',
      'serving.kserve.io/deploymentMode': 'Standard',
    },
  },
  spec: {
    predictor: {
      ...pod,
      minReplicas: 1,
      maxReplicas: 1,
      containers: [
        {
          ...container,
          name: 'kserve-container',
          ports: [{ ...container.ports[0], protocol: 'TCP' }],
        },
      ],
    },
  },
})
