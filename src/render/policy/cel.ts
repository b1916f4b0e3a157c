import { placeText } from '../../problem/index.ts'
import { maskText } from '../../secret/index.ts'
import type { CelRule } from '../../spec/index.ts'
import { nameOf, type Findings, type Rule } from '../check/rule.ts'
import type { Rendering } from '../rendered.ts'
import type { Verdict } from '../../cel/index.ts'

/** Policy cel: rules of the team's own over each rendered object, as the API server would judge it. */
export function bindCelRules(rules: readonly CelRule[] = []): Rule[] {
  if (rules.length === 0) return []
  return [{ id: 'policy-cel', find: view => rules.map(rule => findingsOf(rule, view.all)) }]
}

function findingsOf({ policy, level }: CelRule, renderings: readonly Rendering[]): Findings {
  const judge = policy.judge(renderings.length)
  return renderings.flatMap(rendering =>
    judge(rendering.object).map(verdict => ({
      rendering,
      code: 'policy' as const,
      field: 'metadata.name',
      subject: `${policy.name} ${verdict.message}`,
      message: `${nameOf(rendering)} does not pass the policy "${policy.name}": ${maskText(verdict.message)}`,
      ...causeOf(verdict),
      remedy: 'Change the endpoint, or have the policy changed.',
      ...(level === 'warn' || verdict.isIgnored ? { severity: 'warning' as const } : {}),
    })),
  )
}

function causeOf({ place, isError, isIgnored }: Verdict): { cause: string } {
  const where = placeText(place)
  if (!isError) return { cause: `The expression at ${where} is false.` }
  const why = isIgnored ? ' Only a warning: its failurePolicy is Ignore.' : ''
  return { cause: `The expression at ${where} could not be evaluated.${why}` }
}
