import {
  ENDPOINT_SLICE,
  RELATED_TYPES,
  RENDERED_TYPES,
  isKserve,
  resourceOf,
} from '../kinds/index.ts'
import { defined, type ObjectRef } from '../object/index.ts'

/** What may be done with one resource in one namespace. */
export interface Permission {
  /** Undefined: cluster-wide. */
  namespace?: string
  group: string
  resource: string
  verbs: string[]
  /** Only the objects of these names. */
  names?: string[]
}

export interface PermissionsInput {
  /** Where the set's record and lock are. */
  home: string
  /** Everything that is written. */
  refs: readonly KindIn[]
  /** What is only deleted. */
  removed?: readonly KindIn[]
  /** Namespaces that slipway is to make. */
  createNamespaces: readonly string[]
  /** Namespaces of endpoints that are to be asked whether they answer. */
  smoke?: readonly string[]
  /** Namespaces of endpoints with two sets of pods that take turns: the new ones are asked, and looked for behind their Service. */
  turns?: readonly string[]
}

type KindIn = Pick<ObjectRef, 'apiVersion' | 'kind' | 'namespace'>

/**
 * What a Role has to grant, whatever the set holds when it is used: what slipway has rendered before may have to be found and
 * deleted, for a change of runtime or when the record of the set is gone. A test on a real API server keeps that each of them is
 * used.
 */
export function rolePermissions(input: PermissionsInput): Permission[] {
  const removed = namespacesOf(input).flatMap(namespace =>
    RENDERED_TYPES.map(kind => ({ ...kind, namespace })),
  )
  return permissionsFor({ ...input, removed })
}

/** The least with which plan, apply, status and history of a set pass, by namespace; nothing is listed cluster-wide. */
export function permissionsFor(input: PermissionsInput): Permission[] {
  const { home, refs, removed = [], createNamespaces, smoke = [], turns = [] } = input
  const namespaces = namespacesOf(input)
  const members = [
    ...refs.map(ref => permission(ref.namespace, resourceOf(ref), OWNED)),
    ...removed.map(ref => permission(ref.namespace, resourceOf(ref), REMOVED)),
  ]
  const makers = createNamespaces.map(name => ({
    ...permission(undefined, '/namespaces', ['get', 'create', 'patch']),
    names: [name],
  }))
  const served = [...refs, ...removed].filter(isKserve)
  return merged([
    ...members,
    ...served.map(({ namespace }) => permission(namespace, 'apps/deployments', ['list', 'watch'])),
    ...[...smoke, ...turns].map(portForward),
    ...turns.map(namespace => permission(namespace, resourceOf(ENDPOINT_SLICE), ['list'])),
    ...namespaces.flatMap(namespace => [
      { ...permission(namespace, '/namespaces', ['get']), names: [namespace] },
      ...OBSERVED.map(resource => permission(namespace, resource, ['list', 'watch'])),
      ...RELATED_TYPES.map(type => permission(namespace, resourceOf(type), ['list'])),
      permission(namespace, '/pods/log', ['get']),
    ]),
    permission(home, '/configmaps', ['get', 'create', 'patch', 'delete']),
    permission(home, '/events', ['create']),
    permission(home, 'coordination.k8s.io/leases', [...LOCKED]),
    ...makers,
  ])
}

function namespacesOf({ home, refs, removed = [] }: PermissionsInput): string[] {
  return [...new Set([home, ...[...refs, ...removed].flatMap(ref => ref.namespace ?? [])])]
}

/** What diff, status and history need of it: nothing is written, locked or tried. */
export function readingOf(permissions: readonly Permission[]): Permission[] {
  return permissions
    .filter(({ namespace, resource }) => namespace !== undefined && !UNREAD.has(resource))
    .map(each => ({ ...each, verbs: each.verbs.filter(verb => verb === 'get' || verb === 'list') }))
    .filter(({ verbs }) => verbs.length > 0)
}

const UNREAD = new Set(['leases', 'pods/portforward'])

const OWNED = ['get', 'list', 'watch', 'create', 'patch', 'delete']
const REMOVED = ['list', 'watch', 'delete']
const LOCKED = ['get', 'list', 'watch', 'create', 'update', 'delete']

/** Read to wait, and to say what is wrong. */
const OBSERVED = ['apps/replicasets', '/pods', '/events']

/** A WebSocket is opened by GET; newer API servers want `create` besides (AuthorizePodWebsocketUpgradeCreatePermission). */
export function portForward(namespace: string): Permission {
  return permission(namespace, '/pods/portforward', ['get', 'create'])
}

/** In the order that Kubernetes lists verbs in. */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']

function permission(namespace: string | undefined, resource: string, verbs: string[]): Permission {
  const slash = resource.indexOf('/')
  const [group, path] = [resource.slice(0, slash), resource.slice(slash + 1)]
  return defined({ namespace, group, resource: path, verbs })
}

/** One entry for each resource of a namespace. */
function merged(permissions: readonly Permission[]): Permission[] {
  const groups = Map.groupBy(permissions, ({ namespace, group, resource, names }) =>
    JSON.stringify([namespace, group, resource, names]),
  )
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    const verbs = new Set([first, ...rest].flatMap(each => each.verbs))
    return [{ ...first, verbs: VERBS.filter(verb => verbs.has(verb)) }]
  })
}
