import { entries, isMap, type JsonMap, type KubeObject } from '../../src/object/index.ts'

/** Fills in what an API server fills in (pkg/apis/core/v1/defaults.go), so that two ways to say the same compare equal. */
export function completed({ kind, spec }: KubeObject): unknown {
  if (!isMap(spec)) return spec
  if (kind === 'Service') return { ...spec, ports: each(spec['ports'], { protocol: 'TCP' }) }
  const template = Object(spec['template']) as JsonMap
  if (kind !== 'Deployment') return spec
  return { ...spec, template: { ...template, spec: completedPod(Object(template['spec'])) } }
}

const POD = { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', securityContext: {} }
const PROBE = { periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 }
const CONTAINER = {
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
}

function completedPod(pod: JsonMap): JsonMap {
  return {
    ...POD,
    schedulerName: 'default-scheduler',
    ...pod,
    containers: entries(pod['containers']).map(completedContainer),
    initContainers: entries(pod['initContainers']).map(completedContainer),
    volumes: entries(pod['volumes']).map(completedVolume),
  }
}

function completedContainer(container: JsonMap): JsonMap {
  const probes = ['readinessProbe', 'livenessProbe', 'startupProbe']
    .filter(probe => isMap(container[probe]))
    .map(probe => [probe, completedProbe(Object(container[probe]))])
  return {
    ...CONTAINER,
    ...container,
    ports: each(container['ports'], { protocol: 'TCP' }),
    env: entries(container['env']),
    volumeMounts: entries(container['volumeMounts']),
    ...Object.fromEntries(probes),
  }
}

function completedProbe(probe: JsonMap): JsonMap {
  const { httpGet, grpc } = probe
  return {
    ...PROBE,
    ...probe,
    ...(isMap(httpGet) ? { httpGet: { scheme: 'HTTP', ...httpGet } } : {}),
    ...(isMap(grpc) ? { grpc: { service: '', ...grpc } } : {}),
  }
}

function completedVolume(volume: JsonMap): JsonMap {
  const sources = Object.entries(volume).map(([kind, source]) => [
    kind,
    WITH_MODE.has(kind) ? { defaultMode: 420, ...Object(source) } : source,
  ])
  return Object.fromEntries(sources) as JsonMap
}

const WITH_MODE = new Set(['secret', 'configMap', 'projected', 'downwardAPI'])

function each(list: unknown, usual: JsonMap): JsonMap[] {
  return entries(list).map(entry => ({ ...usual, ...entry }))
}
