import test from 'ava'
import { adoptionOf } from '../../src/import/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { imported } from '../support/import.ts'
import {
  MODEL,
  deployment,
  server,
  service,
  staysSame,
  withPods,
  type Json,
  type Same,
} from '../support/live-deployment.ts'

/** Deployments as charts and hand-written manifests of model servers have them: what is imported renders to them, and patches nothing away. */

const http = (path: string, port: number | string) => ({
  httpGet: { path, port },
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
})
const gpu = (count: number) => ({
  requests: { cpu: '6', memory: '16Gi', 'nvidia.com/gpu': `${count}` },
  limits: { memory: '16Gi', 'nvidia.com/gpu': `${count}` },
})
const port = (containerPort: number, name?: string) => ({
  containerPort,
  protocol: 'TCP',
  ...(name === undefined ? {} : { name }),
})
const leading = (ports: Json[], more: Json = {}) =>
  service('front', { type: 'ClusterIP', selector: { app: 'iris' }, ports, ...more })
const serving = (fields: Json, pod: Json = {}, spec: Json = {}): KubeObject =>
  deployment({ containers: [{ ...MODEL, ...fields }], pod, spec })
const pod = (fields: Json) => deployment({ pod: fields })

const FORMS: Record<string, Same> = {
  'vLLM, as the chart of the production stack has it': {
    live: serving(
      {
        name: 'vllm',
        image: 'registry.example.com/vllm/vllm-openai:v0.6',
        command: ['vllm', 'serve', 'example/tiny', '--host', '0.0.0.0', '--port', '8000'],
        env: [{ name: 'HF_HOME', value: '/data' }],
        ports: [port(8000, 'container-port')],
        resources: gpu(1),
        startupProbe: { ...http('/health', 8000), initialDelaySeconds: 15, failureThreshold: 60 },
        livenessProbe: http('/health', 8000),
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
      { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] },
      { strategy: { type: 'Recreate' } },
    ),
    others: [leading([{ name: 'service-port', port: 80, targetPort: 'container-port' }])],
  },
  'TGI, with shared memory': {
    live: serving(
      {
        image: 'registry.example.com/text-generation-inference:2',
        args: ['--model-id', 'example/tiny'],
        ports: [port(80)],
        volumeMounts: [{ name: 'dshm', mountPath: '/dev/shm' }],
      },
      { volumes: [{ name: 'dshm', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } }] },
    ),
  },
  'Triton, with three ports': {
    live: serving({
      image: 'registry.example.com/tritonserver:24',
      args: ['tritonserver', '--model-store=/models'],
      ports: [port(8000, 'http'), port(8001, 'grpc'), port(8002, 'metrics')],
      livenessProbe: http('/v2/health/live', 'http'),
      readinessProbe: { ...http('/v2/health/ready', 'http'), initialDelaySeconds: 5 },
    }),
    others: [
      leading([
        { name: 'http', port: 8000, targetPort: 'http' },
        { name: 'grpc', port: 8001, targetPort: 'grpc' },
        { name: 'metrics', port: 8002, targetPort: 'metrics' },
      ]),
    ],
  },
  'llama.cpp, which downloads its model first': {
    live: deployment({
      containers: [
        {
          ...MODEL,
          image: 'registry.example.com/llama.cpp:server',
          args: ['-m', '/models/tiny.gguf'],
          volumeMounts: [{ name: 'models', mountPath: '/models' }],
        },
      ],
      pod: {
        initContainers: [
          {
            name: 'download',
            image: 'registry.example.com/curl:8',
            command: ['sh', '-c', 'curl -o /models/tiny.gguf https://models.example.com/tiny'],
            volumeMounts: [{ name: 'models', mountPath: '/models' }],
          },
        ],
        volumes: [{ name: 'models', emptyDir: {} }],
      },
    }),
  },
  'Ollama, with a hook after the start': {
    live: serving({
      image: 'registry.example.com/ollama:0.5',
      ports: [port(11_434, 'http')],
      lifecycle: { postStart: { exec: { command: ['ollama', 'pull', 'tiny'] } } },
    }),
  },
  'TorchServe, configured by a ConfigMap': {
    live: serving(
      {
        image: 'registry.example.com/torchserve:0.12',
        ports: [port(8080, 'ts'), port(8081, 'ts-management'), port(8082, 'ts-metrics')],
        volumeMounts: [
          { name: 'config', mountPath: '/etc/config.properties', subPath: 'config.properties' },
        ],
      },
      {
        volumes: [
          {
            name: 'config',
            configMap: { name: 'ts', defaultMode: 420, items: [{ key: 'a', path: 'b' }] },
          },
        ],
      },
    ),
  },
  'Ray Serve’s head, with its dashboard': {
    live: serving({
      image: 'registry.example.com/ray-llm:2',
      command: ['ray', 'start', '--head', '--block'],
      ports: [port(6379, 'gcs'), port(8265, 'dashboard'), port(8000, 'serve')],
    }),
    others: [leading([{ name: 'serve', port: 8000, targetPort: 'serve' }])],
  },
  'TensorFlow Serving by gRPC': {
    live: serving({
      image: 'registry.example.com/tensorflow/serving:2',
      ports: [port(8500, 'grpc'), port(8501, 'rest')],
      readinessProbe: {
        grpc: { port: 8500, service: '' },
        periodSeconds: 10,
        timeoutSeconds: 1,
        successThreshold: 1,
        failureThreshold: 3,
      },
    }),
    others: [
      leading([{ name: 'grpc', port: 8500, targetPort: 8500, appProtocol: 'kubernetes.io/h2c' }]),
    ],
  },
  'Services with a cluster IP and without': {
    live: serving({ ports: [port(8080, 'api')] }),
    others: [
      leading([{ name: 'api', port: 80, targetPort: 'api' }]),
      service('peers', {
        clusterIP: 'None',
        selector: { app: 'iris' },
        ports: [{ port: 8080, targetPort: 8080 }],
      }),
    ],
  },
  'a Service of type NodePort': {
    live: serving({}),
    others: [leading([{ port: 80, targetPort: 8080, nodePort: 30_080 }], { type: 'NodePort' })],
  },
  'a Service with sticky sessions': {
    live: serving({}),
    others: [
      leading([{ port: 80, targetPort: 8080 }], {
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
      }),
    ],
  },
  'an ExternalName beside it': {
    live: serving({}),
    others: [service('upstream', { type: 'ExternalName', externalName: 'api.example.com' })],
  },
  'whole Secrets and ConfigMaps as environment': {
    live: serving({
      envFrom: [
        { configMapRef: { name: 'settings' } },
        { secretRef: { name: 'keys', optional: true }, prefix: 'KEY_' },
      ],
    }),
  },
  'variables that Kubernetes works out': {
    live: serving({
      env: [
        { name: 'NODE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
        { name: 'CPU', valueFrom: { resourceFieldRef: { divisor: '0', resource: 'limits.cpu' } } },
      ],
    }),
  },
  'security contexts of its own': {
    live: serving(
      {
        securityContext: {
          runAsUser: 10_001,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
      { securityContext: { runAsNonRoot: true, fsGroup: 2000, supplementalGroups: [44] } },
    ),
  },
  'names of hosts, and DNS of its own': {
    live: pod({
      hostAliases: [{ ip: '10.1.2.3', hostnames: ['models.internal'] }],
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['10.0.0.10'], searches: ['llm.svc'] },
    }),
  },
  'spread over zones and nodes': {
    live: pod({
      topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
        topologyKey => ({
          topologyKey,
          maxSkew: 1,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { app: 'iris' } },
        }),
      ),
    }),
  },
  'a class of priority and of runtime, and tolerations': {
    live: pod({
      priorityClassName: 'serving',
      runtimeClassName: 'nvidia',
      nodeSelector: { type: 'ClusterIP', pool: 'gpu' },
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
    }),
  },
  'affinity to nodes and against its own pods': {
    live: pod({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              labelSelector: { matchLabels: { app: 'iris' } },
              topologyKey: 'kubernetes.io/hostname',
            },
          ],
        },
      },
    }),
  },
  'a long end': {
    live: serving(
      { lifecycle: { preStop: { exec: { command: ['/drain', '--wait'] } } } },
      { terminationGracePeriodSeconds: 600 },
    ),
  },
  'a hook by HTTP on another port': {
    live: serving({
      ports: [port(8080), port(9090, 'admin')],
      lifecycle: { preStop: { httpGet: { path: '/drain', port: 9090 } } },
    }),
  },
  'settings of its rollouts': {
    live: serving(
      {},
      {},
      {
        revisionHistoryLimit: 2,
        minReadySeconds: 30,
        progressDeadlineSeconds: 1800,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      },
    ),
  },
  'rollouts that are paused': { live: serving({}, {}, { paused: true }) },
  'no replicas': { live: serving({}, {}, { replicas: 0 }) },
  'annotations of kubectl and of its controller': {
    live: deployment({
      metadata: {
        name: 'iris',
        namespace: 'llm',
        annotations: {
          'deployment.kubernetes.io/revision': '7',
          'kubectl.kubernetes.io/last-applied-configuration': '{"kind":"Deployment"}',
          'kubernetes.io/change-cause': 'a newer model',
        },
      },
    }),
  },
  'restarted, injected and scraped by annotations': {
    live: withPods(deployment(), {
      'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z',
      'sidecar.istio.io/inject': 'true',
      'checksum/config': 'abc',
    }),
  },
  'a proxy of its own as a native sidecar': {
    live: deployment({
      pod: {
        initContainers: [
          {
            name: 'proxy',
            image: 'registry.example.com/envoyproxy/envoy:1',
            restartPolicy: 'Always',
            startupProbe: http('/ready', 15_021),
          },
        ],
      },
    }),
  },
  'volumes of CSI whose attributes are called like fields': {
    live: serving(
      { volumeMounts: [{ name: 'store', mountPath: '/store' }] },
      {
        volumes: [
          {
            name: 'store',
            csi: {
              driver: 'csi.example.com',
              volumeAttributes: { protocol: 'TCP', type: 'ClusterIP' },
            },
          },
        ],
      },
    ),
  },
  'a device of the node, mounted twice': {
    live: serving(
      {
        volumeMounts: [
          { name: 'dev', mountPath: '/dev/a' },
          { name: 'dev', mountPath: '/dev/b', readOnly: true },
        ],
      },
      { volumes: [{ name: 'dev', hostPath: { path: '/dev', type: '' } }] },
    ),
  },
  'a registry that asks for a password, and an account': {
    live: pod({
      imagePullSecrets: [{ name: 'registry' }],
      serviceAccountName: 'models',
      automountServiceAccountToken: false,
    }),
  },
  'a port of the node': { live: server({ ports: [{ ...port(8080), hostPort: 8080 }] }) },
  'selected by expressions': {
    live: deployment({
      spec: {
        selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['iris'] }] },
      },
    }),
  },
}

for (const [title, form] of Object.entries(FORMS)) {
  test(`A1 · imported as it is: ${title}`, async t => {
    await staysSame(t, form)
    const { live, others = [] } = form
    t.is(adoptionOf(await imported({ workload: live, others })).state, 'as it is')
  })
}

const MARKED: Record<string, Json> = {
  'a release of Helm': {
    labels: { 'app.kubernetes.io/managed-by': 'Helm', 'helm.sh/chart': 'vllm-1' },
    annotations: { 'meta.helm.sh/release-name': 'iris', 'meta.helm.sh/release-namespace': 'llm' },
  },
  'an application of Argo CD': {
    annotations: { 'argocd.argoproj.io/tracking-id': 'iris:apps/Deployment:llm/iris' },
  },
}

for (const [title, marks] of Object.entries(MARKED)) {
  test(`A1 · of ${title} the pods stay as they are, and the marks are told`, async t => {
    const live = deployment({ metadata: { name: 'iris', namespace: 'llm', ...marks } })
    const result = await imported({ workload: live })
    t.deepEqual(result.losses, [])
    t.true(result.unsaid.length > 0)
    t.true(result.unsaid.every(({ message }) => message.startsWith('metadata.')))
  })
}
