import type { Endpoint } from '../set.ts'
import { problemAt } from './rule.ts'
import type { Rule } from './rule.ts'

/** The host may come from any layer, but an endpoint with an ingress needs one. */
export const ingressHasHost: Rule = endpoint => {
  const { ingress } = endpoint.spec
  if (!ingress || endpoint.originOf('spec.ingress.host') !== undefined) return []
  return [
    problemAt(endpoint, {
      code: 'missing-field',
      path: 'spec.ingress',
      message: 'spec.ingress.host is missing',
      remedy: 'Name the host; "ingress: false" is for none.',
    }),
  ]
}

/** What leads clients to a Service, and what a Service is all of, cannot be without one. */
export const serviceIsNeeded: Rule = endpoint => {
  if (endpoint.spec.service) return []
  return needsOf(endpoint).map(([path, what]) =>
    problemAt(endpoint, {
      code: 'contradiction',
      path: 'spec.service',
      message: `spec.service is false, and ${path} needs it: ${what}`,
      remedy: `Leave out "service: false", or ${path}.`,
    }),
  )
}

type Need = readonly [path: string, what: string]

function needsOf({ spec: { ingress, metrics, runtime } }: Endpoint): Need[] {
  const isMonitored = Boolean(metrics) && metrics !== false && metrics?.scrape === 'ServiceMonitor'
  const needs: (Need | false)[] = [
    runtime === 'external' && ['spec.external', 'the Service is the alias of that host'],
    Boolean(ingress) && ['spec.ingress', 'the Ingress leads to the Service'],
    isMonitored && ['spec.metrics', 'a ServiceMonitor finds pods by their Service'],
  ]
  return needs.filter(need => need !== false)
}
