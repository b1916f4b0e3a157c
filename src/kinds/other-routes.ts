import { HTTP_ROUTE } from './http-route.ts'
import type { Type } from './kind.ts'

/** Of the Gateway API, of which only the readiness is known: their status is that of an HTTPRoute. */
export const OTHER_ROUTES: readonly Type[] = ['TLSRoute', 'TCPRoute', 'UDPRoute'].map(kind => ({
  apiVersion: HTTP_ROUTE.apiVersion,
  kind,
}))
