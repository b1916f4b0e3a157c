import { ROLE } from '../kinds/index.ts'
import { refOf, defined, type KubeObject } from '../object/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { Endpoint, EndpointSet } from '../spec/index.ts'
import { readingOf, rolePermissions, type Permission } from './permissions.ts'

export interface RolesQuestion {
  set: EndpointSet
  /** Everything rendered for the set. */
  objects: readonly RenderedObject[]
  /** Only what looking needs. */
  readOnly?: boolean
}

/** The Roles that applying a set needs, one for each namespace; a ClusterRole only where its namespace is to be made. */
export function rolesFor({ set, objects, readOnly = false }: RolesQuestion): KubeObject[] {
  const { project, environment, endpoints } = set
  const { namespace, createNamespace } = environment
  const all = rolePermissions({
    home: namespace,
    refs: objects.map(({ object }) => refOf(object)),
    createNamespaces: createNamespace ? [namespace] : [],
    smoke: endpoints.filter(isSmoked).map(each => each.namespace),
    turns: endpoints.filter(takesTurns).map(each => each.namespace),
  })
  const name = `slipway-${project}-${environment.name}`
  return readOnly ? rolesOf(readingOf(all), `${name}-reader`) : rolesOf(all, name)
}

const isSmoked = ({ spec }: Endpoint) => (spec.smoke ?? []).length > 0

/** It has a candidate, or had one: `slot` says which of its two sets of pods serves. KServe has ways of its own. */
const takesTurns = ({ spec }: Endpoint) =>
  spec.runtime === 'deployment' && (spec.canary !== undefined || spec.slot !== undefined)

function rolesOf(permissions: readonly Permission[], name: string): KubeObject[] {
  const byNamespace = Map.groupBy(permissions, ({ namespace }) => namespace)
  return [...byNamespace].map(([namespace, group]) => ({
    apiVersion: ROLE.apiVersion,
    kind: namespace === undefined ? `Cluster${ROLE.kind}` : ROLE.kind,
    metadata: defined({ name, namespace }),
    rules: group.map(({ group: apiGroup, resource, verbs, names }) => ({
      apiGroups: [apiGroup],
      resources: [resource],
      ...(names === undefined ? {} : { resourceNames: names }),
      verbs,
    })),
  }))
}
