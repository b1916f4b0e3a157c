import type { Endpoint } from '../set.ts'
import { contradiction, type Finding, type Rule } from './rule.ts'

/** The host may come from any layer, but an endpoint with an ingress needs one. */
export const ingressHasHost: Rule = endpoint => {
  const { ingress } = endpoint.spec
  if (!ingress || endpoint.originOf('spec.ingress.host') !== undefined) return []
  return {
    code: 'missing-field',
    path: 'spec.ingress',
    message: 'spec.ingress.host is missing',
    remedy: 'Name the host; "ingress: false" is for none.',
  }
}

/** Host and gateway may come from any layer, but an endpoint with a route needs both. */
export const routeIsComplete: Rule = endpoint => {
  if (!endpoint.spec.route) return []
  return [missingHost(endpoint), missingGateway(endpoint)]
}

function missingHost(endpoint: Endpoint): Finding | undefined {
  if (isGiven(endpoint, 'host')) return undefined
  return {
    code: 'missing-field',
    path: 'spec.route',
    message: 'spec.route.host is missing',
    remedy: 'Name the host; "route: false" is for none.',
  }
}

function missingGateway(endpoint: Endpoint): Finding | undefined {
  if (isGiven(endpoint, 'gateway.name')) return undefined
  return {
    code: 'missing-field',
    path: isGiven(endpoint, 'gateway') ? 'spec.route.gateway' : 'spec.route',
    message: 'spec.route.gateway.name is missing',
    remedy:
      'Name the Gateway: "gateway: {namespace: infra, name: shared, section: https}", here or for all endpoints in defaults of slipway.yaml.',
  }
}

function isGiven(endpoint: Endpoint, field: string): boolean {
  return endpoint.originOf(`spec.route.${field}`) !== undefined
}

/** https://gateway-api.sigs.k8s.io/reference/spec/#backendref: gateways are told not to serve Services of type ExternalName. */
export const routeLeadsToPods: Rule = endpoint => {
  const { runtime, route } = endpoint.spec
  if (runtime !== 'external' || !route) return []
  return contradiction(
    'spec.route',
    'a route cannot lead to an external endpoint: gateways do not serve ExternalName Services',
    'Use ingress, or let clients use the host itself.',
  )
}

/** What leads clients to a Service, and what a Service is all of, cannot be without one. */
export const serviceIsNeeded: Rule = endpoint => {
  if (endpoint.spec.service) return []
  return needsOf(endpoint).map(([path, what]) =>
    contradiction(
      'spec.service',
      `spec.service is false, and ${path} needs it: ${what}`,
      `Leave out "service: false", or ${path}.`,
    ),
  )
}

type Need = readonly [path: string, what: string]

function needsOf({ spec: { ingress, route, metrics, runtime } }: Endpoint): Need[] {
  const isMonitored = Boolean(metrics) && metrics !== false && metrics?.scrape === 'ServiceMonitor'
  const needs: (Need | false)[] = [
    runtime === 'external' && ['spec.external', 'the Service is the alias of that host'],
    Boolean(ingress) && ['spec.ingress', 'the Ingress leads to the Service'],
    Boolean(route) && ['spec.route', 'the HTTPRoute leads to the Service'],
    isMonitored && ['spec.metrics', 'a ServiceMonitor finds pods by their Service'],
  ]
  return needs.filter(need => need !== false)
}
