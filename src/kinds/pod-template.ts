import type { Defaults, PodsOf } from './kind.ts'

/** Of kinds with a template like a Deployment's. */
export const POD_TEMPLATE = {
  spec: ['spec', 'template', 'spec'],
  metadata: ['spec', 'template', 'metadata'],
  replicas: ['spec', 'replicas'],
  strategy: ['spec', 'strategy'],
} as const satisfies PodsOf

/** Where a new template replaces the pods of the one before. */
export function isOfTemplate(path: string): boolean {
  return path.startsWith('spec.template')
}

/**
 * Of kinds with a template like a Deployment's: pkg/apis/{core,apps}/v1/defaults.go of Kubernetes, without what is worked out from
 * other fields.
 */
export const TEMPLATE_DEFAULTS: Defaults = {
  // Of pods.
  dnsPolicy: ['ClusterFirst'],
  restartPolicy: ['Always'],
  schedulerName: ['default-scheduler'],
  terminationGracePeriodSeconds: [30],
  securityContext: [{}],
  enableServiceLinks: [true],
  // Of containers, their ports and probes.
  resources: [{}],
  terminationMessagePath: ['/dev/termination-log'],
  terminationMessagePolicy: ['File'],
  protocol: ['TCP'],
  scheme: ['HTTP'],
  timeoutSeconds: [1],
  periodSeconds: [10],
  successThreshold: [1],
  failureThreshold: [3],
  // Of volumes.
  emptyDir: [{}],
  defaultMode: [420],
  // Of workloads.
  replicas: [1],
  revisionHistoryLimit: [10],
  progressDeadlineSeconds: [600],
  strategy: [{ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }],
  maxSurge: ['25%'],
  maxUnavailable: ['25%'],
  type: ['RollingUpdate'],
}
