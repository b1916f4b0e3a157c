import type { Endpoint } from '../src/spec/index.ts'

/**
 * Pod Security "restricted", and a read-only root file system. The user is a number because the kubelet
 * cannot tell whether a named user is root; images that run as root by default then start as well.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
const IDENTITY = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
} as const

const CONFINED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } as const

export function podSecurityOf({ spec }: Endpoint) {
  if (spec.podSecurity === false) return undefined
  // Without OnRootMismatch the kubelet changes the owner of every file of a model volume at each start.
  return { ...IDENTITY, fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' }
}

export function containerSecurityOf({ spec, serving }: Endpoint) {
  if (spec.podSecurity === false) return undefined
  // Servers of serving runtimes write where they like.
  if (serving !== undefined) return CONFINED
  return { ...CONFINED, readOnlyRootFilesystem: true }
}

/** Knative refuses a pod's security context and a mount at /tmp: all on the container, root file system writable. */
export function knativeSecurityOf({ spec }: Endpoint) {
  return spec.podSecurity === false ? undefined : { ...IDENTITY, ...CONFINED }
}
