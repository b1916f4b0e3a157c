import test from 'ava'
import type { Draft } from '../../src/import/index.ts'
import { imported } from '../support/import.ts'
import {
  FRONT,
  MODEL,
  deployment,
  server,
  service,
  staysSame,
  type Json,
  type Same,
} from '../support/live-deployment.ts'

/** What of a pod has a field comes in as that field, and a patch does not say it again. */

interface Case extends Same {
  fields: Json
}

const AGENT = { name: 'agent', image: 'registry.example.com/envoyproxy/envoy:1' }
/** As the API server completes it. */
const FILLED = {
  imagePullPolicy: 'IfNotPresent',
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
}
const PERIODS = { periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1 }

const CASES: Record<string, Case> = {
  'probes by gRPC, connection and command': {
    live: server({
      readinessProbe: { grpc: { port: 8080, service: '' }, ...PERIODS },
      livenessProbe: { tcpSocket: { port: 9000 }, ...PERIODS },
      startupProbe: { exec: { command: ['/bin/started'] }, ...PERIODS, periodSeconds: 3 },
    }),
    fields: {
      probes: {
        readiness: { grpc: true, initialDelay: '0s', timeout: '1s' },
        liveness: { tcp: true, port: 9000, initialDelay: '0s', period: '10s', timeout: '1s' },
        startup: { exec: ['/bin/started'], period: '3s', timeout: '1s' },
      },
      loadTime: '9s',
    },
  },
  'a probe of another port, by TLS, with headers and successes': {
    live: server({
      ports: [
        { name: 'api', containerPort: 8080, protocol: 'TCP' },
        { name: 'admin', containerPort: 8081, protocol: 'TCP' },
      ],
      readinessProbe: {
        httpGet: {
          path: '/ready',
          port: 'admin',
          scheme: 'HTTPS',
          httpHeaders: [{ name: 'Host', value: 'iris' }],
        },
        ...PERIODS,
        successThreshold: 2,
      },
    }),
    others: [FRONT],
    fields: {
      ports: { api: 8080, admin: { port: 8081, service: false } },
      probes: {
        path: '/ready',
        port: 'admin',
        scheme: 'HTTPS',
        headers: { Host: 'iris' },
        readiness: { initialDelay: '0s', timeout: '1s', successes: 2 },
        liveness: false,
        startup: false,
      },
    },
  },
  'a startup probe that asks otherwise than the readiness probe': {
    live: server({
      readinessProbe: { grpc: { port: 9000 }, ...PERIODS },
      startupProbe: { httpGet: { path: '/health', port: 8080 }, ...PERIODS },
    }),
    fields: {
      probes: {
        readiness: { grpc: true, port: 9000, initialDelay: '0s', timeout: '1s' },
        liveness: false,
        startup: { path: '/health', port: 8080, timeout: '1s' },
      },
      loadTime: '30s',
    },
  },
  'a startup probe that asks as the readiness probe does': {
    live: server({
      readinessProbe: { tcpSocket: { port: 'api' }, ...PERIODS },
      startupProbe: { tcpSocket: { port: 'api' }, ...PERIODS },
      ports: [{ name: 'api', containerPort: 8080, protocol: 'TCP' }],
    }),
    fields: {
      probes: {
        port: 'api',
        readiness: { tcp: true, initialDelay: '0s', timeout: '1s' },
        liveness: false,
        startup: { timeout: '1s' },
      },
    },
  },
  'other containers, native sidecars among them, without what the API server fills in': {
    live: deployment({
      containers: [MODEL, { ...AGENT, ...FILLED, args: ['--all'] }],
      pod: {
        initContainers: [
          { name: 'fetch', image: 'registry.example.com/fetch:1', ...FILLED },
          {
            name: 'logs',
            image: 'registry.example.com/logs:1',
            restartPolicy: 'Always',
            ...FILLED,
          },
        ],
      },
    }),
    fields: {
      sidecars: [{ ...AGENT, imagePullPolicy: 'IfNotPresent', args: ['--all'] }],
      initContainers: [
        { name: 'fetch', image: 'registry.example.com/fetch:1', imagePullPolicy: 'IfNotPresent' },
        {
          name: 'logs',
          image: 'registry.example.com/logs:1',
          restartPolicy: 'Always',
          imagePullPolicy: 'IfNotPresent',
        },
      ],
    },
  },
  'volumes of other kinds, and one that the server does not mount': {
    live: deployment({
      containers: [
        {
          ...MODEL,
          volumeMounts: [
            { name: 'weights', mountPath: '/weights' },
            { name: 'token', mountPath: '/token', readOnly: true },
            { name: 'share', mountPath: '/share', subPath: 'a' },
          ],
        },
      ],
      pod: {
        volumes: [
          { name: 'weights', hostPath: { path: '/data', type: 'Directory' } },
          {
            name: 'token',
            projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: 'token' } }] },
          },
          { name: 'share', nfs: { server: 'nfs.example.com', path: '/models' } },
          { name: 'unused', csi: { driver: 'csi.example.com' } },
        ],
      },
    }),
    fields: {
      volumes: [
        { name: 'weights', mountPath: '/weights', hostPath: { path: '/data', type: 'Directory' } },
        {
          name: 'token',
          mountPath: '/token',
          readOnly: true,
          projected: { sources: [{ serviceAccountToken: { path: 'token' } }] },
        },
        {
          name: 'share',
          mountPath: '/share',
          subPath: 'a',
          nfs: { server: 'nfs.example.com', path: '/models' },
        },
        { name: 'unused', csi: { driver: 'csi.example.com' } },
      ],
    },
  },
  'the node’s network and memory, and another scheduler': {
    live: deployment({ pod: { hostNetwork: true, hostIPC: true, schedulerName: 'volcano' } }),
    fields: {
      hostNetwork: true,
      hostIPC: true,
      scheduling: { schedulerName: 'volcano' },
    },
  },
  'ports that its Service has, too': {
    live: server({
      ports: [
        { name: 'http', containerPort: 8080, protocol: 'TCP' },
        { name: 'grpc', containerPort: 9000, protocol: 'TCP' },
        { name: 'metrics', containerPort: 8002, protocol: 'TCP' },
      ],
    }),
    others: [
      service('front', {
        type: 'ClusterIP',
        selector: { app: 'iris' },
        ports: [
          { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
          { name: 'grpc', port: 9090, targetPort: 9000, protocol: 'TCP', appProtocol: 'grpc' },
        ],
      }),
    ],
    fields: {
      ports: {
        grpc: { port: 9000, service: 9090, appProtocol: 'grpc' },
        metrics: { port: 8002, service: false },
      },
    },
  },
  'whatever else a pod has': {
    live: deployment({
      pod: {
        dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
        hostAliases: [{ ip: '10.0.0.1', hostnames: ['models'] }],
        priority: 5,
      },
    }),
    fields: { pod: { priority: 5 } },
  },
}

