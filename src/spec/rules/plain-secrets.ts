import { secretPaths } from '../../secret/index.ts'
import { problemByPolicy } from './rule.ts'
import type { Rule } from './rule.ts'
import { pathText } from '../fields/words.ts'

/** Policy plainSecrets: what is in git can be read by everybody who can read the repository, for ever. */
export const secretsAreReferences: Rule = (endpoint, { policies }) => {
  const { spec, labels, annotations } = endpoint
  const paths = secretPaths({ metadata: { labels, annotations }, spec })
  return paths.flatMap(path =>
    problemByPolicy(policies.plainSecrets, endpoint, {
      code: 'policy',
      rule: 'policy-plain-secrets',
      path: pathText(path),
      message: `${pathText(path)} looks like a secret in plain text`,
      cause:
        'Whoever reads the repository or the object in the cluster reads it, and git keeps it.',
      remedy: remedyFor(path.at(1)),
    }),
  )
}

function remedyFor(field: string | number | undefined): string {
  const how =
    field === 'env'
      ? 'Keep it in a Secret and name that: {secret: NAME, key: KEY}.'
      : 'Keep it in a Secret, and give it as a variable: env: {NAME: {secret: NAME, key: KEY}}.'
  return `${how} Then replace it where it came from: it has been exposed.`
}
