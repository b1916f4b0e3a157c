import { kindOf } from '../kinds/index.ts'
import type { KubeObject } from '../object/index.ts'

/**
 * A route with other hosts in place of those that the live one of its name has; undefined where it has none of them. Admission
 * webhooks of ingress controllers refuse a second Ingress for a host and path (ingress-nginx: "is already defined in ingress").
 */
export function underOtherHosts(
  object: KubeObject,
  live: KubeObject | undefined,
): KubeObject | undefined {
  const { route } = kindOf(object)
  if (route === undefined || live === undefined) return undefined
  const held: ReadonlySet<unknown> = new Set(route.hosts(live))
  if (!route.hosts(object).some(host => host !== '' && held.has(host))) return undefined
  const rename = (host: unknown) => (held.has(host) ? trialHost(String(host)) : host)
  return JSON.parse(
    JSON.stringify(object, (key, value: unknown) => {
      if (key === 'host') return rename(value)
      return (key === 'hosts' || key === 'hostnames') && Array.isArray(value)
        ? value.map(rename)
        : value
    }),
  ) as KubeObject
}

/** In the same domain, since policies and certificates are by domain. */
function trialHost(host: string): string {
  const [, wildcard = '', name = host] = /^(\*\.)?(.*)$/.exec(host) ?? []
  return `${wildcard}slipway-trial.${name}`
}
