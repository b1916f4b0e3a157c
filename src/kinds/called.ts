import { groupOf } from '../object/index.ts'
import type { Kind } from './kind.ts'
import { pluralOf } from './resource.ts'
import { KINDS } from './table.ts'

/** The kind that kubectl would take a word for: `Deployment`, `deployments`, `deploy`, `deployments.apps`. */
export function kindCalled(word: string): Kind | undefined {
  const [name = '', ...group] = word.toLowerCase().split('.')
  return KINDS.find(kind => wordsFor(kind).includes(name) && isGroup(kind, group))
}

function wordsFor({ kind, shortNames = [] }: Kind): string[] {
  return [kind.toLowerCase(), pluralOf(kind), ...shortNames]
}

/** `deployments.apps`, and with its version `deployments.v1.apps`. */
function isGroup({ apiVersion }: Kind, parts: readonly string[]): boolean {
  const group = groupOf(apiVersion)
  const [version = '', ...rest] = parts
  return (
    parts.length === 0 ||
    parts.join('.') === group ||
    (/^v\d/.test(version) && rest.join('.') === group)
  )
}
