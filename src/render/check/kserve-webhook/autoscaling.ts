import { isKnative, isStandard, KSERVE } from '../../../kinds/index.ts'
import {
  at,
  entries,
  isMap,
  number,
  quantityOf,
  text,
  type JsonMap,
} from '../../../object/index.ts'
import type { Component, Refusals, Service } from './service.ts'

const CLASSES = ['hpa', 'external', 'keda', 'none']

/** The autoscaler's class, and what the one that is meant can be told (validateAutoScalingCompExtension). */
export function autoscaling(service: Service): Refusals {
  const { annotations } = service
  const given = annotations[KSERVE.autoscalerClass]
  if (given !== undefined && !CLASSES.includes(given)) {
    return {
      path: ['metadata', 'annotations', KSERVE.autoscalerClass],
      why: `${given} is not an autoscaler class; there are ${CLASSES.join(', ')}`,
    }
  }
  const check = checkOf(annotations)
  return check && service.components.map(check)
}

type Check = (component: Component) => Refusals

/** Without the annotation KServe's configuration decides, which is not known here. */
function checkOf(annotations: Record<string, string>): Check | undefined {
  const mode = annotations[KSERVE.deploymentMode]
  if (isStandard(mode)) return { hpa, keda }[annotations[KSERVE.autoscalerClass] ?? '']
  if (!isKnative(mode)) return undefined
  return annotations[KSERVE.knativeClass] === KSERVE.knativeHpa ? hpa : knative
}

function hpa({ name, spec, path }: Component): Refusals {
  const metric = text(spec['scaleMetric']) ?? 'cpu'
  const target = number(spec['scaleTarget'])
  if (!['cpu', 'memory'].includes(metric)) {
    return {
      path: [...path, 'scaleMetric'],
      why: `the ${name} cannot be scaled by ${metric}; an HPA takes cpu and memory`,
    }
  }
  if (target !== undefined && (target < 1 || target > 100)) {
    return {
      path: [...path, 'scaleTarget'],
      why: `scaleTarget of the ${name} is ${target}, not from 1 to 100`,
    }
  }
  return metricsOf(spec).map((each, index) =>
    each['type'] === 'Resource' && isMap(each['resource'])
      ? undefined
      : {
          path: [...path, 'autoScaling', 'metrics', index],
          why: `metric ${index + 1} of the ${name} is not a resource, and an HPA takes nothing else`,
        },
  )
}

function metricsOf(spec: JsonMap): JsonMap[] {
  return entries(at(spec, 'autoScaling', 'metrics'))
}

function keda({ name, spec, path }: Component): Refusals {
  if (spec['scaleMetric'] !== undefined) {
    return {
      path: [...path, 'scaleMetric'],
      why: `the ${name} says scaleMetric, which KEDA is not told; say autoScaling`,
    }
  }
  return metricsOf(spec).map((metric, index) => {
    const why = faultOf(metric)
    if (why === undefined) return undefined
    const where = [...path, 'autoScaling', 'metrics', index]
    return { path: where, why: `metric ${index + 1} of the ${name} ${why}` }
  })
}

const SOURCES: Record<string, string> = {
  Resource: 'resource',
  External: 'external',
  PodMetric: 'podmetric',
}

function faultOf(metric: JsonMap): string | undefined {
  const type = text(metric['type']) ?? ''
  const field = SOURCES[type]
  if (field === undefined)
    return `has the type ${type}; KEDA takes ${Object.keys(SOURCES).join(', ')}`
  const source = metric[field]
  if (!isMap(source)) return `says nothing under ${field}`
  if (type === 'Resource') return resourceFault(source) ?? targetFault(source)
  if ((text(at(source, 'metric', 'query')) ?? '') === '') return 'has no query'
  if (at(source, 'target', 'value') === undefined) return 'has no target.value'
  return targetFault(source)
}

function resourceFault(source: JsonMap): string | undefined {
  const type = text(at(source, 'target', 'type'))
  if (source['name'] === 'cpu')
    return type === 'Utilization' ? undefined : 'is CPU, of which KEDA takes the type Utilization'
  if (type !== 'AverageValue' && type !== 'Utilization')
    return 'is memory, of which KEDA takes the types Utilization and AverageValue'
  const value = at(source, 'target', 'averageValue')
  const bytes = quantityOf(typeof value === 'number' ? String(value) : (text(value) ?? ''))
  return type === 'AverageValue' && (bytes ?? 0) < 2 ** 20
    ? 'has a target of less than 1Mi of memory'
    : undefined
}

/** The field that a target of each type asks for. */
const TARGETS: Record<string, string> = {
  Utilization: 'averageUtilization',
  AverageValue: 'averageValue',
  Value: 'value',
}

function targetFault(source: JsonMap): string | undefined {
  const field = TARGETS[text(at(source, 'target', 'type')) ?? ''] ?? ''
  const value = at(source, 'target', field)
  if (field !== '' && value === undefined) return `has no target.${field}`
  const percent = field === 'averageUtilization' ? number(value) : undefined
  return percent !== undefined && (percent < 1 || percent > 100)
    ? `has a target of ${percent} percent, not from 1 to 100`
    : undefined
}

function knative({ name, spec, path }: Component): Refusals {
  if (spec['deploymentStrategy'] !== undefined) {
    return {
      path: [...path, 'deploymentStrategy'],
      why: `Knative takes no deploymentStrategy of the ${name}`,
    }
  }
  const metric = text(spec['scaleMetric']) ?? 'concurrency'
  if (!['concurrency', 'rps'].includes(metric)) {
    return {
      path: [...path, 'scaleMetric'],
      why: `Knative’s own autoscaler does not scale the ${name} by ${metric}, but by concurrency or rps`,
      remedy: `Set the annotation ${KSERVE.knativeClass}: ${KSERVE.knativeHpa}.`,
    }
  }
  const target = number(spec['scaleTarget'])
  return metric === 'rps' && target !== undefined && target < 1
    ? { path: [...path, 'scaleTarget'], why: `scaleTarget of the ${name} is below 1` }
    : undefined
}
