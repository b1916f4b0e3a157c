import { at, entries, text } from '../object/index.ts'
import type { JsonMap, KubeObject } from '../object/index.ts'
import type { Backend, Kind } from './kind.ts'

/** Of the Gateway API (https://gateway-api.sigs.k8s.io/api-types/httproute/). */
export const HTTP_ROUTE: Kind = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  wave: 'traffic',
  atomic: ['rules', 'matches', 'filters', 'backendRefs'],
  // Whether it is http or https is its gateway's to say.
  route: { hosts: hostsOf, claims: claimsOf, backends: backendsOf, address: () => undefined },
}

/** A route without hostnames takes the requests for every host of its gateway. */
function hostsOf(route: KubeObject): string[] {
  const names = at(route, 'spec', 'hostnames')
  return Array.isArray(names) && names.length > 0 ? names.map(String) : ['']
}

function claimsOf(route: KubeObject): { among: string; url: string }[] {
  const gateways = entries(at(route, 'spec', 'parentRefs')).map(gatewayOf)
  const paths = entries(at(route, 'spec', 'rules')).flatMap(pathsOf)
  return gateways.flatMap(among =>
    hostsOf(route).flatMap(host => paths.map(path => ({ among, url: `${host || '*'}${path}` }))),
  )
}

function gatewayOf(parent: JsonMap): string {
  const parts = [parent['namespace'], parent['name'], parent['sectionName']]
  return `gateway ${parts.flatMap(part => text(part) ?? []).join('/')}`
}

/** Of matches that look at nothing but the path: others may share it. */
function pathsOf(rule: JsonMap): string[] {
  const matches = entries(rule['matches'])
  if (matches.length === 0) return ['/']
  const plain = matches.filter(match => Object.keys(match).every(name => name === 'path'))
  return plain.map(match => (text(at(match, 'path', 'value')) ?? '/').replace(/(?<=.)\/$/, ''))
}

function backendsOf(route: KubeObject): Backend[] {
  return entries(at(route, 'spec', 'rules'))
    .flatMap(rule => entries(rule['backendRefs']))
    .flatMap(({ kind = 'Service', name, port }) => {
      const service = kind === 'Service' ? text(name) : undefined
      return service === undefined ? [] : [{ name: service, port }]
    })
}
