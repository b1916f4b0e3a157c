import { isOf, SCALED_OBJECT } from '../../kinds/index.ts'
import {
  at,
  defined,
  entries,
  number,
  text,
  type JsonMap,
  type KubeObject,
} from '../../object/index.ts'
import { QUEUE_METRICS, queueQuery, type QueuePreset } from '../../spec/index.ts'
import { seconds, some } from '../read.ts'

type Whose = Pick<KubeObject['metadata'], 'name' | 'namespace'>

/** Whether `scaling` can say what an autoscaler goes by: KEDA's, where a Prometheus counts. */
export function isSayable(autoscaler: KubeObject): boolean {
  return !isOf(autoscaler, SCALED_OBJECT) || triggerTypesOf(autoscaler).includes('prometheus')
}

/** By what KEDA scales. */
export function triggerTypesOf(scaled: KubeObject): string[] {
  return entries(at(scaled, 'spec', 'triggers')).flatMap(({ type }) => text(type) ?? [])
}

/** `scaling` as a ScaledObject has it; triggers that the spec has no field for, patches keep. */
export function scalingOfKeda(spec: unknown, whose: Whose): JsonMap {
  const triggers = entries(at(spec, 'triggers'))
  const counting = triggers.find(({ type }) => type === 'prometheus')
  const share = (type: string) => {
    const found = triggers.find(
      trigger => trigger['type'] === type && trigger['metricType'] === 'Utilization',
    )
    return numberIn(at(found, 'metadata', 'value'))
  }
  const cooldown = number(at(spec, 'cooldownPeriod'))
  return defined({
    min: number(at(spec, 'minReplicaCount')) ?? 0,
    max: number(at(spec, 'maxReplicaCount')) ?? 100,
    cpu: share('cpu'),
    memory: share('memory'),
    queue: some({
      ...countedBy(at(counting, 'metadata'), whose),
      target: numberIn(at(counting, 'metadata', 'threshold')),
      cooldown: cooldown === undefined ? undefined : seconds(cooldown),
      authentication: at(counting, 'authenticationRef', 'name'),
      authModes: at(counting, 'metadata', 'authModes'),
    }),
    behavior: at(spec, 'advanced', 'horizontalPodAutoscalerConfig', 'behavior'),
  })
}

/** `scaling.queue` as an InferenceService of the class keda has it. */
export function queueOfKserve(metrics: readonly JsonMap[], whose: Whose): JsonMap | undefined {
  const external = metrics.map(metric => metric['external']).find(each => each !== undefined)
  return some({
    ...countedBy(at(external, 'metric'), whose),
    target: numberIn(at(external, 'target', 'value')),
    authentication: at(external, 'authenticationRef', 'authenticationRef', 'name'),
    authModes: at(external, 'authenticationRef', 'authModes'),
  })
}

/** A query that is a preset's is said by its name. */
function countedBy(source: unknown, { name, namespace = '' }: Whose): JsonMap {
  const query = text(at(source, 'query'))
  const presets = Object.keys(QUEUE_METRICS) as QueuePreset[]
  const preset = presets.find(each => queueQuery({ preset: each }, { name, namespace }) === query)
  const prometheus = some({
    serverAddress: at(source, 'serverAddress'),
    query: preset === undefined ? query : undefined,
  })
  return { preset, prometheus }
}

function numberIn(value: unknown): number | undefined {
  const found = Number(text(value) ?? number(value) ?? Number.NaN)
  return Number.isNaN(found) ? undefined : found
}
