import { at, entries, type KubeObject } from '../object/index.ts'
import type { Kind, Reference, Type } from './kind.ts'
import { reference } from './reference.ts'

/** Kinds of dynamic resource allocation: https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/ */

const CLAIMED = {
  wave: 'configuration',
  isReadyWhenStored: true,
  needed: { consequence: 'pods are not scheduled without it', field: () => 'spec.pod' },
} as const

export const DEVICE_CLASS: Kind = {
  ...CLAIMED,
  apiVersion: 'resource.k8s.io/v1',
  kind: 'DeviceClass',
}

export const RESOURCE_CLAIM: Kind = {
  ...CLAIMED,
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  references: claim => deviceClasses(at(claim, 'spec')),
}

export const RESOURCE_CLAIM_TEMPLATE: Kind = {
  ...CLAIMED,
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaimTemplate',
  references: (template: KubeObject) => deviceClasses(at(template, 'spec', 'spec')),
}

/** What drivers publish of a node. */
export const RESOURCE_SLICE: Type = { apiVersion: 'resource.k8s.io/v1', kind: 'ResourceSlice' }

/** Of the versions before v1, a request has its class itself. */
function deviceClasses(spec: unknown): Reference[] {
  const requests = entries(at(spec, 'devices', 'requests'))
  const alternatives = requests.flatMap(request => [
    request,
    at(request, 'exactly'),
    ...entries(at(request, 'firstAvailable')),
  ])
  return alternatives.flatMap(request =>
    reference(DEVICE_CLASS, at(request, 'deviceClassName'), 'device class'),
  )
}
