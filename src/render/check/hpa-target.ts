import { at, groupOf, text } from '../../object/index.ts'
import { namespaceOf } from './pods.ts'
import { nameOf } from './rule.ts'
import type { Rule } from './rule.ts'

/** An autoscaler scales a workload of its own endpoint that is rendered, and whose number of replicas is not sent as well. */
export const hpaTarget: Rule = {
  id: 'hpa-target',
  find: view =>
    view.ofKind('HorizontalPodAutoscaler').flatMap(autoscaler => {
      const target = at(autoscaler.object, 'spec', 'scaleTargetRef')
      const [kind, name] = [text(at(target, 'kind')) ?? '', text(at(target, 'name')) ?? '']
      const found = view.find(kind, namespaceOf(autoscaler.object), name)
      const group = groupOf(text(at(target, 'apiVersion')) ?? '')
      const own = found?.endpoint === autoscaler.endpoint
      if (found !== undefined && own && groupOf(found.object.apiVersion) === group) return []
      return {
        rendering: autoscaler,
        field: 'spec.scaling',
        message: `${nameOf(autoscaler)} scales ${kind} ${name}, which this endpoint does not have`,
        remedy: 'Leave scaleTargetRef as it is rendered.',
      }
    }),
}
