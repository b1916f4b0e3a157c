import type { Kind } from './kind.ts'
import { partsIn } from './parts.ts'

/** What lets objects of other namespaces refer to those of its own (https://gateway-api.sigs.k8s.io/api-types/referencegrant/). */
export const REFERENCE_GRANT = {
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
} as const

/** Of the Gateway API (https://gateway-api.sigs.k8s.io/api-types/gateway/). Before the routes that name it. */
export const GATEWAY: Kind = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  wave: 'service',
  parts: partsIn('listener', ['spec', 'listeners']),
}
