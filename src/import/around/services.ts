import { matches, plainSelector, podLabelsOf, SERVICE } from '../../kinds/index.ts'
import { at, entries, type KubeObject } from '../../object/index.ts'

/** Services of the namespace whose selector takes the workload's pods. */
export function servicesOf(workload: KubeObject, others: readonly KubeObject[]): KubeObject[] {
  const labels = podLabelsOf(workload) ?? {}
  return others.filter(other => {
    const isNear =
      other.kind === SERVICE.kind && other.metadata.namespace === workload.metadata.namespace
    const selector = plainSelector(at(other, 'spec', 'selector'))
    return isNear && Object.keys(selector.matchLabels).length > 0 && matches(selector, labels)
  })
}

/** Ports of the pods, by number or name, that Services lead to. */
export function targetsOf(services: readonly KubeObject[]): unknown[] {
  return services.flatMap(service =>
    entries(at(service, 'spec', 'ports')).map(({ targetPort, port }) => targetPort ?? port),
  )
}
