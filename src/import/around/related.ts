import {
  at,
  defined,
  entries,
  equalValues,
  number,
  text,
  type JsonMap,
  type KubeObject,
} from '../../object/index.ts'
import {
  HORIZONTAL_POD_AUTOSCALER,
  INGRESS,
  isKnative,
  isKserve,
  kindOf,
  NETWORK_POLICY,
  POD_DISRUPTION_BUDGET,
  podAnnotationsOf,
  SCALED_OBJECT,
  SERVICE,
  SERVICE_MONITOR,
  type Kind,
} from '../../kinds/index.ts'
import { BUILT_IN } from '../../spec/index.ts'
import { endpointNameOf } from '../canary/slots.ts'
import { isKubectl } from '../comparable.ts'
import { modeAsked, some } from '../read.ts'
import { queueOfKserve, scalingOfKeda } from '../scaling/queue.ts'

/** Fields of the spec that other objects than the workload say. */
export function relatedFields(workload: KubeObject, related: readonly KubeObject[]): JsonMap {
  const find = ({ kind }: Kind) => related.find(object => object.kind === kind)
  return defined({
    ...sizeOf(workload, find(HORIZONTAL_POD_AUTOSCALER), find(SCALED_OBJECT)),
    service: serviceOf(workload, find(SERVICE)),
    ingress: ingressOf(workload, find(INGRESS)),
    disruptionBudget: budgetOf(workload, related),
    metrics: metricsOf(workload, find(SERVICE_MONITOR)),
    networkPolicy: policyOf(workload, find(NETWORK_POLICY)),
    kserve: modeOf(workload),
  })
}

function sizeOf(
  workload: KubeObject,
  autoscaler: KubeObject | undefined,
  scaled: KubeObject | undefined,
): JsonMap {
  if (isKserve(workload)) return predictorSize(at(workload, 'spec', 'predictor'), workload.metadata)
  if (scaled !== undefined)
    return {
      scaling: {
        ...nameOf(workload, scaled),
        ...scalingOfKeda(at(scaled, 'spec'), workload.metadata),
      },
    }
  if (autoscaler !== undefined)
    return { scaling: { ...nameOf(workload, autoscaler), ...scalingOf(at(autoscaler, 'spec')) } }
  const replicas = number(at(workload, 'spec', 'replicas')) ?? 1
  return replicas === BUILT_IN.replicas ? {} : { replicas }
}

function scalingOf(spec: unknown): JsonMap {
  const metrics = entries(at(spec, 'metrics'))
  const [cpu, memory] = ['cpu', 'memory'].map(name =>
    metrics.find(metric => isTarget(metric, name)),
  )
  const others = metrics.filter(metric => metric !== cpu && metric !== memory)
  return defined({
    min: number(at(spec, 'minReplicas')) ?? 1,
    max: at(spec, 'maxReplicas'),
    cpu: at(cpu, 'resource', 'target', 'averageUtilization'),
    memory: at(memory, 'resource', 'target', 'averageUtilization'),
    metrics: others.length === 0 ? undefined : others,
    behavior: at(spec, 'behavior'),
  })
}

function isTarget(metric: JsonMap, name: string): boolean {
  const isUtilization = at(metric, 'resource', 'target', 'type') === 'Utilization'
  return metric['type'] === 'Resource' && at(metric, 'resource', 'name') === name && isUtilization
}

function predictorSize(predictor: unknown, whose: KubeObject['metadata']): JsonMap {
  const [min, max] = [
    number(at(predictor, 'minReplicas')) ?? 1,
    number(at(predictor, 'maxReplicas')),
  ]
  const metric = text(at(predictor, 'scaleMetric'))
  const target = at(predictor, 'scaleTarget')
  const metrics = entries(at(predictor, 'autoScaling', 'metrics'))
  const byMetric = Object.fromEntries(
    metrics.map(item => [
      text(at(item, 'resource', 'name')) ?? '',
      at(item, 'resource', 'target', 'averageUtilization'),
    ]),
  )
  const targets = { ...byMetric, ...(metric === undefined ? {} : { [metric]: target }) }
  const { cpu, memory } = targets
  const queue = queueOfKserve(metrics, whose)
  if (queue !== undefined) {
    const behavior = at(predictor, 'autoScaling', 'behavior')
    return { scaling: defined({ min, max, cpu, memory, queue, behavior }) }
  }
  if (cpu === undefined && memory === undefined && (max === undefined || max === min)) {
    return min === BUILT_IN.replicas ? {} : { replicas: min }
  }
  return { scaling: defined({ min, max, cpu, memory }) }
}

