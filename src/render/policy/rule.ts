import { allFound } from '../../problem/index.ts'
import type { Environment } from '../../spec/index.ts'
import type { Findings, Rule } from '../check/rule.ts'
import type { View } from '../check/view.ts'

/** What an environment's policy forbids in the rendered objects; docs/rules has a page for each id. */
export interface PolicyRule {
  id: string
  levelIn: (environment: Environment) => Environment['policies']['snippets']
  find: (view: View, environment: Environment) => Findings
}

/** The policies that an environment has on, as rules of the check: their findings have the policy's level. */
export function bindPolicies(policies: readonly PolicyRule[], environment: Environment): Rule[] {
  return policies.flatMap(policy => {
    const level = policy.levelIn(environment)
    return level === 'off' ? [] : [{ id: policy.id, find: view => found(view) }]
    function found(view: View): Findings {
      const severity = level === 'warn' ? { severity: 'warning' as const } : {}
      const findings = allFound(policy.find(view, environment))
      return findings.map(finding => ({ ...finding, code: 'policy' as const, ...severity }))
    }
  })
}
