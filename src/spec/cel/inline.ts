import type { PolicySource } from '../../cel/index.ts'
import { RENDERED_KINDS } from '../../kinds/index.ts'
import { problemWith, type Problem } from '../../problem/index.ts'
import { suggestion } from '../fields/suggest.ts'
import { pathText } from '../fields/words.ts'
import type { RuleInFile } from './rule-in-file.ts'

/** A rule in slipway.yaml: a policy of one expression. */
export function inlinePolicy(written: RuleInFile): {
  policies: PolicySource[]
  problems: Problem[]
} {
  const { project, rule, path } = written
  const { name, expression, message, messageExpression, match } = rule
  const problems = [...missingFields(written), ...unknownKinds(written)]
  if (name === undefined || expression === undefined || problems.length > 0)
    return { policies: [], problems }
  const textAt = (field: string, text: string) => ({
    text,
    placeAt: (offset: number) => project.placeIn([...path, field], offset),
  })
  const validation = {
    expression: textAt('expression', expression),
    message,
    messageExpression:
      messageExpression === undefined ? undefined : textAt('messageExpression', messageExpression),
  }
  const policy: PolicySource = {
    name,
    failurePolicy: 'Fail',
    matching: { kinds: match?.kinds },
    conditions: [],
    variables: [],
    validations: [validation],
    audits: [],
  }
  return { policies: [policy], problems: [] }
}

function missingFields({ project, rule, path }: RuleInFile): Problem[] {
  return (['name', 'expression'] as const)
    .filter(field => rule[field] === undefined)
    .map(field =>
      problemWith({
        code: 'missing-field',
        place: project.placeOf(path),
        message: `${pathText([...path, field])} is missing`,
        remedy: 'A rule has a name and an expression, or names a file.',
      }),
    )
}

/** A rule for a kind that is never rendered would hold without a look at anything. */
function unknownKinds({ project, rule, path }: RuleInFile): Problem[] {
  const kinds = rule.match?.kinds ?? []
  return kinds.flatMap((kind, index) => {
    if (RENDERED_KINDS.includes(kind)) return []
    const at = [...path, 'match', 'kinds', index]
    return problemWith({
      code: 'bad-value',
      place: project.placeOf(at),
      message: `${pathText(at)}: no endpoint becomes a ${kind}`,
      remedy: suggestion(kind, RENDERED_KINDS, 'Kinds'),
    })
  })
}
