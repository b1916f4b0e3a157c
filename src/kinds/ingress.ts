import { at, entries, members, text, type JsonMap, type KubeObject } from '../object/index.ts'
import type { Backend, Claim, Kind } from './kind.ts'
import { reference } from './reference.ts'
import { SECRET } from './secret.ts'

export const INGRESS: Kind = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  wave: 'traffic',
  isRendered: true,
  suffix: '-ingress',
  field: 'spec.ingress',
  // cert-manager makes a Certificate for each entry, which the Ingress owns (https://cert-manager.io/docs/usage/ingress/).
  isLeaf: ingress => entries(at(ingress, 'spec', 'tls')).length === 0,
  isReadyWhenStored: true,
  atomic: ['rules', 'tls', 'paths', 'resource'],
  references: ingress =>
    entries(at(ingress, 'spec', 'tls')).flatMap(tls =>
      reference(SECRET, tls['secretName'], 'certificate'),
    ),
  route: { hosts: hostsOf, claims: claimsOf, backends: backendsOf, address: addressOf },
}

/** A rule without a host, and a default backend, take the requests for every host. */
function hostsOf(ingress: KubeObject): string[] {
  const rules = entries(at(ingress, 'spec', 'rules')).map(rule => text(at(rule, 'host')) ?? '')
  const certificates = entries(at(ingress, 'spec', 'tls')).flatMap(certified)
  const rest = at(ingress, 'spec', 'defaultBackend') === undefined ? [] : ['']
  return [...rules, ...certificates, ...rest]
}

function certified({ hosts }: JsonMap): string[] {
  return Array.isArray(hosts) ? hosts.map(String) : []
}

function claimsOf(ingress: KubeObject): Claim[] {
  const among = text(at(ingress, 'spec', 'ingressClassName')) ?? ''
  return entries(at(ingress, 'spec', 'rules')).flatMap(rule =>
    entries(at(rule, 'http', 'paths')).map(path => {
      const bare = (text(at(path, 'path')) ?? '/').replace(/(?<=.)\/$/, '')
      return { among, url: `${text(at(rule, 'host')) ?? '*'}${bare}` }
    }),
  )
}

function backendsOf(ingress: KubeObject): Backend[] {
  const rules = entries(at(ingress, 'spec', 'rules'))
  const paths = rules.flatMap(rule => entries(at(rule, 'http', 'paths')))
  return [...paths.map(({ backend }) => backend), at(ingress, 'spec', 'defaultBackend')].flatMap(
    backend => {
      const name = text(at(backend, 'service', 'name'))
      const { number, name: named } = members(at(backend, 'service', 'port'))
      const port = [number, named].find(each => ['string', 'number'].includes(typeof each))
      return name === undefined ? [] : [{ name, port }]
    },
  )
}

function addressOf(ingress: KubeObject): string | undefined {
  const [rule] = entries(at(ingress, 'spec', 'rules'))
  const host = text(at(rule, 'host'))
  if (host === undefined) return undefined
  const isSecure = entries(at(ingress, 'spec', 'tls'))
    .flatMap(certified)
    .includes(host)
  return `${isSecure ? 'https' : 'http'}://${host}${text(at(rule, 'http', 'paths', 0, 'path')) ?? '/'}`
}
