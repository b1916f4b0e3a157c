import { hasErrors } from '../../problem/index.ts'
import { MAX_COMMENT_LENGTH } from '../markdown/comment.ts'
import { commentHead } from '../markdown/plan-markdown.ts'
import { problemItems } from '../markdown/problem-markdown.ts'
import { countProblems } from './problems.ts'
import type { Validation } from '../../project/index.ts'
import { plural } from '../../words/index.ts'

/** `production: 3 endpoints, 12 objects`, a line for each environment. */
export function validationAsText({ environments }: Validation): string {
  return environments
    .map(({ name, endpoints, objects }) => {
      return `${name}: valid (${plural(endpoints, 'endpoint')}, ${plural(objects, 'object')})\n`
    })
    .join('')
}

/** The comment of a pull request that cannot be rendered; by its marker it takes the place of the comparison's. */
export function validationAsMarkdown(
  { environments, problems }: Validation,
  subject: string,
): string {
  const valid = environments.map(({ name }) => name).join(', ')
  const summary = hasErrors(problems)
    ? `invalid: ${countProblems(problems)}`
    : `valid${valid === '' ? '' : ` in ${valid}`}${problems.length === 0 ? '' : `, ${countProblems(problems)}`}`
  const items = problemItems(problems, MAX_COMMENT_LENGTH - HEAD_LENGTH)
  return `${[...commentHead({ subject, summary }), ...items].join('\n')}\n`
}

/** Room for marker, heading, summary and the count of what is left out. */
const HEAD_LENGTH = 5000
