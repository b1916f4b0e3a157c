import type { Catalogues } from '../catalogue/read.ts'
import type { Problem, ProblemCode } from '../../problem/index.ts'
import type { Endpoint, Policies, PolicyLevel } from '../set.ts'

/** One cross-field rule: pure, over a complete endpoint. */
export type Rule = (endpoint: Endpoint, context: RuleContext) => Problem[]

export interface RuleContext {
  policies: Policies
  catalogues: Catalogues
}

export interface Finding {
  code: ProblemCode
  /** The field that the problem is at: `spec.scaling.min`. */
  path: string
  message: string
  /** Its page in docs/rules. */
  rule?: string
  severity?: Problem['severity']
  cause?: string
  remedy?: string
}

export function problemAt(endpoint: Endpoint, { path, severity, ...rest }: Finding): Problem {
  const place = endpoint.placeOf(path)
  return {
    severity: severity ?? 'error',
    endpoint: endpoint.name,
    ...(place === undefined ? {} : { place }),
    ...rest,
  }
}

/** By an environment's policy: an error, a warning or nothing. */
export function problemByPolicy(
  level: PolicyLevel,
  endpoint: Endpoint,
  finding: Finding,
): Problem[] {
  if (level === 'off') return []
  return [problemAt(endpoint, { ...finding, severity: level === 'warn' ? 'warning' : 'error' })]
}
