import { SERVICE, hostsClaimed, isOf, kindOf } from '../../kinds/index.ts'
import { at, text } from '../../object/index.ts'
import { nameOf } from '../check/rule.ts'
import type { Rendering } from '../rendered.ts'
import { annotationsOf } from './annotations.ts'
import { fillFor, isAllowed, listed } from './pattern.ts'
import type { PolicyRule } from './rule.ts'

interface Claim {
  host: string
  field: string
}

/** Policy hosts: what an object claims, an annotation asks for or an external endpoint sends to is the environment's to allow. */
export const hosts: PolicyRule = {
  id: 'policy-hosts',
  levelIn: ({ policies }) => policies.hosts.level,
  find: (view, environment) => {
    const { allow: patterns } = environment.policies.hosts
    return view.all.flatMap(rendering => {
      const fill = fillFor(rendering, environment)
      const lower = patterns.map(pattern => pattern.replaceAll(/[A-Z]+(?![^{]*\})/g, lowerCase))
      const allowed = { patterns: lower, separator: '.' }
      return claimsOf(rendering)
        .filter(({ host }) => !isAllowed(host.toLowerCase().replace(/\.$/, ''), allowed, fill))
        .map(({ host, field }) => ({
          rendering,
          field,
          subject: host,
          message: `${nameOf(rendering)} names ${host === '' ? 'every host' : `the host "${host}"`}, which ${environment.name} does not allow`,
          cause: `policies.hosts allows: ${listed(patterns)}.`,
          remedy: 'Use an allowed host, or have this one added to the policy.',
        }))
    })
  },
}

function lowerCase(word: string): string {
  return word.toLowerCase()
}

function claimsOf(rendering: Rendering): Claim[] {
  const { object } = rendering
  const { field } = kindOf(object)
  const target = isOf(object, SERVICE) ? text(at(object, 'spec', 'externalName')) : undefined
  const claims = [
    ...hostsClaimed(object).map(host => ({ host, field: `${field ?? 'spec'}.host` })),
    ...(target === undefined ? [] : [{ host: target, field: 'spec.external.host' }]),
    ...annotatedHosts(rendering),
  ]
  return [...new Map(claims.map(claim => [claim.host, claim])).values()]
}

/** Of external-dns, Gardener's DNS, ingress controllers (aliases), Azure's gateway, and cert-manager, which certifies them. */
const HOST_ANNOTATIONS =
  /^(external-dns\..*\/(internal-)?hostname|dns\.gardener\.cloud\/dnsnames|.*\/server-alias(-regex)?|.*\/host-aliases|.*\/hostname-extension|cert-manager\.io\/(common-name|alt-names))$/

function annotatedHosts(rendering: Rendering): Claim[] {
  return annotationsOf(rendering)
    .filter(({ name }) => HOST_ANNOTATIONS.test(name))
    .flatMap(({ value, field }) =>
      value
        .split(/[,\s]+/)
        .filter(host => host !== '')
        .map(host => ({ host, field })),
    )
}
