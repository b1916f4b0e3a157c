import type { Kind } from './kind.ts'
import { HTTP_ROUTE } from './http-route.ts'

/** Of the Gateway API (https://gateway-api.sigs.k8s.io/api-types/grpcroute/): its requests have methods, not paths. */
export const GRPC_ROUTE: Kind = {
  apiVersion: HTTP_ROUTE.apiVersion,
  kind: 'GRPCRoute',
  wave: 'traffic',
  atomic: ['rules', 'matches', 'filters', 'backendRefs'],
}
