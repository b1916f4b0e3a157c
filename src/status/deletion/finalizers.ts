import { PERSISTENT_VOLUME_CLAIM, POD, isOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import { listOf } from '../../words/index.ts'

/** Who normally takes a finalizer off, and where to look when that does not happen. */
export interface FinalizerOwner {
  who: string
  remedy: string
}

const GARBAGE_COLLECTOR: FinalizerOwner = {
  who: 'the garbage collector, once everything that it owns is gone',
  remedy:
    'look at what it owns and what holds that; the garbage collector is part of kube-controller-manager',
}

const OWNERS: (FinalizerOwner & { pattern: RegExp })[] = [
  { pattern: /^foregroundDeletion$/, ...GARBAGE_COLLECTOR },
  {
    pattern: /^orphan$/,
    who: 'the garbage collector, once nothing refers to it',
    remedy: GARBAGE_COLLECTOR.remedy,
  },
  {
    pattern: /^inferenceservice\.finalizers$|serving\.kserve\.io/,
    who: 'the KServe controller',
    remedy:
      'check that it runs (kubectl -n kserve get deployment kserve-controller-manager): the deletion goes on within seconds when it is back',
  },
  {
    pattern: /^kubernetes\.io\/pvc-protection$/,
    who: 'kube-controller-manager, once no pod uses the claim',
    remedy: 'end the pods that use the claim',
  },
  {
    pattern: /^kubernetes\.io\/pv-protection$/,
    who: 'kube-controller-manager, once no claim is bound to it',
    remedy: 'delete the claim first',
  },
  {
    pattern: /^service\.kubernetes\.io\/load-balancer-cleanup$|^service\.k8s\.aws\//,
    who: 'the controller of the load balancer',
    remedy: 'look at the events of the Service and at the cloud controller manager',
  },
  {
    pattern: /ingress\.k8s\.aws|networking\.gke\.io/,
    who: 'the ingress controller of the cloud',
    remedy: 'look at that controller and its events',
  },
  {
    pattern: /^batch\.kubernetes\.io\/job-tracking$/,
    who: 'the Job controller',
    remedy: 'look at the Job of the pod and at kube-controller-manager',
  },
  {
    pattern: /^customresourcecleanup\.apiextensions\.k8s\.io$/,
    who: 'the API server, once all objects of the kind are gone',
    remedy: 'look for objects of the kind that have finalizers of their own',
  },
  {
    pattern: /argoproj\.io$/,
    who: 'Argo CD',
    remedy: 'look at the Application in Argo CD and its controller',
  },
  { pattern: /fluxcd\.io$/, who: 'Flux', remedy: 'look at the Flux controller of that kind' },
  {
    pattern: /keda\.sh$/,
    who: 'the KEDA operator',
    remedy: 'check that it runs: kubectl -n keda get deployments',
  },
]

/** Those of the garbage collector, and those that guard data: while a claim is in use, while a kind has objects. */
const NEVER_FORCED = new Set([
  'foregroundDeletion',
  'orphan',
  'kubernetes.io/pvc-protection',
  'kubernetes.io/pv-protection',
  'customresourcecleanup.apiextensions.k8s.io',
])

/** Finalizers that the garbage collector takes off: a step of every deletion, not what holds it. */
export function foreignFinalizers({ metadata }: KubeObject): string[] {
  return (metadata.finalizers ?? []).filter(
    finalizer => finalizer !== 'foregroundDeletion' && finalizer !== 'orphan',
  )
}

/** Finalizers that may be taken off where nobody will ever do what they wait for. */
export function forcibleFinalizers({ metadata }: KubeObject): string[] {
  return (metadata.finalizers ?? []).filter(finalizer => !NEVER_FORCED.has(finalizer))
}

/** What helps where a finalizer may be forced: its owner first. Undefined where none may. */
export function finalizerRemedy(object: KubeObject): string | undefined {
  const [first] = forcibleFinalizers(object)
  if (first === undefined) return undefined
  return `${ownerOf(first).remedy}; only when nobody will ever do it, --force-finalizers takes it off`
}

/** Who normally takes off those that may be forced. */
export function finalizerOwners(object: KubeObject): string {
  return listOf([...new Set(forcibleFinalizers(object).map(each => ownerOf(each).who))])
}

export function ownerOf(finalizer: string): FinalizerOwner {
  const known = OWNERS.find(({ pattern }) => pattern.test(finalizer))
  if (known !== undefined) return known
  const domain = finalizer.split('/')[0] ?? finalizer
  return {
    who: `the controller of ${domain}`,
    remedy: 'find out which controller that is, and check that it runs',
  }
}

/** For a claim: the pods in view that still use it. */
export function claimUsers(object: KubeObject, { related }: Inquiry): string | undefined {
  if (!isOf(object, PERSISTENT_VOLUME_CLAIM)) return undefined
  const users = related
    .ofKind(POD)
    .filter(pod => usesClaim(pod, object))
    .map(({ metadata }) => metadata.name)
  return users.length === 0 ? undefined : `pod ${listOf(users)}`
}

function usesClaim(pod: Pod, { metadata }: KubeObject): boolean {
  return (
    pod.metadata.namespace === metadata.namespace &&
    (pod.spec?.volumes ?? []).some(
      volume => volume.persistentVolumeClaim?.claimName === metadata.name,
    )
  )
}
