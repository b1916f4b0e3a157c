import { predictorLabels } from '../../../charts/index.ts'
import { isMap } from '../../object/index.ts'
import type { JsonMap, KubeObject } from '../../object/index.ts'

/** What others may hold on to in the pods of a workload. */
export interface Pods {
  labels: Record<string, string>
  ports: { name?: unknown; containerPort?: unknown }[]
}

/** Undefined for what has no pods. KServe gives an InferenceService's labels to its pods, and two of its own. */
export function podsOf(object: KubeObject): Pods | undefined {
  const pod = podIn(object)
  if (pod === undefined) return undefined
  const ports = namedList(pod['containers']).flatMap(({ ports: own }) => namedList(own))
  if (object.kind !== 'InferenceService')
    return { labels: textsIn(objectAt(object, 'spec', 'template', 'metadata')['labels']), ports }
  const { name, labels } = object.metadata
  return { labels: { ...labels, ...textsIn(pod['labels']), ...predictorLabels(name) }, ports }
}

/** Labels of its pods. */
export function podLabels(object: KubeObject): Record<string, string> | undefined {
  return podsOf(object)?.labels
}

/** The pod's spec. */
export function podIn(object: KubeObject): JsonMap | undefined {
  if (object.kind === 'InferenceService') return objectAt(object, 'spec', 'predictor')
  const pod = objectAt(object, 'spec', 'template', 'spec')
  return Object.keys(pod).length === 0 ? undefined : pod
}

export function objectAt(value: unknown, ...path: string[]): JsonMap {
  const found = path.reduce<unknown>(
    (inner, name) => (isMap(inner) ? inner[name] : undefined),
    value,
  )
  return isMap(found) ? found : {}
}

export function namedList(value: unknown): JsonMap[] {
  return Array.isArray(value) ? value.filter(isMap) : []
}

function textsIn(value: unknown): Record<string, string> {
  const texts = isMap(value) ? Object.entries(value) : []
  return Object.fromEntries(
    texts.flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  )
}
