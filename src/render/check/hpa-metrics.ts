import { HORIZONTAL_POD_AUTOSCALER, KSERVE, isKserve } from '../../kinds/index.ts'
import { at, entries, text, type JsonMap } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import type { Pods } from './pods.ts'
import { nameOfContainer } from './ports.ts'
import { nameOf, type Finding, type Findings, type Rule } from './rule.ts'
import type { View } from './view.ts'

/** An autoscaler has something to scale by, and percentages have a request that they are of. */
export const hpaMetrics: Rule = {
  id: 'hpa-metrics',
  find: view => [
    ofAutoscalers(view),
    view.pods.filter(isScaledByKserve).map(pods => {
      const { scaleMetric, autoScaling } = predictor(pods)
      const metrics = entries(at(autoScaling, 'metrics')).flatMap(resource)
      const all = [...metrics, text(scaleMetric) ?? []].flat()
      return all.length === 0 ? noMetrics(pods.workload) : withoutRequests(pods.workload, pods, all)
    }),
  ],
}

function ofAutoscalers({ ofKind, pods }: View): Findings {
  const own = Map.groupBy(pods, ({ workload }) => workload.endpoint)
  return ofKind(HORIZONTAL_POD_AUTOSCALER).map(autoscaler => {
    const metrics = entries(at(autoscaler.object, 'spec', 'metrics'))
    if (metrics.length === 0) return noMetrics(autoscaler)
    const [scaled] = own.get(autoscaler.endpoint) ?? []
    return scaled && withoutRequests(autoscaler, scaled, metrics.flatMap(resource))
  })
}

function isScaledByKserve({ workload }: Pods): boolean {
  const { object, endpoint } = workload
  const scaled = endpoint.spec.scaling !== undefined
  return (
    isKserve(object) && scaled && object.metadata.annotations?.[KSERVE.autoscalerClass] === 'hpa'
  )
}

function predictor({ spec }: Pods) {
  return { scaleMetric: at(spec, 'scaleMetric'), autoScaling: at(spec, 'autoScaling') }
}

function resource(metric: unknown): string[] {
  const utilization = at(metric, 'resource', 'target', 'type') === 'Utilization'
  const name = text(at(metric, 'resource', 'name'))
  return utilization && name !== undefined ? [name] : []
}

function noMetrics(rendering: Rendering): Finding {
  return {
    rendering,
    field: 'spec.scaling',
    message: `${nameOf(rendering)} has nothing to scale by: scaling names no target`,
    cause: 'The cluster would fill in 80 % CPU.',
    remedy: 'Set spec.scaling.cpu, memory or metrics, or replicas instead of scaling.',
  }
}

function withoutRequests(rendering: Rendering, pods: Pods, resources: string[]): Findings {
  return resources.flatMap(name => {
    const container = pods.containers.find(item => !requests(item, name))
    if (container === undefined) return []
    const isServer = container === pods.server
    return {
      rendering,
      field: `spec.scaling.${name}`,
      message: `${nameOf(rendering)} scales by ${name} in percent of the request, and container ${nameOfContainer(container)} has no ${name} request`,
      cause: 'The autoscaler would report FailedGetResourceMetric and never scale.',
      remedy: isServer
        ? `Set spec.resources.${name}.`
        : `Set resources.requests.${name} of container ${nameOfContainer(container)}.`,
    }
  })
}

/** The API server takes a limit for the request that is not given. */
function requests(container: JsonMap, name: string): boolean {
  return ['requests', 'limits'].some(each => at(container, 'resources', each, name) !== undefined)
}
