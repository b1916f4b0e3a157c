import { entries } from '../../object/index.ts'
import { nameOfContainer } from './ports.ts'
import { shown } from './read.ts'
import { nameOf, type Rule } from './rule.ts'

/** Containers of a pod share one network: no two listen on one port. */
export const containerPortDuplicate: Rule = {
  id: 'container-port-duplicate',
  find: view =>
    view.pods.flatMap(({ workload, containers }) => {
      const ports = containers.flatMap(container =>
        entries(container['ports']).map(port => ({
          key: `${shown(port['containerPort'])}/${shown(port['protocol'] ?? 'TCP')}`,
          container: nameOfContainer(container),
        })),
      )
      const groups = [...Map.groupBy(ports, ({ key }) => key)]
      return groups
        .filter(([, same]) => same.length > 1)
        .map(([key, same]) => ({
          rendering: workload,
          field: 'spec.port',
          message: `${nameOf(workload)} has port ${key} ${same.length} times (containers ${same.map(port => port.container).join(', ')})`,
          cause: 'Containers of one pod share its ports: the second to start would fail.',
          remedy: 'Give each container a port of its own.',
        }))
    }),
}
