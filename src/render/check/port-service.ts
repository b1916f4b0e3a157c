import { SERVICE, plainSelector } from '../../kinds/index.ts'
import { at, entries } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { namespaceOf } from './pods.ts'
import { formatPorts, podHasPort } from './ports.ts'
import { shown } from './read.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'
import type { View } from './view.ts'

/** Every port of a Service leads to a port that the selected pods have (K1). */
export const portService: Rule = {
  id: 'port-service',
  find: view => view.ofKind(SERVICE).flatMap(service => strayTargets(view, service)),
}

function strayTargets(view: View, service: Rendering): Findings {
  const selector = at(service.object, 'spec', 'selector')
  if (selector === undefined) return []
  const pods = view.podsIn(namespaceOf(service.object), plainSelector(selector))
  return entries(at(service.object, 'spec', 'ports')).flatMap(port => {
    const target = port['targetPort'] ?? port['port']
    const missing = pods.find(each => !podHasPort(each, target))
    if (missing === undefined) return []
    return {
      rendering: service,
      field: 'spec.port',
      message: `port ${shown(port['port'])} of ${nameOf(service)} leads to port ${shown(target)}, where the pods of ${nameOf(missing.workload)} have ${formatPorts(missing.containers)}`,
      cause: 'Clients of the Service would be refused.',
      remedy: 'Change spec.port, which feeds the Service and the container alike.',
    }
  })
}
