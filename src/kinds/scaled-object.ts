import { at, number, text } from '../object/index.ts'
import type { Kind } from './kind.ts'

/** Of KEDA, which makes a HorizontalPodAutoscaler of it; defaults are its own (https://keda.sh/docs/2.18/reference/scaledobject-spec/). */
export const SCALED_OBJECT: Kind = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  wave: 'traffic',
  isRendered: true,
  suffix: '-scaler',
  makes: [{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' }],
  atomic: ['triggers'],
  scales: scaled => ({
    apiVersion: text(at(scaled, 'spec', 'scaleTargetRef', 'apiVersion')) ?? 'apps/v1',
    kind: text(at(scaled, 'spec', 'scaleTargetRef', 'kind')) ?? 'Deployment',
    name: text(at(scaled, 'spec', 'scaleTargetRef', 'name')),
    min: number(at(scaled, 'spec', 'minReplicaCount')) ?? 0,
    max: number(at(scaled, 'spec', 'maxReplicaCount')) ?? 100,
  }),
}
