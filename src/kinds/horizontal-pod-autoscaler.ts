import { at, number, text } from '../object/index.ts'
import type { Kind } from './kind.ts'

/** Its conditions tell of a write only with its next look, some 15 s later: an apply does not wait for them. */
export const HORIZONTAL_POD_AUTOSCALER: Kind = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  wave: 'traffic',
  isRendered: true,
  suffix: '-hpa',
  isLeaf: () => true,
  isReadyWhenStored: true,
  atomic: ['metrics', 'policies'],
  // pkg/apis/autoscaling/v2/defaults.go of Kubernetes.
  defaults: { minReplicas: [1] },
  scales: autoscaler => ({
    apiVersion: text(at(autoscaler, 'spec', 'scaleTargetRef', 'apiVersion')),
    kind: text(at(autoscaler, 'spec', 'scaleTargetRef', 'kind')),
    name: text(at(autoscaler, 'spec', 'scaleTargetRef', 'name')),
    min: number(at(autoscaler, 'spec', 'minReplicas')) ?? 1,
    max: number(at(autoscaler, 'spec', 'maxReplicas')),
  }),
}
