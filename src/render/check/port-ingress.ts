import { at, entries, members, text } from '../../object/index.ts'
import type { JsonMap } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { namespaceOf } from './pods.ts'
import { shown } from './read.ts'
import { nameOf } from './rule.ts'
import type { Finding, Rule } from './rule.ts'
import type { View } from './view.ts'

/** Every backend of an Ingress is a Service that is rendered, with that port. */
export const portIngress: Rule = {
  id: 'port-ingress',
  find: view =>
    view
      .ofKind('Ingress')
      .flatMap(ingress =>
        backendsOf(ingress).flatMap(backend => checkBackend({ view, ingress, backend })),
      ),
}

function backendsOf({ object }: Rendering): JsonMap[] {
  const spec = at(object, 'spec')
  const paths = entries(at(spec, 'rules')).flatMap(rule => entries(at(rule, 'http', 'paths')))
  const backends = [...paths.map(path => path['backend']), at(spec, 'defaultBackend')]
  return backends
    .map(backend => members(at(backend, 'service')))
    .filter(service => service['name'] !== undefined)
}

interface Backend {
  view: View
  ingress: Rendering
  backend: JsonMap
}

function checkBackend({ view, ingress, backend }: Backend): Finding[] {
  const name = text(backend['name']) ?? ''
  const service = view.find('Service', namespaceOf(ingress.object), name)
  if (service === undefined) {
    return [
      {
        rendering: ingress,
        field: 'spec.ingress',
        severity: 'warning',
        message: `${nameOf(ingress)} leads to Service ${name}, which is not rendered`,
        remedy: 'See that it exists in the namespace, or name a Service of this endpoint.',
      },
    ]
  }
  const wanted = at(backend, 'port', 'number') ?? at(backend, 'port', 'name')
  const ports = entries(at(service.object, 'spec', 'ports'))
  if (ports.some(port => port['port'] === wanted || port['name'] === wanted)) return []
  const there = ports.map(port => shown(port['port'])).join(', ') || 'none'
  return [
    {
      rendering: ingress,
      field: 'spec.service.port',
      message: `${nameOf(ingress)} leads to port ${shown(wanted)} of ${nameOf(service)}, which has ${there}`,
      remedy: 'Change spec.service.port, which feeds Service and Ingress alike.',
    },
  ]
}
