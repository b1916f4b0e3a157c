import {
  SERVICE,
  SERVICE_MONITOR,
  labelSelector,
  matches,
  podAnnotationsOf,
} from '../../kinds/index.ts'
import { at, entries, text, texts } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { namespaceOf, type Pods } from './pods.ts'
import { formatPorts, podHasPort } from './ports.ts'
import { shown } from './read.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'
import type { View } from './view.ts'

/** What Prometheus is told to scrape is there (K1). */
export const portMetrics: Rule = {
  id: 'port-metrics',
  find: view => [
    view.ofKind(SERVICE_MONITOR).map(monitor => monitorFaults(view, monitor)),
    view.pods.map(annotationFaults),
  ],
}

const REMEDY = 'Change spec.port or spec.metrics instead of patching one of the two objects.'

function monitorFaults(view: View, monitor: Rendering): Findings {
  const selector = labelSelector(at(monitor.object, 'spec', 'selector'))
  const services = view
    .ofKind(SERVICE)
    .filter(({ object }) => namespaceOf(object) === namespaceOf(monitor.object))
    .filter(({ object }) => matches(selector, texts(at(object, 'metadata', 'labels'))))
  const names = services.flatMap(({ object }) =>
    entries(at(object, 'spec', 'ports')).map(({ name }) => name),
  )
  return entries(at(monitor.object, 'spec', 'endpoints'))
    .filter(({ port }) => !names.includes(port))
    .map(({ port }) => ({
      rendering: monitor,
      field: 'spec.metrics',
      message: `${nameOf(monitor)} scrapes port ${shown(port)}, and the Services that it selects have ${names.length === 0 ? 'none' : names.map(shown).join(', ')}`,
      cause: 'Prometheus would find no target.',
      remedy: REMEDY,
    }))
}

function annotationFaults(pods: Pods): Findings {
  const { workload, containers } = pods
  const port = text(podAnnotationsOf(workload.object)['prometheus.io/port'])
  if (port === undefined || podHasPort(pods, Number(port))) return []
  return {
    rendering: workload,
    field: 'spec.metrics',
    message: `the pods of ${nameOf(workload)} are annotated to be scraped at port ${port}, and have ${formatPorts(containers)}`,
    cause: 'Prometheus would be refused.',
    remedy: REMEDY,
  }
}
