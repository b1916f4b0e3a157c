import { isMap, quantityOf, type KubeObject } from '../object/index.ts'

/**
 * Whether a quota that refused an object has room for it as soon as the live one of its name is gone, read from the quota's own words:
 * `exceeded quota: q, requested: count/services=1, used: count/services=1, limited: count/services=1`.
 */
export function fitsOnceGone(message: string, live: KubeObject): boolean {
  const [, requested, used, limited] =
    /requested: (\S+), used: (\S+), limited: (\S+)$/.exec(message) ?? []
  if (requested === undefined || used === undefined || limited === undefined) return false
  const [wanted, taken, most] = [requested, used, limited].map(amounts)
  return Object.entries(wanted ?? {}).every(([resource, amount]) => {
    const left = (most?.[resource] ?? 0) - (taken?.[resource] ?? 0)
    return amount <= left + heldBy(live, resource)
  })
}

function amounts(list: string): Record<string, number> {
  const pairs = list.split(',').map(pair => pair.split('='))
  return Object.fromEntries(
    pairs.map(([name = '', amount]) => [name, quantityOf(amount) ?? Number.NaN]),
  )
}

/** Objects are counted one by one, whatever they hold; a claim's storage is what it asks for. */
function heldBy({ spec }: KubeObject, resource: string): number {
  if (resource.startsWith('count/') || COUNTED.has(resource)) return 1
  const ports = isMap(spec) && Array.isArray(spec['ports']) ? spec['ports'] : []
  if (resource === 'services.nodeports')
    return ports.filter(port => isMap(port) && port['nodePort'] !== undefined).length
  const requests = isMap(spec) && isMap(spec['resources']) ? spec['resources']['requests'] : {}
  const isStorage = resource.endsWith('requests.storage')
  return isStorage && isMap(requests) ? (quantityOf(requests['storage']) ?? 0) : 0
}

const COUNTED = new Set([
  'configmaps',
  'persistentvolumeclaims',
  'secrets',
  'services',
  'services.loadbalancers',
])
