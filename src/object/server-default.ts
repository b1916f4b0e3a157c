import { equalValues, isMap } from './json.ts'

/** What the API server fills in where nothing is said, by the name of the field. */
const DEFAULTS: Record<string, readonly unknown[]> = {
  initialDelaySeconds: [0],
  successThreshold: [1],
  timeoutSeconds: [1],
  periodSeconds: [10],
  failureThreshold: [3],
  scheme: ['HTTP'],
  terminationMessagePath: ['/dev/termination-log'],
  terminationMessagePolicy: ['File'],
  imagePullPolicy: ['Always', 'IfNotPresent'],
  protocol: ['TCP'],
  apiVersion: ['v1'],
  restartPolicy: ['Always'],
  dnsPolicy: ['ClusterFirst'],
  schedulerName: ['default-scheduler'],
  serviceAccount: ['default'],
  enableServiceLinks: [true],
  revisionHistoryLimit: [10],
  progressDeadlineSeconds: [600],
  defaultMode: [420],
  sessionAffinity: ['None'],
  internalTrafficPolicy: ['Cluster'],
  externalTrafficPolicy: ['Cluster'],
  allocateLoadBalancerNodePorts: [true],
  ipFamilyPolicy: ['SingleStack'],
  ipFamilies: [['IPv4'], ['IPv6']],
  type: ['ClusterIP', 'RollingUpdate'],
  maxSurge: ['25%'],
  maxUnavailable: ['25%'],
  terminationGracePeriodSeconds: [30],
  creationTimestamp: [null],
  replicas: [1],
  minReplicas: [1],
}

/** Whether a field has nothing in it that the API server would not fill in by itself; a map, when that holds for all in it. */
export function isServerDefault(name: string, value: unknown): boolean {
  if (isMap(value))
    return Object.entries(value).every(([key, inner]) => isServerDefault(key, inner))
  const usual = Object.hasOwn(DEFAULTS, name) ? DEFAULTS[name] : undefined
  return usual?.some(each => equalValues(each, value)) === true
}
