import type { Endpoint, EndpointSet } from '../set.ts'

/** The endpoints of a set, and what stands for the project's own objects: what a plan has objects of, and a name takes. */
export function unitsOf({
  endpoints,
  shared,
}: Pick<EndpointSet, 'endpoints' | 'shared'>): Endpoint[] {
  return shared === undefined ? [...endpoints] : [...endpoints, shared]
}

/** Their names, as commands take them. */
export function unitNames(set: Pick<EndpointSet, 'endpoints' | 'shared'>): string[] {
  return unitsOf(set).map(({ name }) => name)
}
