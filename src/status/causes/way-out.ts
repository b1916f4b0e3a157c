import { NETWORK_POLICY, matches, selectorOf } from '../../kinds/index.ts'
import { at, entries, type KubeObject } from '../../object/index.ts'
import { listOf } from '../../words/index.ts'
import type { Pod } from '../shapes.ts'
import type { View } from '../view.ts'

/** How NetworkPolicies of the namespace limit where a pod's packets may go. */
export interface WayOut {
  /** By name; all of them count together. */
  policies: string[]
  /** Nothing goes out; no name is resolved; names are, and that is all; or it goes out to what they name. */
  is: 'closed' | 'without DNS' | 'only DNS' | 'limited'
}

const DNS = 53

/**
 * Undefined where no policy limits it. What several policies allow adds up, and one counts for the way out if it says so, or has rules for it:
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function wayOut(pod: Pod, related: View): WayOut | undefined {
  const limiting = related.ofKind(NETWORK_POLICY).filter(policy => isAbout(policy, pod))
  if (limiting.length === 0) return undefined
  const rules = limiting.flatMap(policy => entries(at(policy, 'spec', 'egress')))
  const policies = limiting.map(({ metadata }) => metadata.name).toSorted()
  if (rules.some(rule => isOpen(rule['ports']) && isOpen(rule['to']))) return undefined
  if (rules.length === 0) return { policies, is: 'closed' }
  if (!rules.some(({ ports }) => hasDns(ports))) return { policies, is: 'without DNS' }
  return { policies, is: rules.every(({ ports }) => isDns(ports)) ? 'only DNS' : 'limited' }
}

export function wayOutText({ policies, is }: WayOut): string {
  const who = `NetworkPolicy ${listOf(policies)}`
  const isOne = policies.length === 1
  if (is === 'closed') return `${who} ${isOne ? 'blocks' : 'block'} all egress of the pod`
  const missing = is === 'without DNS' ? ', which do not include port 53 (DNS)' : ''
  return `${who} ${isOne ? 'allows' : 'allow'} egress of the pod only to the destinations of ${isOne ? 'its' : 'their'} rules${missing}`
}

function isAbout(policy: KubeObject, { metadata }: Pod): boolean {
  if (policy.metadata.namespace !== metadata.namespace) return false
  const types = at(policy, 'spec', 'policyTypes')
  const isEgress = Array.isArray(types)
    ? types.includes('Egress')
    : at(policy, 'spec', 'egress') !== undefined
  const selector = selectorOf(policy)
  return isEgress && selector !== undefined && matches(selector, metadata.labels ?? {})
}

/** What a rule leaves out, it does not limit. */
function isOpen(list: unknown): boolean {
  return !Array.isArray(list) || list.length === 0
}

function isDns(ports: unknown): boolean {
  return (
    !isOpen(ports) &&
    entries(ports).every(({ port, endPort }) => port === DNS && endPort === undefined)
  )
}

function hasDns(ports: unknown): boolean {
  if (isOpen(ports)) return true
  return entries(ports).some(({ port, endPort }) => {
    // A port by name is one of the pods that it leads to, and may be that of DNS.
    if (typeof port !== 'number') return true
    return port === DNS || (typeof endPort === 'number' && port < DNS && endPort >= DNS)
  })
}
