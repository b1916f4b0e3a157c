import { entries, isMap, type JsonMap } from '../../src/object/index.ts'
import { failure } from '../../src/problem/index.ts'
import {
  accelerated,
  portOf,
  protocolOf,
  servedPod,
  SERVING_CONTAINER,
  servingContainer,
  type Container,
  type ServingRuntime,
} from '../../src/serving-runtime/index.ts'
import { isServerless, type Endpoint } from '../../src/spec/index.ts'
import { isSaid, isWritten, writesDefaults } from '../pod-parts/as-said.ts'
import type { Blueprint } from '../blueprint.ts'
import { environmentOf, environmentSourcesOf } from '../environment.ts'
import { formatProbesOf } from './probes.ts'
import { formatAnnotationOf } from '../kserve.ts'
import { labelsOf, podMetadataOf } from '../labels.ts'
import { nativeUriOf } from '../model/weights.ts'
import { otherContainersOf } from '../pod-parts/other-containers.ts'
import { saidPortsOf } from '../pod-parts/ports.ts'
import type { PodSpec } from '../plain.ts'
import { podPartsOf } from '../pod.ts'
import { resourcesOf } from '../resources.ts'
import { containerSecurityOf, knativeSecurityOf } from '../security.ts'
import { lifecycleOf } from '../shutdown.ts'
import { volumeMountsOf } from '../storage.ts'

export function hasFormat({ spec }: Endpoint): boolean {
  return spec.model?.format !== undefined
}

/** The predictor of a model with a format: its serving runtime by name, and what the endpoint changes of the runtime's container. */
export function modelPredictorOf(blueprint: Blueprint): JsonMap {
  const { endpoint } = blueprint
  const runtime = runtimeOf(endpoint)
  const { format, protocol, servingRuntime, uri, storage, fetch } = endpoint.spec.model ?? {}
  return {
    ...podPartsOf(blueprint),
    containers: orAbsent(otherContainersOf(endpoint).beside),
    model: {
      modelFormat: format,
      runtime: isWritten(endpoint, 'model.servingRuntime') ? servingRuntime : undefined,
      protocolVersion: protocol ?? impliedProtocol(endpoint),
      storageUri: fetch === 'image' ? nativeUriOf(uri) : uri,
      storage,
      // KServe's webhook writes the container's name as it is in Go: empty.
      name: '',
      ...containerOf(endpoint, runtime),
    },
  }
}

/** What KServe's webhook writes for formats that v1 has never been spoken with. */
function impliedProtocol({ spec, namespace }: Endpoint): string | undefined {
  const { format } = spec.model ?? {}
  const implied = format && protocolOf({ format, namespace })
  return implied === 'v1' ? undefined : implied
}

function containerOf(endpoint: Endpoint, runtime: ServingRuntime): JsonMap {
  const { spec } = endpoint
  const base: Container = servingContainer(runtime) ?? { name: SERVING_CONTAINER }
  return {
    image: imageOf(endpoint, runtime),
    imagePullPolicy: isWritten(endpoint, 'imagePullPolicy') ? spec.imagePullPolicy : undefined,
    command: orAbsent(spec.command),
    args: orAbsent(spec.args),
    env: orAbsent(environmentOf(endpoint)),
    envFrom: orAbsent(environmentSourcesOf(endpoint)),
    ports: portsOf(endpoint, base),
    resources: resourcesOf(endpoint) ?? {},
    volumeMounts: volumeMountsOf(endpoint),
    ...formatProbesOf(endpoint, base),
    lifecycle:
      isServerless(endpoint) || keepsLifecycle(endpoint, base) ? undefined : lifecycleOf(endpoint),
    securityContext: securityOf(endpoint, base),
  }
}

/** As it is said where slipway adds nothing: KServe takes the build for GPUs by itself. */
function imageOf(endpoint: Endpoint, runtime: ServingRuntime): string | undefined {
  const { image, resources } = endpoint.spec
  if (!writesDefaults(endpoint)) return isSaid(endpoint, 'image') ? image : undefined
  return image && accelerated(image, runtime, resources.gpus)
}

