import { isClusterWide, providedBy, referencesOf, type Reference } from '../kinds/index.ts'
import type { Endpoint } from '../spec/index.ts'
import type { RenderedObject } from './rendered.ts'

export interface ExternalReference extends Reference {
  /** Empty for kinds that are in none. */
  namespace: string
  endpoint: Endpoint
}

/** What the objects need and the set does not render: to be there before an apply (K5). One entry for each endpoint, kind and name. */
export function externalReferences(objects: readonly RenderedObject[]): ExternalReference[] {
  const rendered = new Set(
    objects.flatMap(({ object }) => [
      keyOf(object.kind, object.metadata),
      ...providedBy(object).map(made => keyOf(made.kind, { ...object.metadata, name: made.name })),
    ]),
  )
  const needed = objects.flatMap(({ object, endpoint }) => {
    const { namespace = '' } = object.metadata
    return referencesOf(object).map(needs => ({
      ...needs,
      namespace: isClusterWide(needs) ? '' : namespace,
      endpoint,
    }))
  })
  const external = needed.filter(item => !rendered.has(keyOf(item.kind, item)))
  const keyed = external.map(
    item => [`${item.endpoint.name} ${keyOf(item.kind, item)}`, item] as const,
  )
  // The first wins in `new Map` of the reversed list; a needed one before an optional one.
  const needier = keyed.toSorted(([, a], [, b]) => Number(b.optional) - Number(a.optional))
  return [...new Map(needier).values()]
}

function keyOf(
  kind: string,
  { namespace = '', name }: { namespace?: string; name: string },
): string {
  return `${kind}/${namespace}/${name}`
}
