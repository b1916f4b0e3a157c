import { endpointSpec } from '../schema/endpoint.ts'
import type { Path } from '../yaml/node.ts'
import { describeIssue, faultsOf } from './faults.ts'

/** Paths in a spec whose values no spec has, whatever else it says; of a value that lacks something, its own. */
export function refusedFields(spec: unknown): Path[] {
  const { error } = endpointSpec.safeParse(spec, { error: describeIssue, jitless: true })
  return faultsOf(error?.issues ?? [], spec).map(({ type, path }) =>
    type === 'missing' ? path.slice(0, -1) : path,
  )
}
