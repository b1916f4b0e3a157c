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

/** Of kinds with a template like a Deployment's: pkg/apis/{core,apps}/v1/defaults.go of Kubernetes. */
export const TEMPLATE_DEFAULTS: Defaults = {
  // Of pods; a restart policy of a container makes it a sidecar.
  'spec.restartPolicy': ['Always'],
  dnsPolicy: ['ClusterFirst'],
  schedulerName: ['default-scheduler'],
  terminationGracePeriodSeconds: [30],
  // Of pods; an empty one of a container stays as somebody wrote it.
  'spec.securityContext': [{}],
  enableServiceLinks: [true],
  // The older name of serviceAccountName (pkg/apis/core/v1/conversion.go).
  serviceAccount: ({ serviceAccountName = 'default' }) => [serviceAccountName],
  creationTimestamp: [null],
  // Of containers, their ports, variables and probes.
  imagePullPolicy: ({ image }) => (typeof image === 'string' ? [pullPolicyOf(image)] : []),
  resources: [{}],
  terminationMessagePath: ['/dev/termination-log'],
  terminationMessagePolicy: ['File'],
  protocol: ['TCP'],
  'fieldRef.apiVersion': ['v1'],
  scheme: ['HTTP'],
  'grpc.service': [''],
  // What is 0 is not written.
  initialDelaySeconds: [0],
  timeoutSeconds: [1],
  periodSeconds: [10],
  successThreshold: [1],
  failureThreshold: [3],
  // Of volumes.
  emptyDir: [{}],
  defaultMode: [420],
  'serviceAccountToken.expirationSeconds': [3600],
  'hostPath.type': [''],
  volumeMode: ['Filesystem'],
  // Of workloads.
  replicas: [1],
  revisionHistoryLimit: [10],
  progressDeadlineSeconds: [600],
  strategy: [{ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }],
  maxSurge: ['25%'],
  maxUnavailable: ['25%'],
  type: ['RollingUpdate'],
}

/** Always for the tag `latest`, which is meant where there is neither a tag nor a digest. */
function pullPolicyOf(image: string): string {
  const name = image.slice(image.lastIndexOf('/') + 1)
  const isLatest = !name.includes('@') && (!name.includes(':') || name.endsWith(':latest'))
  return isLatest ? 'Always' : 'IfNotPresent'
}
