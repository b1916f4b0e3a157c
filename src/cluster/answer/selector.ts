import type { ObjectMeta } from '../../object/index.ts'
import type { ListQuery, ServedKind } from '../cluster.ts'
import { Unexpected } from './reader.ts'

type Labels = Readonly<Record<string, string>>

/** Throws Unexpected for an object that the query does not select: a proxy that drops a query gets everything, and everything would be ours. */
export function placeReader(
  kind: ServedKind,
  { namespace, fieldSelector }: ListQuery,
): (metadata: ObjectMeta) => void {
  const place = kind.namespaced ? namespace : undefined
  const [, name] = /^metadata\.name=([^,]+)$/.exec(fieldSelector ?? '') ?? []
  return metadata => {
    if (place !== undefined && metadata.namespace !== place)
      throw new Unexpected(`a ${kind.kind} of another namespace`)
    if (name !== undefined && metadata.name !== name)
      throw new Unexpected(`a ${kind.kind} of another name`)
  }
}

/** Whether labels are within a selector, as far as it consists of `name=value`, `name!=value` and `name`; the rest is left to the API server. */
export function selects(selector: string | undefined): (labels: Labels) => boolean {
  const requirements = (selector ?? '').split(',').map(requirementOf)
  return labels => requirements.every(requirement => requirement(labels))
}

function requirementOf(text: string): (labels: Labels) => boolean {
  const [, name = '', operator, value = ''] = PLAIN.exec(text.trim()) ?? []
  if (name === '') return () => true
  if (operator === undefined) return labels => labels[name] !== undefined
  return operator === '!=' ? labels => labels[name] !== value : labels => labels[name] === value
}

const PLAIN = /^([\w./-]+)(?:(!=|==?)([\w.-]*))?$/
