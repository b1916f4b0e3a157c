import { DEPLOYMENT, kindOf } from '../kinds/index.ts'
import { groupOf } from '../object/index.ts'
import type { HandedObject } from './fleet.ts'

/** A workload whose number of replicas belongs to an autoscaler. */
export interface Scaled {
  group: string
  kind: string
  name: string
  namespace: string
}

export function scaledBy(objects: readonly HandedObject[]): Scaled[] {
  return objects.flatMap(({ object }) => {
    const target = kindOf(object).scales?.(object)
    const { apiVersion = DEPLOYMENT.apiVersion, kind = DEPLOYMENT.kind, name } = target ?? {}
    const { namespace = '' } = object.metadata
    if (name === undefined) return []
    return [{ group: groupOf(apiVersion), kind, name, namespace }]
  })
}