/** Where it is not the one that slipway would give. */
export function nameOf(workload: KubeObject, object: KubeObject): JsonMap {
  const own = object.metadata.name
  return own === `${endpointNameOf(workload)}${kindOf(object).suffix}` ? {} : { name: own }
}

function serviceOf(
  workload: KubeObject,
  service: KubeObject | undefined,
): JsonMap | false | undefined {
  if (service === undefined) return false
  const port = number(at(service, 'spec', 'ports', 0, 'port'))
  return some({
    ...nameOf(workload, service),
    port: port === BUILT_IN.service.port ? undefined : port,
    annotations: ownAnnotations(workload.metadata, service),
  })
}

/** Annotations of the endpoint are on every object of it. */
export function ownAnnotations(
  of: KubeObject['metadata'],
  object: KubeObject | undefined,
): JsonMap | undefined {
  const shared = of.annotations ?? {}
  const own = Object.entries(object?.metadata.annotations ?? {}).filter(
    ([name, value]) => shared[name] !== value && !isKubectl(name),
  )
  return some(Object.fromEntries(own))
}

function ingressOf(workload: KubeObject, ingress: KubeObject | undefined): JsonMap | undefined {
  if (ingress === undefined) return undefined
  const rule = at(ingress, 'spec', 'rules', 0)
  const path = at(rule, 'http', 'paths', 0, 'path')
  return some({
    ...nameOf(workload, ingress),
    host: at(rule, 'host'),
    path: path === '/' ? undefined : path,
    tls: at(ingress, 'spec', 'tls', 0, 'secretName'),
    className: at(ingress, 'spec', 'ingressClassName'),
    annotations: ownAnnotations(workload.metadata, ingress),
  })
}

/** Slipway makes one for two or more replicas by itself. */
function budgetOf(workload: KubeObject, related: readonly KubeObject[]): unknown {
  const budget = related.find(({ kind }) => kind === POD_DISRUPTION_BUDGET.kind)
  const isPlural = alwaysThere(workload, related) >= 2
  if (budget === undefined) return isPlural ? false : undefined
  const [minAvailable, maxUnavailable] = [
    at(budget, 'spec', 'minAvailable'),
    at(budget, 'spec', 'maxUnavailable'),
  ]
  const name = nameOf(workload, budget)
  if (isPlural && maxUnavailable === 1 && name['name'] === undefined) return undefined
  return defined({ ...name, minAvailable, maxUnavailable })
}

function alwaysThere(workload: KubeObject, related: readonly KubeObject[]): number {
  const autoscaler = related.find(({ kind }) => kind === HORIZONTAL_POD_AUTOSCALER.kind)
  const scaled = related.find(({ kind }) => kind === SCALED_OBJECT.kind)
  if (scaled !== undefined) return number(at(scaled, 'spec', 'minReplicaCount')) ?? 0
  const least = isKserve(workload)
    ? at(workload, 'spec', 'predictor', 'minReplicas')
    : autoscaler === undefined
      ? at(workload, 'spec', 'replicas')
      : at(autoscaler, 'spec', 'minReplicas')
  return number(least) ?? 1
}

function metricsOf(workload: KubeObject, monitor: KubeObject | undefined): JsonMap | undefined {
  if (monitor !== undefined) return monitorOf(workload, monitor)
  const annotations = podAnnotationsOf(workload)
  if (at(annotations, 'prometheus.io/scrape') !== 'true') return undefined
  const path = at(annotations, 'prometheus.io/path')
  return defined({ path: path === '/metrics' ? undefined : path })
}

function monitorOf({ metadata: { labels = {} } }: KubeObject, monitor: KubeObject): JsonMap {
  const endpoint = at(monitor, 'spec', 'endpoints', 0)
  const path = at(endpoint, 'path')
  const own = Object.entries(monitor.metadata.labels ?? {}).filter(([name]) => !(name in labels))
  return defined({
    scrape: 'ServiceMonitor',
    path: path === '/metrics' ? undefined : path,
    interval: at(endpoint, 'interval'),
    labels: some(Object.fromEntries(own)),
  })
}

function policyOf(workload: KubeObject, policy: KubeObject | undefined): JsonMap | undefined {
  if (policy === undefined) return undefined
  const from = at(policy, 'spec', 'ingress', 0, 'from')
  const name = nameOf(workload, policy)
  return equalValues(from, [{ podSelector: {} }]) ? name : defined({ ...name, from })
}

function modeOf(workload: KubeObject): JsonMap | undefined {
  const isServerless = isKserve(workload) && isKnative(modeAsked(workload))
  return isServerless ? { deploymentMode: 'serverless' } : undefined
}
