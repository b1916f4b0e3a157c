import type { Place } from '../problem/index.ts'
import type { PoliciesSpec } from './schema/policies.ts'
import type { Allowance, Policies } from './set.ts'
import type { Path } from './yaml/node.ts'

/** What holds where an environment says nothing: at most ten objects, and never more than half of a set, are pruned without being told so. */
export const DEFAULT_POLICIES: Policies = {
  unapprovedModel: 'error',
  mutableTag: 'warn',
  missingRequests: 'warn',
  missingProbes: 'off',
  shortGrace: 'off',
  gpuPlacement: 'off',
  plainSecrets: 'warn',
  namespaces: { level: 'off', allow: [] },
  hosts: { level: 'off', allow: [] },
  serviceAccounts: { level: 'off', allow: [], roles: [] },
  registries: { level: 'off', allow: [] },
  podSecurity: { level: 'off', standard: 'restricted' },
  snippets: 'off',
  externalIPs: 'off',
  finalizers: 'off',
  signedCommits: 'off',
  rules: {},
  maxPrune: { count: 10, share: 0.5 },
}

/**
 * What `strict` means: everything is an error, and what has a list allows only what is the endpoint's own anyway.
 * Hosts and registries are for the environment to name: until it does, none are allowed.
 */
const STRICT_POLICIES: Policies = {
  unapprovedModel: 'error',
  mutableTag: 'error',
  missingRequests: 'error',
  missingProbes: 'error',
  shortGrace: 'error',
  gpuPlacement: 'error',
  plainSecrets: 'error',
  namespaces: { level: 'error', allow: ['{namespace}'] },
  hosts: { level: 'error', allow: [] },
  serviceAccounts: { level: 'error', allow: ['default', '{name}', '{name}-sa'], roles: [] },
  registries: { level: 'error', allow: [] },
  podSecurity: { level: 'error', standard: 'restricted' },
  snippets: 'error',
  externalIPs: 'error',
  finalizers: 'error',
  // Not of what an endpoint is; and git has to know whose keys count.
  signedCommits: 'off',
  rules: {},
  maxPrune: DEFAULT_POLICIES.maxPrune,
}

/** An environment's policies, complete but for those in CEL (./cel); `placeOf` is that of a path below `policies`. */
export function policiesOf(spec: PoliciesSpec, placeOf: (path: Path) => Place): Policies {
  const { strict, rules = {}, maxPrune, cel: _, ...rest } = spec
  const { namespaces, hosts, serviceAccounts, registries, podSecurity, ...levels } = rest
  const base = strict === true ? STRICT_POLICIES : DEFAULT_POLICIES
  const given = Object.entries(levels).filter(([, level]) => level !== undefined)
  return {
    ...base,
    ...Object.fromEntries(given),
    namespaces: allowanceOf(namespaces, base.namespaces),
    hosts: allowanceOf(hosts, base.hosts),
    registries: allowanceOf(registries, base.registries),
    serviceAccounts: accountsOf(serviceAccounts, base.serviceAccounts),
    podSecurity: standardOf(podSecurity, base.podSecurity),
    rules: tolerancesOf(rules, placeOf),
    maxPrune: {
      count: maxPrune?.count ?? base.maxPrune.count,
      share: maxPrune?.share ?? base.maxPrune.share,
    },
  }
}

function allowanceOf(given: PoliciesSpec['hosts'], base: Allowance): Allowance {
  if (given === undefined) return base
  if (given === 'off') return { ...base, level: 'off' }
  if (Array.isArray(given)) return { level: 'error', allow: given }
  return { level: given.level ?? 'error', allow: given.allow }
}

function accountsOf(
  given: PoliciesSpec['serviceAccounts'],
  base: Policies['serviceAccounts'],
): Policies['serviceAccounts'] {
  const roles = typeof given === 'object' && 'roles' in given ? given.roles : undefined
  return { ...allowanceOf(given, base), roles: roles ?? [] }
}

function standardOf(
  given: PoliciesSpec['podSecurity'],
  base: Policies['podSecurity'],
): Policies['podSecurity'] {
  if (given === undefined) return base
  if (given === 'off') return { ...base, level: 'off' }
  if (typeof given === 'string') return { level: 'error', standard: given }
  return { level: given.level ?? 'error', standard: given.standard }
}

function tolerancesOf(
  rules: NonNullable<PoliciesSpec['rules']>,
  placeOf: (path: Path) => Place,
): Policies['rules'] {
  return Object.fromEntries(
    Object.entries(rules).map(([id, { reason }]) => [
      id,
      { reason, place: placeOf(['rules', id]) },
    ]),
  )
}
