import { at, entries, groupOf, text, type JsonMap, type KubeObject } from '../object/index.ts'
import { kindOf } from './table.ts'

type HostsOf = (object: KubeObject) => string[]

/** Kinds of gateways, meshes, ingress controllers and DNS of which nothing else is known. '' is every host. */
const OTHERS: Record<string, HostsOf> = {
  'gateway.networking.k8s.io/TLSRoute': hostnames,
  'gateway.networking.k8s.io/Gateway': listeners,
  'gateway.networking.k8s.io/ListenerSet': listeners,
  'gateway.networking.x-k8s.io/XListenerSet': listeners,
  'networking.istio.io/VirtualService': each('spec', 'hosts'),
  'networking.istio.io/ServiceEntry': each('spec', 'hosts'),
  'networking.istio.io/Gateway': object =>
    // `namespace/host` limits whose routes may use it.
    entries(at(object, 'spec', 'servers')).flatMap(({ hosts }) =>
      listed(hosts).map(host => host.replace(/^[^/]*\//, '')),
    ),
  'traefik.io/IngressRoute': matched,
  'traefik.io/IngressRouteTCP': matched,
  'traefik.containo.us/IngressRoute': matched,
  'traefik.containo.us/IngressRouteTCP': matched,
  'projectcontour.io/HTTPProxy': each('spec', 'virtualhost', 'fqdn'),
  'route.openshift.io/Route': each('spec', 'host'),
  'serving.knative.dev/DomainMapping': ({ metadata }) => [metadata.name],
  'serving.kserve.io/LLMInferenceService': each(
    'spec',
    'router',
    'route',
    'http',
    'spec',
    'hostnames',
  ),
  'cert-manager.io/Certificate': object => [
    ...listed(at(object, 'spec', 'dnsNames')),
    ...listed(at(object, 'spec', 'commonName')),
  ],
  'externaldns.k8s.io/DNSEndpoint': object =>
    entries(at(object, 'spec', 'endpoints')).flatMap(({ dnsName }) => listed(dnsName)),
  'k8s.nginx.org/VirtualServer': each('spec', 'host'),
  'k8s.nginx.org/TransportServer': each('spec', 'host'),
  'getambassador.io/Host': each('spec', 'hostname'),
  'getambassador.io/Mapping': object => [
    ...listed(at(object, 'spec', 'hostname')),
    ...listed(at(object, 'spec', 'host')),
  ],
  'http.keda.sh/HTTPScaledObject': each('spec', 'hosts'),
}

/** Every host that an object of any known kind claims. */
export function hostsClaimed(object: KubeObject): string[] {
  const { route } = kindOf(object)
  if (route !== undefined) return route.hosts(object)
  return OTHERS[`${groupOf(object.apiVersion)}/${object.kind}`]?.(object) ?? []
}

function each(...path: string[]): HostsOf {
  return object => listed(at(object, ...path))
}

function hostnames(route: KubeObject): string[] {
  const names = listed(at(route, 'spec', 'hostnames'))
  return names.length === 0 ? [''] : names
}

function listeners(gateway: KubeObject): string[] {
  return entries(at(gateway, 'spec', 'listeners')).map(({ hostname }) => text(hostname) ?? '')
}

/** Of Traefik's rules such as ``Host(`a.example.com`) && PathPrefix(`/v1`)``; a pattern is taken as it is written. */
function matched(route: KubeObject): string[] {
  return entries(at(route, 'spec', 'routes')).flatMap(hostsIn)
}

function hostsIn({ match }: JsonMap): string[] {
  const rule = text(match) ?? ''
  const hosts = [
    ...rule.matchAll(/\bHost(?:Regexp|SNI|SNIRegexp|Header)?\(([^)]{0,2000})\)/gi),
  ].flatMap(([, names = '']) =>
    [...names.matchAll(/[`"]([^`"]{0,300})[`"]/g)].map(([, host = '']) => host),
  )
  // One alternative without a host takes all.
  return hosts.length === 0 || rule.includes('!Host') ? [...hosts, ''] : hosts
}

function listed(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all.flatMap(one => text(one) ?? [])
}
