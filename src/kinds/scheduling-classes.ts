import type { Kind } from './kind.ts'

export const PRIORITY_CLASS: Kind = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  wave: 'configuration',
  isReadyWhenStored: true,
  needed: {
    consequence: 'no pod is created without it',
    field: () => 'spec.scheduling.priorityClass',
  },
}

export const RUNTIME_CLASS: Kind = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  wave: 'configuration',
  isReadyWhenStored: true,
  needed: {
    consequence: 'no pod is created without it',
    field: () => 'spec.scheduling.runtimeClass',
  },
}
