import { kindOf } from '../../kinds/index.ts'
import { groupOf } from '../../object/index.ts'
import { namespaceOf } from './pods.ts'
import { nameOf } from './rule.ts'
import type { Rule } from './rule.ts'

/** An autoscaler scales a workload of its own endpoint that is rendered, and whose number of replicas is not sent as well. */
export const hpaTarget: Rule = {
  id: 'hpa-target',
  find: view =>
    view.having('scales').flatMap(autoscaler => {
      const target = kindOf(autoscaler.object).scales?.(autoscaler.object)
      const { apiVersion = '', kind = '', name = '' } = target ?? {}
      const found = view.find(kind, namespaceOf(autoscaler.object), name)
      // One of one's own may scale what another set, or another controller, has.
      if (autoscaler.endpoint.isManifest === true) return []
      const group = groupOf(apiVersion)
      const own = found?.endpoint.name === autoscaler.endpoint.name
      if (found !== undefined && own && groupOf(found.object.apiVersion) === group) return []
      return {
        rendering: autoscaler,
        field: 'spec.scaling',
        message: `${nameOf(autoscaler)} scales ${kind} ${name}, which this endpoint does not have`,
        remedy: 'Leave scaleTargetRef as it is rendered.',
      }
    }),
}
