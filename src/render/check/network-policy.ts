import { NETWORK_POLICY, labelSelector } from '../../kinds/index.ts'
import { at, entries } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { namespaceOf } from './pods.ts'
import { formatPorts, podHasPort } from './ports.ts'
import { shown } from './read.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'
import { strayPods } from './stray-pods.ts'
import type { View } from './view.ts'

/** A NetworkPolicy is about the pods of its endpoint, and opens ports that they have. */
export const networkPolicy: Rule = {
  id: 'network-policy',
  find: view => view.ofKind(NETWORK_POLICY).flatMap(policy => faults(view, policy)),
}

function faults(view: View, policy: Rendering): Findings {
  const selector = labelSelector(at(policy.object, 'spec', 'podSelector'))
  const taken = view.podsIn(namespaceOf(policy.object), selector)
  const wrong = strayPods(policy, selector, taken)
  const common = { rendering: policy, field: 'spec.networkPolicy' }
  if (wrong !== undefined) {
    return {
      ...common,
      message: `${nameOf(policy)} ${wrong}`,
      cause: 'It would protect nothing, or cut others off.',
      remedy: 'Leave its podSelector as it is rendered.',
    }
  }
  const ports = entries(at(policy.object, 'spec', 'ingress')).flatMap(rule =>
    entries(rule['ports']),
  )
  return ports.flatMap(({ port }) => {
    const missing = taken.find(each => !podHasPort(each, port))
    if (port === undefined || missing === undefined) return []
    return {
      ...common,
      message: `${nameOf(policy)} opens port ${shown(port)}, where the pods of ${nameOf(missing.workload)} have ${formatPorts(missing.containers)}`,
      cause: 'Nobody could reach the server.',
      remedy: 'Change spec.port, which feeds policy and container alike.',
    }
  })
}
