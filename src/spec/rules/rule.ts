import type { Catalogues } from '../catalogue/read.ts'
import { defined } from '../../object/index.ts'
import { allFound, type Found, type Problem, type ProblemCode } from '../../problem/index.ts'
import type { Endpoint, Policies, PolicyLevel } from '../set.ts'

/** One cross-field rule: pure, over a complete endpoint. */
export type Rule = (endpoint: Endpoint, context: RuleContext) => Found<Finding>

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
  /** By an environment's policy, where one is about it; else it is an error. */
  level?: PolicyLevel
  cause?: string
  remedy?: string | undefined
}

/** Two things that a spec says and that exclude each other. */
export function contradiction(path: string, message: string, remedy: string): Finding {
  return { code: 'contradiction', path, message, remedy }
}

/** What was found, at its places. */
export function problemsAt(endpoint: Endpoint, found: Found<Finding>): Problem[] {
  return allFound(found)
    .filter(({ level }) => level !== 'off')
    .map(({ path, level, ...rest }) => ({
      severity: level === 'warn' ? 'warning' : 'error',
      endpoint: endpoint.name,
      ...defined({ place: endpoint.placeOf(path), ...rest }),
    }))
}