function portsOf(endpoint: Endpoint, base: Container): readonly object[] | undefined {
  if (!writesDefaults(endpoint)) return saidPortsOf(endpoint)
  return endpoint.spec.port === portOf(base) ? undefined : [portEntry(endpoint, base)]
}

function portEntry({ spec }: Endpoint, base: Container): JsonMap {
  const isTaken = entries(base['ports']).some(({ name }) => name === 'http')
  return { name: isTaken ? undefined : 'http', containerPort: spec.port, protocol: 'TCP' }
}

/** A runtime that says how its server ends is not overruled by what nobody said. */
function keepsLifecycle(endpoint: Endpoint, base: Container): boolean {
  const origin = endpoint.originOf('spec.shutdown.preStop')
  return base['lifecycle'] !== undefined && (origin?.layer ?? 'built-in') === 'built-in'
}

/** Only what the runtime does not say itself. */
function securityOf(endpoint: Endpoint, base: Container): JsonMap | undefined {
  const given = base['securityContext']
  const wanted: object =
    (isServerless(endpoint) ? knativeSecurityOf : containerSecurityOf)(endpoint) ?? {}
  const missing = Object.entries(wanted).filter(([field]) => !isMap(given) || !(field in given))
  return missing.length === 0 ? undefined : Object.fromEntries(missing)
}

/**
 * The pods that KServe would make of it, for a Deployment: the runtime's container with its placeholders filled. One predictor stands
 * behind both runtimes, so they cannot differ.
 */
export function servedTemplateOf(blueprint: Blueprint) {
  const { endpoint } = blueprint
  const { name, namespace, annotations } = endpoint
  const given = {
    predictor: withoutUndefined(modelPredictorOf(blueprint)),
    name,
    namespace,
    labels: labelsOf(blueprint),
    annotations: { ...formatAnnotationOf(endpoint), ...annotations },
  }
  const pod = servedPod(given, runtimeOf(endpoint))
  const metadata = podMetadataOf(blueprint)
  return {
    metadata: {
      labels: { ...pod.labels, ...metadata.labels },
      annotations: orAbsentMap({ ...pod.annotations, ...metadata.annotations }),
    },
    spec: {
      ...pod.spec,
      containers: pod.spec.containers.map(container => asServer(container, endpoint)),
      // Manifests of the catalogue are taken as they are: what is wrong with them the API server says.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    } as unknown as PodSpec,
  }
}

function asServer(container: Container, endpoint: Endpoint): Container {
  if (container.name !== SERVING_CONTAINER) return container
  const ports = entries(container['ports'])
  const isDeclared = ports.some(({ containerPort }) => containerPort === endpoint.spec.port)
  const { readiness, liveness, startup } = endpoint.spec.probes
  return {
    ...container,
    name: endpoint.spec.containerName ?? 'server',
    ports: isDeclared ? ports : [...ports, portEntry(endpoint, container)],
    ...(readiness === false ? { readinessProbe: undefined } : {}),
    ...(liveness === false ? { livenessProbe: undefined } : {}),
    ...(startup === false ? { startupProbe: undefined } : {}),
  }
}

function runtimeOf(endpoint: Endpoint): ServingRuntime {
  if (endpoint.serving !== undefined) return endpoint.serving.runtime
  const place = endpoint.placeOf('spec.model.format')
  throw failure('serving-runtime', `${endpoint.name} has no serving runtime.`, {
    endpoint: endpoint.name,
    ...(place === undefined ? {} : { place }),
    remedy: 'Put one that supports spec.model.format into the folder of serving runtimes.',
  })
}

function withoutUndefined(value: JsonMap): JsonMap {
  return JSON.parse(JSON.stringify(value)) as JsonMap
}

function orAbsent<Item>(list: readonly Item[] | undefined): readonly Item[] | undefined {
  return list?.length === 0 ? undefined : list
}

function orAbsentMap(map: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(map).length === 0 ? undefined : map
}
