import type { Endpoint, EndpointSet } from '../set.ts'

/** The endpoints of a set, and what stands for the project's own objects: all that a plan groups objects by. */
export function groupsOf({
  endpoints,
  shared,
}: Pick<EndpointSet, 'endpoints' | 'shared'>): Endpoint[] {
  return shared === undefined ? [...endpoints] : [...endpoints, shared]
}

/** Their names, as commands take them. */
export function groupNames(set: Pick<EndpointSet, 'endpoints' | 'shared'>): string[] {
  return groupsOf(set).map(({ name }) => name)
}
