import { HTTP_ROUTE, labelSelector, matches } from '../../kinds/index.ts'
import {
  CERTIFICATE_ANNOTATION,
  at,
  entries,
  text,
  type JsonMap,
  type KubeObject,
} from '../../object/index.ts'

interface Attachment {
  gateway: KubeObject
  route: KubeObject
  /** Of the route's namespace; undefined where they may not be read. */
  labels?: Record<string, string> | undefined
}

/** Why a gateway will not take a route, as a clause, by the rules of the Gateway API (https://gateway-api.sigs.k8s.io/reference/spec/#listener). */
export function refusal(attachment: Attachment): string | undefined {
  const all = entries(at(attachment.gateway, 'spec', 'listeners'))
  const names = all.map(({ name }) => text(name) ?? '').join(', ') || 'none'
  const section = text(at(attachment.route, 'spec', 'parentRefs', 0, 'sectionName'))
  const named = all.filter(({ name }) => section === undefined || name === section)
  if (named.length === 0) return `has no listener ${section ?? ''}; there are: ${names}`
  const open = named.filter(listener => isOpen(listener, attachment))
  const { namespace } = attachment.route.metadata
  if (open.length === 0)
    return `takes no HTTPRoute from namespace ${namespace ?? ''}: see allowedRoutes of its listeners`
  const hosts = at(attachment.route, 'spec', 'hostnames')
  const host = text(Array.isArray(hosts) ? hosts[0] : undefined) ?? ''
  const suited = open.filter(({ hostname }) => suits(text(hostname), host))
  if (suited.length === 0) return `has no listener for the host ${host}`
  return otherCertificate(suited, attachment.route)
}

function isOpen({ allowedRoutes, protocol }: JsonMap, { gateway, route, labels }: Attachment) {
  const kinds = entries(at(allowedRoutes, 'kinds'))
  const isKind = kinds.length === 0 || kinds.some(({ kind }) => kind === HTTP_ROUTE.kind)
  const isHttp = protocol === 'HTTP' || protocol === 'HTTPS'
  if (!isKind || (!isHttp && kinds.length === 0)) return false
  const from = text(at(allowedRoutes, 'namespaces', 'from')) ?? 'Same'
  if (from === 'All') return true
  if (from === 'Same') return gateway.metadata.namespace === route.metadata.namespace
  if (from !== 'Selector') return false
  const selector = labelSelector(at(allowedRoutes, 'namespaces', 'selector'))
  return labels === undefined || matches(selector, labels)
}

/** A wildcard stands for one or more labels. */
function suits(listener: string | undefined, host: string): boolean {
  if (listener === undefined || listener === '' || listener === host) return true
  return isBelow(host, listener) || isBelow(listener, host)
}

function isBelow(host: string, wildcard: string): boolean {
  return wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1))
}

function otherCertificate(listeners: readonly JsonMap[], route: KubeObject): string | undefined {
  const wanted = route.metadata.annotations?.[CERTIFICATE_ANNOTATION]
  if (wanted === undefined) return undefined
  const served = listeners.flatMap(({ tls }) =>
    entries(at(tls, 'certificateRefs')).flatMap(({ name }) => text(name) ?? []),
  )
  if (served.includes(wanted)) return undefined
  return `serves the certificate ${served.join(', ') || '(none)'}, not ${wanted}`
}
