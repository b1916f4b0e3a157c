import { kindOf } from '../../kinds/index.ts'
import { at } from '../../object/index.ts'
import { namespaceOf } from './pods.ts'
import { shown } from './read.ts'
import { nameOf, type Rule } from './rule.ts'

/** Where an autoscaler decides the number of replicas, nobody else sends one. */
export const hpaReplicas: Rule = {
  id: 'hpa-replicas',
  find: view =>
    view.having('scales').flatMap(autoscaler => {
      const target = kindOf(autoscaler.object).scales?.(autoscaler.object)
      const { kind = '', name = '' } = target ?? {}
      const workload = view.find(kind, namespaceOf(autoscaler.object), name)
      const replicas = at(workload?.object, 'spec', 'replicas')
      if (workload === undefined || replicas === undefined) return []
      const isOwn = autoscaler.endpoint.isManifest === true
      return {
        rendering: workload,
        field: isOwn ? 'spec.replicas' : 'spec.scaling',
        message: `${nameOf(workload)} sets replicas ${shown(replicas)}, which ${nameOf(autoscaler)} decides`,
        cause: 'Every apply would undo the autoscaler.',
        remedy: isOwn
          ? 'Scale by spec.scaling instead; or take the number out, by "patches: [{target: {kind: Deployment}, json: [{op: remove, path: /spec/replicas}]}]".'
          : 'Use spec.scaling.min instead of replicas.',
      }
    }),
}
