import { KSERVE, isKserve } from '../../kinds/index.ts'
import { nameOfContainer } from './ports.ts'
import { nameOf, type Rule } from './rule.ts'

/** KServe takes the first container for the model server, and calls it kserve-container (K10). */
export const kserveContainerFirst: Rule = {
  id: 'kserve-container-first',
  find: view =>
    view.pods.flatMap(({ workload, containers }) => {
      const names = containers.map(nameOfContainer)
      if (!isKserve(workload.object) || names[0] === KSERVE.container) return []
      return {
        rendering: workload,
        field: 'spec.runtime',
        message: `the first container of ${nameOf(workload)} is ${names[0] ?? 'missing'}, not ${KSERVE.container}`,
        cause:
          'KServe renames the first container, and fails with "Duplicate value" when another has that name.',
        remedy: `Put further containers after ${KSERVE.container}.`,
      }
    }),
}
