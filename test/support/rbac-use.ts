import type { FaultProxy } from './proxy.ts'

type Request = FaultProxy['seen'][number]

/** `patch deployments.apps`: what the authorizer was asked for a request; nothing for what is open to everybody. */
export function permissionsUsed(requests: readonly Request[]): Set<string> {
  return new Set(requests.filter(({ status }) => status !== 403).flatMap(permissionsOf))
}

const RESOURCE =
  /^\/api(?:s\/(?<group>[^/]+))?\/[^/]+\/namespaces\/(?<namespace>[^/]+)(?:\/(?<resource>[^/]+)(?:\/(?<name>[^/]+)(?:\/(?<sub>[^/]+))?)?)?$/

function permissionsOf({ method, path, status }: Request): string[] {
  const { pathname, searchParams } = new URL(path, 'http://server')
  const parts = RESOURCE.exec(pathname)?.groups
  if (parts === undefined) return []
  const { group, resource = 'namespaces', name, sub } = parts
  const isOne = name !== undefined || resource === 'namespaces'
  const read = isOne ? 'get' : searchParams.get('watch') ? 'watch' : 'list'
  const what = `${resource}${sub === undefined ? '' : `/${sub}`}${group === undefined ? '' : `.${group}`}`
  const verb = { GET: read, UPGRADE: 'get', POST: 'create', PUT: 'update' }[method]
  const verbs = [verb ?? method.toLowerCase()]
  // A server-side apply to nothing is a creation, too.
  if (method === 'PATCH' && status === 201) verbs.push('create')
  return verbs.map(each => `${each} ${what}`)
}
