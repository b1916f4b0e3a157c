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
