import type { RenderedObject } from '../render/index.ts'

/** A workload whose number of replicas belongs to an autoscaler. */
export interface Scaled {
  group: string
  kind: string
  name: string
  namespace: string
}

export function scaledBy(objects: readonly RenderedObject[]): Scaled[] {
  return objects.flatMap(({ object }) => {
    if (object.kind !== 'HorizontalPodAutoscaler' && object.kind !== 'ScaledObject') return []
    const { scaleTargetRef = {} } = (object['spec'] ?? {}) as {
      scaleTargetRef?: { apiVersion?: string; kind?: string; name?: string }
    }
    const { apiVersion = 'apps/v1', kind = 'Deployment', name } = scaleTargetRef
    const { namespace = '' } = object.metadata
    if (name === undefined) return []
    return [{ group: groupOf(apiVersion), kind, name, namespace }]
  })
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}
