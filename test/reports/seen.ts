import type { ListQuery } from '../../src/cluster/index.ts'
import { groupKind } from '../../src/kinds/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { childQueries, evidenceQueries, logEvidence, wantedLogs } from '../../src/status/index.ts'
import type { Report } from './read.ts'

/** What apply, status, doctor and the bundle read of a namespace, each by the same queries: nothing else can explain anything. */
export interface Seen {
  children: KubeObject[]
  evidence: KubeObject[]
  /** Of containers that crashed, or do not become ready. */
  words: KubeObject[]
}

export function seenOf(
  namespace: string,
  members: readonly KubeObject[],
  { objects, logs = {}, now }: Pick<Report, 'objects' | 'logs' | 'now'>,
): Seen {
  const found = (queries: readonly ListQuery[]) =>
    objects.filter(object => queries.some(query => finds(query, object)))
  const children = found(childQueries(namespace, { members }))
  const words = wantedLogs(children, now).flatMap(wanted => {
    const log = logs[`${wanted.pod}/${wanted.container}`]
    return log === undefined ? [] : [logEvidence(wanted, tail(log, wanted.tailLines))]
  })
  return { children, evidence: found(evidenceQueries([namespace])), words }
}

/** As the API server answers, for selectors of the two forms that the queries have. */
function finds(query: ListQuery, object: KubeObject): boolean {
  const { namespace, labels = {} } = object.metadata
  if (groupKind(query) !== groupKind(object)) return false
  if (query.namespace !== undefined && query.namespace !== namespace) return false
  return (query.labelSelector ?? '').split(',').every(part => {
    const [key = '', value] = part.split('=')
    return part === '' || (value === undefined ? key in labels : labels[key] === value)
  })
}

function tail(text: string, lines: number): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}
