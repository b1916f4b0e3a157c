import type { ReadProject } from '../project.ts'
import type { CelRuleSpec } from '../schema/policies.ts'
import type { Path } from '../yaml/node.ts'

/** A rule as slipway.yaml says it. */
export interface RuleInFile {
  project: ReadProject
  rule: CelRuleSpec
  /** In slipway.yaml. */
  path: Path
}
