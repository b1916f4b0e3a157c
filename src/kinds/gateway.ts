import type { Kind } from './kind.ts'
import { partsIn } from './parts.ts'

/** Of the Gateway API (https://gateway-api.sigs.k8s.io/api-types/gateway/). Before the routes that name it. */
export const GATEWAY: Kind = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  wave: 'service',
  parts: partsIn('listener', ['spec', 'listeners']),
}
