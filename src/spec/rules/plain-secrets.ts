import { secretPaths } from '../../secret/index.ts'
import type { Finding, Rule } from './rule.ts'
import { pathText } from '../fields/words.ts'

/** Policy plainSecrets: what is in git can be read by everybody who can read the repository, for ever. */
export const secretsAreReferences: Rule = (endpoint, { policies }) => {
  const { spec, labels, annotations } = endpoint
  const paths = secretPaths({ metadata: { labels, annotations }, spec })
  return paths.map(path => ({
    level: policies.plainSecrets,
    ...inPlainText({
      path: pathText(path),
      message: `${pathText(path)} looks like a secret in plain text`,
      remedy: remedyFor(path.at(1)),
    }),
  }))
}

/** Of an object of one's own, too. */
export function inPlainText(where: Pick<Finding, 'path' | 'message' | 'remedy'>): Finding {
  const { path, message, remedy } = where
  const cause =
    'Whoever reads the repository or the object in the cluster reads it, and git keeps it.'
  return { code: 'policy', rule: 'policy-plain-secrets', path, message, cause, remedy }
}

function remedyFor(field: string | number | undefined): string {
  const how =
    field === 'env'
      ? 'Keep it in a Secret and name that: {secret: NAME, key: KEY}.'
      : 'Keep it in a Secret, and give it as a variable: env: {NAME: {secret: NAME, key: KEY}}.'
  return `${how} Then replace it where it came from: it has been exposed.`
}
