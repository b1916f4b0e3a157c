import { equalValues } from '../../object/index.ts'

/**
 * What the API server puts where nothing is said: pkg/apis/{core,apps,autoscaling}/v1/defaults.go of Kubernetes. Not with what is
 * worked out from other fields, and not of kinds that others define.
 */
const DEFAULTS: Record<string, readonly unknown[]> = {
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
  // Of Services.
  type: ['ClusterIP', 'RollingUpdate'],
  sessionAffinity: ['None'],
  internalTrafficPolicy: ['Cluster'],
  // Of autoscalers.
  minReplicas: [1],
}

const KINDS = new Set(['Deployment', 'StatefulSet', 'Service', 'HorizontalPodAutoscaler'])

/** Maps whose keys are anybody's words. */
const FREE = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'selector',
  'nodeSelector',
  'limits',
  'requests',
])

export interface FieldPlace {
  kind: string
  /** Field that the map is in; undefined at the top. */
  parent: string | undefined
  name: string
}

/** Whether the API server would put the value back where nobody says it any more. */
export function isDefault({ kind, parent = '', name }: FieldPlace, value: unknown): boolean {
  if (!KINDS.has(kind) || FREE.has(parent) || !Object.hasOwn(DEFAULTS, name)) return false
  return DEFAULTS[name]?.some(each => equalValues(each, value)) === true
}
