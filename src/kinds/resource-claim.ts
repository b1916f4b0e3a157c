import { at, entries } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import type { Kind, Reference } from './kind.ts'
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