for (const [title, { fields, ...live }] of Object.entries(CASES)) {
  test(`A1 · comes in as fields: ${title}`, async t => {
    await staysSame(t, live)
    const { document } = await importedFrom(live)
    t.like(document.spec, fields)
    t.deepEqual(podPatches(document), [])
  })
}

async function importedFrom({ live, ...rest }: Same) {
  return imported({ workload: live, ...rest })
}

/** What patches of the Deployment say of the pod's spec by merging. */
function podPatches({ spec }: Draft): unknown[] {
  return (spec.patches ?? []).flatMap(patch =>
    'merge' in patch && patch.merge !== undefined
      ? ((Object(patch.merge) as { spec?: { template?: { spec?: object } } }).spec?.template
          ?.spec ?? [])
      : [],
  )
}

test('A1 · what the pod has beyond the fields is under pod, where the server is called server', async t => {
  const live = server({ tty: true, lifecycle: { postStart: { exec: { command: ['/warm'] } } } })
  const { document } = await imported({ workload: live, others: [FRONT] })
  const pod = Object(document.spec.pod) as { containers: Json[] }
  t.like(pod.containers[0], {
    name: 'server',
    tty: true,
    lifecycle: { postStart: { exec: { command: ['/warm'] } } },
  })
})

test('A1 · where another container is called server, patches say it', async t => {
  const live = deployment({
    containers: [
      { ...MODEL, tty: true },
      { ...AGENT, name: 'server', resources: {} },
    ],
  })
  await staysSame(t, { live, container: 'model' })
})
