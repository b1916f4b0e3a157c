import {
  CERTIFICATE_ANNOTATION,
  at,
  entries,
  text,
  type JsonMap,
  type KubeObject,
} from '../object/index.ts'
import type { Backend, Claim, Kind, Share } from './kind.ts'

/** Of the Gateway API (https://gateway-api.sigs.k8s.io/api-types/httproute/). */
export const HTTP_ROUTE: Kind = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  wave: 'traffic',
  isRendered: true,
  suffix: '-route',
  field: 'spec.route',
  isLeaf: () => true,
  atomic: ['parentRefs', 'hostnames', 'rules', 'matches', 'filters', 'backendRefs'],
  route: {
    hosts: hostsOf,
    claims: claimsOf,
    backends: backendsOf,
    shares: sharesOf,
    headers: headersTo,
    address: addressOf,
  },
}

/** A route without hostnames takes the requests for every host of its gateway. */
function hostsOf(route: KubeObject): string[] {
  const names = at(route, 'spec', 'hostnames')
  return Array.isArray(names) && names.length > 0 ? names.map(String) : ['']
}

function claimsOf(route: KubeObject): Claim[] {
  const gateways = entries(at(route, 'spec', 'parentRefs')).map(parent => gatewayOf(parent, route))
  const paths = entries(at(route, 'spec', 'rules')).flatMap(pathsOf)
  return gateways.flatMap(among =>
    hostsOf(route).flatMap(host => paths.map(path => ({ among, url: `${host || '*'}${path}` }))),
  )
}

function gatewayOf(parent: JsonMap, { metadata }: KubeObject): string {
  const parts = [parent['namespace'] ?? metadata.namespace, parent['name'], parent['sectionName']]
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

/** Of the first rule that looks at the path only. A backend without a weight has 1. */
function sharesOf(route: KubeObject): Share[] {
  const rules = entries(at(route, 'spec', 'rules'))
  const rule = rules.find(each => pathsOf(each).length > 0)
  const backends = entries(rule?.['backendRefs']).flatMap(({ name, weight = 1 }) => {
    const service = text(name)
    return service === undefined ? [] : [{ name: service, weight: Number(weight) }]
  })
  const sum = backends.reduce((total, { weight }) => total + weight, 0)
  return backends.map(({ name, weight }) => ({
    name,
    percent: sum === 0 ? 0 : Math.round((weight / sum) * 1000) / 10,
  }))
}

function headersTo(route: KubeObject, service: string): string[] {
  return entries(at(route, 'spec', 'rules'))
    .filter(({ backendRefs }) => entries(backendRefs).every(({ name }) => name === service))
    .flatMap(({ matches }) => entries(matches))
    .flatMap(({ headers }) => entries(headers))
    .map(({ name, value }) => `${text(name) ?? ''}: ${text(value) ?? ''}`)
}

/** Whether it is http or https is its listener's to say: known by the certificate that it is to have, else by the listener's name. */
function addressOf(route: KubeObject): string | undefined {
  const [host] = hostsOf(route)
  if (host === undefined || host === '') return undefined
  const path = text(at(route, 'spec', 'rules', 0, 'matches', 0, 'path', 'value')) ?? '/'
  return `${schemeOf(route)}${host}${path}`
}

function schemeOf(route: KubeObject): string {
  if (route.metadata.annotations?.[CERTIFICATE_ANNOTATION] !== undefined) return 'https://'
  const section = text(at(route, 'spec', 'parentRefs', 0, 'sectionName')) ?? ''
  const [, scheme] = /^(https?)(?![a-z])/.exec(section) ?? []
  return scheme === undefined ? '' : `${scheme}://`
}
