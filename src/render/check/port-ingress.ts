import { SERVICE, kindOf, type Backend } from '../../kinds/index.ts'
import { at, entries } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { namespaceOf } from './pods.ts'
import { shown } from './read.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'
import type { View } from './view.ts'

/** Every backend of an Ingress is a Service that is rendered, with that port. */
export const portIngress: Rule = {
  id: 'port-ingress',
  find: view =>
    view
      .having('route')
      .flatMap(ingress =>
        (kindOf(ingress.object).route?.backends(ingress.object) ?? []).flatMap(backend =>
          checkBackend({ view, ingress, backend }),
        ),
      ),
}

interface Leading {
  view: View
  ingress: Rendering
  backend: Backend
}

function checkBackend({ view, ingress, backend }: Leading): Findings {
  const { name, port: wanted } = backend
  const service = view.find(SERVICE.kind, namespaceOf(ingress.object), name)
  if (service === undefined) {
    return {
      rendering: ingress,
      field: kindOf(ingress.object).field ?? 'spec',
      severity: 'warning',
      message: `${nameOf(ingress)} leads to Service ${name}, which is not rendered`,
      remedy: 'Check that it exists in the namespace, or name a Service of this endpoint.',
    }
  }
  const ports = entries(at(service.object, 'spec', 'ports'))
  if (ports.some(port => port['port'] === wanted || port['name'] === wanted)) return []
  const there = ports.map(port => shown(port['port'])).join(', ') || 'none'
  return {
    rendering: ingress,
    field: 'spec.service.port',
    message: `${nameOf(ingress)} leads to port ${shown(wanted)} of ${nameOf(service)}, which has ${there}`,
    remedy: 'Change spec.service.port, which feeds Service and Ingress alike.',
  }
}
