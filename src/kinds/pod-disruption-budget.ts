import type { Kind } from './kind.ts'

export const POD_DISRUPTION_BUDGET: Kind = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  wave: 'traffic',
  isRendered: true,
  suffix: '-pdb',
  field: 'spec.disruptionBudget',
  isLeaf: () => true,
  isReadyWhenStored: true,
  selects: { path: ['spec', 'selector'], loss: 'no longer protects its pods' },
}
