import { DEPLOYMENT, labelSelector, matches, podLabelsOf } from '../../kinds/index.ts'
import { ENDPOINT_LABEL, at, type KubeObject } from '../../object/index.ts'

/**
 * The labels by which a Deployment finds its pods, for the objects that slipway adds: so its pods need no label of slipway's, and go on
 * running. Undefined where they do not tell its pods from those of another workload, or where the pods have slipway's label.
 */
export function ownSelector(
  workload: KubeObject,
  others: readonly KubeObject[],
): Record<string, string> | undefined {
  const labels = podLabelsOf(workload) ?? {}
  if (workload.kind !== DEPLOYMENT.kind || ENDPOINT_LABEL in labels) return undefined
  const selector = labelSelector(at(workload, 'spec', 'selector'))
  const isPlain = selector.matchExpressions.length === 0
  const isShared = others.some(other => other !== workload && isTaken(other, selector.matchLabels))
  return isPlain && !isShared ? selector.matchLabels : undefined
}

function isTaken(other: KubeObject, matchLabels: Record<string, string>): boolean {
  const labels = podLabelsOf(other)
  return labels !== undefined && matches({ matchLabels, matchExpressions: [] }, labels)
}

const SELECTORS: Record<string, readonly string[]> = {
  Service: ['spec', 'selector'],
  PodDisruptionBudget: ['spec', 'selector', 'matchLabels'],
  NetworkPolicy: ['spec', 'podSelector', 'matchLabels'],
}

/** Whether it finds pods by labels. */
export function isSelecting({ kind }: KubeObject): boolean {
  return Object.hasOwn(SELECTORS, kind)
}

/** A rendered object, selecting by these labels. */
export function selectingBy(object: KubeObject, labels: Record<string, string>): KubeObject {
  const copy = structuredClone(object)
  const path = SELECTORS[object.kind] ?? []
  const parent = at(copy, ...path.slice(0, -1))
  const last = path.at(-1)
  if (last !== undefined && parent !== undefined) Reflect.set(Object(parent), last, labels)
  return copy
}
