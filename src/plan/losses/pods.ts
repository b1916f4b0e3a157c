import { containersIn, podLabelsOf } from '../../kinds/index.ts'
import { at, entries, type KubeObject } from '../../object/index.ts'

/** What others may hold on to in the pods of a workload. */
export interface Pods {
  labels: Record<string, string>
  ports: { name?: unknown; containerPort?: unknown }[]
}

/** Undefined for what has no pods. */
export function podsOf(object: KubeObject): Pods | undefined {
  const labels = podLabelsOf(object)
  const ports = containersIn(object).flatMap(container => entries(at(container, 'ports')))
  return labels && { labels, ports }
}
