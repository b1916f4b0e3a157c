import type { DescribedEnvironment } from '../../spec/index.ts'
import { toSafeJson } from '../../foreign/index.ts'
import { cleanLine } from '../clean.ts'
import { formatTable } from './table.ts'

/** One line of JSON, for the matrix of a pipeline: names of the environments that pipelines apply, in their order. */
export function environmentNamesAsJson(environments: readonly DescribedEnvironment[]): string {
  const names = environments.filter(({ pipeline }) => pipeline).map(({ name }) => name)
  return `${toSafeJson(names)}\n`
}

/** A column for groups where there are any. */
export function environmentsAsText(environments: readonly DescribedEnvironment[]): string {
  const hasGroups = environments.some(({ groups }) => groups !== undefined)
  const rows = environments.map(({ name, namespace, context, pipeline, groups }) => [
    ...[name, namespace ?? '-', context ?? '-', pipeline ? 'yes' : 'no'].map(each =>
      cleanLine(each),
    ),
    ...(hasGroups ? [cleanLine(groups?.join(', ') ?? '-')] : []),
  ])
  const head = ['ENVIRONMENT', 'NAMESPACE', 'CONTEXT', 'PIPELINE', ...(hasGroups ? ['GROUPS'] : [])]
  return formatTable([head, ...rows])
    .map(line => `${line}\n`)
    .join('')
}
