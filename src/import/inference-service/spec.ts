import { isKnative, KSERVE, podSpecOf } from '../../kinds/index.ts'
import {
  at,
  defined,
  entries,
  number,
  text,
  type JsonMap,
  type KubeObject,
} from '../../object/index.ts'
import { BUILT_IN } from '../../spec/index.ts'
import { sourcesOf, variablesOf } from '../environment.ts'
import { schedulingOf } from '../pod.ts'
import { probesOf } from './probes.ts'
import { otherContainersOf } from '../pod-parts/other-containers.ts'
import { storageOf } from '../storage/storage.ts'
import { modeAsked, some } from '../read.ts'
import { relatedFields } from '../around/related.ts'
import { needsOf } from '../resources.ts'
import { accountOf, namesIn } from '../workload.ts'
import type { LiveEndpoint } from '../live.ts'

/**
 * The spec of an InferenceService that somebody else made, with slipway's defaults switched off: what is not there is not added, so
 * that KServe restarts nothing. What has no field is left to `kserve.predictor`.
 */
export function inferenceServiceSpec(found: LiveEndpoint, container: JsonMap): JsonMap {
  const { workload, related } = found
  const pod = podSpecOf(workload)
  const needs = { ...needsOf(container, undefined), gpus: 0, gpuResource: '' }
  const storage = storageOf(pod, container, { ...needs, isOurs: false })
  const ports = portsOf(container)
  return defined({
    runtime: 'kserve',
    model: modelOf(at(pod, 'model'), workload['status']),
    image: at(container, 'image'),
    imagePullPolicy: at(container, 'imagePullPolicy'),
    imagePullSecrets: namesIn(at(pod, 'imagePullSecrets')),
    command: at(container, 'command'),
    args: at(container, 'args'),
    env: some(variablesOf(container, NOTHING_OF_OURS).env),
    envFrom: sourcesOf(container),
    ...ports,
    ...otherContainersOf({ pod, server: KSERVE.container, isOurs: false }),
    probes: probesOf(container, number(ports['port']) ?? portWithout(pod)),
    resources: needs.resources,
    loadTime: loadTimeOf(container),
    shutdown: graceOf(at(pod, 'terminationGracePeriodSeconds')),
    scheduling: schedulingOf(pod, needs),
    serviceAccount: accountOf(workload, pod, related),
    volumes: storage.volumes,
    sharedMemory: storage.sharedMemory,
    hostNetwork: at(pod, 'hostNetwork') === true ? true : undefined,
    hostIPC: at(pod, 'hostIPC') === true ? true : undefined,
    ...withService(relatedFields(workload, related)),
    ...sizeOf(pod, needs.resources),
    kserve: kserveOf(workload),
  })
}

/** One that is said is rendered; what slipway adds by itself is switched off. */
function withService({ service = { port: BUILT_IN.service.port }, ...fields }: JsonMap): JsonMap {
  return { ...fields, service }
}

/** A serving runtime's is its own to say. */
function portWithout(pod: unknown): number {
  return at(pod, 'model') === undefined ? KSERVE.port : Number.NaN
}

const NOTHING_OF_OURS = { port: Number.NaN, home: false, isOurs: false, onKserve: true }

/** The runtime that KServe has chosen, where several may be equally good. */
function modelOf(model: unknown, status: unknown): JsonMap | undefined {
  if (model === undefined) return undefined
  const { name, version } = Object(at(model, 'modelFormat')) as JsonMap
  return defined({
    format: version === undefined ? name : { name, version },
    protocol: at(model, 'protocolVersion'),
    servingRuntime:
      at(model, 'runtime') ??
      at(status, 'servingRuntimeName') ??
      at(status, 'clusterServingRuntimeName'),
    uri: at(model, 'storageUri'),
    storage: storageFields(at(model, 'storage')),
  })
}

/** Those that the spec has words for. */
function storageFields(storage: unknown): JsonMap | undefined {
  return some({
    key: at(storage, 'key'),
    path: at(storage, 'path'),
    parameters: at(storage, 'parameters'),
  })
}

/** The first port is the one port, whose name is one of `ports`. */
function portsOf(container: JsonMap): JsonMap {
  const ports = entries(container['ports']).filter(isPlain)
  const named = ports.filter(({ name }) => text(name) !== undefined)
  return defined({
    port: number(ports[0]?.['containerPort']),
    ports: some(Object.fromEntries(named.map(({ name, containerPort }) => [name, containerPort]))),
  })
}

function isPlain({ protocol = 'TCP', ...rest }: JsonMap): boolean {
  return protocol === 'TCP' && Object.keys(rest).every(field => PORT_FIELDS.has(field))
}

const PORT_FIELDS = new Set(['name', 'containerPort'])

/** How long the kubelet lets a start take. */
function loadTimeOf(container: JsonMap): string | undefined {
  const probe = container['startupProbe'] ?? container['livenessProbe']
  if (probe === undefined) return undefined
  const { initialDelaySeconds, periodSeconds, failureThreshold } = Object(probe) as JsonMap
  const window = (number(periodSeconds) ?? 10) * (number(failureThreshold) ?? 3)
  return `${(number(initialDelaySeconds) ?? 0) + window}s`
}

function graceOf(grace: unknown): JsonMap | undefined {
  return number(grace) === undefined ? undefined : { gracePeriod: `${String(grace)}s` }
}

/** Bounds that the spec has a form for: a fixed number, or an autoscaler with a target. */
function sizeOf(predictor: unknown, resources: JsonMap | undefined): JsonMap {
  const [min, max] = [number(at(predictor, 'minReplicas')), number(at(predictor, 'maxReplicas'))]
  const [metric, target] = [at(predictor, 'scaleMetric'), at(predictor, 'scaleTarget')]
  const isFixed = min !== undefined && min === max && metric === undefined && target === undefined
  const isScaled = min !== undefined && max !== undefined && min < max && min > 0
  // A share of what nobody asks for has no form; KServe's own default may be meant.
  const isShare =
    ['cpu', 'memory'].includes(text(metric) ?? '') &&
    at(resources, text(metric) ?? '') !== undefined
  const hasTarget = isShare && number(target) !== undefined
  if (isFixed) return { scaling: undefined, replicas: min }
  if (isScaled && hasTarget)
    return { replicas: undefined, scaling: { min, max, [text(metric) ?? '']: target } }
  return { replicas: undefined, scaling: undefined }
}

function kserveOf(workload: KubeObject): JsonMap {
  return defined({
    deploymentMode: modeOf(workload),
    defaults: false,
    transformer: at(workload, 'spec', 'transformer'),
    explainer: at(workload, 'spec', 'explainer'),
  })
}

function modeOf(service: KubeObject): string | undefined {
  if (isKnative(modeAsked(service))) return 'serverless'
  const isSaid = service.metadata.annotations?.[KSERVE.deploymentMode] !== undefined
  return isSaid ? 'raw' : undefined
}
