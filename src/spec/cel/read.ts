import type { PolicySource } from '../../cel/index.ts'
import { problemWith, type Problem, type LoadedPart } from '../../problem/index.ts'
import type { ChosenEnvironment } from '../environment.ts'
import type { ReadProject } from '../project.ts'
import type { CelRuleSpec } from '../schema/policies.ts'
import type { CelRule } from '../set.ts'
import type { Source } from '../source.ts'
import type { RuleInFile } from './rule-in-file.ts'

/** The rules of an environment in CEL, compiled. The library is loaded when there is one. */
export async function readCelRules(
  source: Source,
  project: ReadProject,
  { environment: { name }, spec }: ChosenEnvironment,
): Promise<LoadedPart<CelRule[]>> {
  const rules = spec.policies?.cel ?? []
  if (rules.length === 0) return { value: [], problems: [] }
  const path = ['spec', 'environments', name, 'policies', 'cel']
  const results = await Promise.all(
    rules.map((rule, index) => readRule(source, { project, rule, path: [...path, index] })),
  )
  return {
    value: results.flatMap(({ value }) => value),
    problems: results.flatMap(({ problems }) => problems),
  }
}

async function readRule(source: Source, written: RuleInFile) {
  const { rule } = written
  const [{ inlinePolicy }, { policiesIn }] = await Promise.all([
    import('./inline.ts'),
    import('./manifest.ts'),
  ])
  const { policies, problems } =
    rule.file === undefined
      ? inlinePolicy(written)
      : await policiesIn({ ...written, source, file: rule.file })
  const compiled = await Promise.all(policies.map(policy => compileRule(policy, rule)))
  return {
    value: compiled.flatMap(({ value }) => value),
    problems: [...problems, ...compiled.flatMap(each => each.problems)],
  }
}

async function compileRule(policy: PolicySource, { level = 'error' }: CelRuleSpec) {
  const { compilePolicy } = await import('../../cel/index.ts')
  const { value, faults } = compilePolicy(policy)
  const problems = faults.map(({ message, place }): Problem =>
    problemWith({
      code: 'bad-value',
      place,
      message: `the policy "${policy.name}" has a wrong expression: ${message}`,
      remedy: 'docs/rules/policy-cel.md says what expressions may use.',
    }),
  )
  return { value: value === undefined ? [] : [{ policy: value, level }], problems }
}
