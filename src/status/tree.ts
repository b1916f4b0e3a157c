import { equalValues } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import type { LabelSelector, Pod, Workload } from './shapes.ts'
import { timeOf } from './times.ts'
import type { View } from './view.ts'

/** The Deployment controller numbers its ReplicaSets with it; a rollback renumbers the old one. */
const REVISION = 'deployment.kubernetes.io/revision'

/** Their pods are made by what they own. */
const WRAPPERS = new Set(['InferenceService', 'LLMInferenceService', 'LeaderWorkerSet'])

const POD_MAKERS = new Set(['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'])

/** Everything that an object owns, directly or not, by ownerReference UID: owners before what they own. */
export function ownedBy(root: KubeObject, related: View): KubeObject[] {
  const found = new Set<KubeObject>()
  const queue = [...related.ownedBy(root.metadata.uid)]
  for (const object of queue) {
    if (found.has(object)) continue
    found.add(object)
    queue.push(...related.ownedBy(object.metadata.uid))
  }
  return [...found]
}

/** The pods of an object: those it owns (InferenceService → Deployment → ReplicaSet → Pod), for a Service those it selects. */
export function podsOf(object: KubeObject, related: View): Pod[] {
  if (object.kind === 'Pod') return [object]
  if (object.kind === 'Service') return selectedPods(object, related)
  return ownedBy(object, related).filter(({ kind }) => kind === 'Pod')
}

/** The pods of what was written last: of a Deployment's newest ReplicaSet, of a StatefulSet's update revision. */
export function newestPods(object: KubeObject, related: View): Pod[] {
  if (object.kind === 'Pod') return [object]
  return podMakers(object, related).flatMap(maker => {
    const revision = (maker as Workload).status?.updateRevision
    const pods = podsOf(maker, related)
    if (maker.kind !== 'StatefulSet' || revision === undefined) return pods
    return pods.filter(pod => pod.metadata.labels?.['controller-revision-hash'] === revision)
  })
}

/** The Deployments whose rollouts an object goes through: itself, or those that its controller made. */
export function deploymentsOf(object: KubeObject, related: View): Workload[] {
  if (object.kind === 'Deployment') return [object]
  return related.ownedBy(object.metadata.uid).filter(({ kind }) => kind === 'Deployment')
}

/** The PersistentVolumeClaims that a pod mounts. */
export function claimsOf({ spec }: Pod): string[] {
  return (spec?.volumes ?? []).flatMap(each => each.persistentVolumeClaim?.claimName ?? [])
}

/** The controllers that make the newest pods: newest ReplicaSets for Deployments, else the object itself. */
export function podMakers(object: KubeObject, related: View): KubeObject[] {
  if (WRAPPERS.has(object.kind))
    return related.ownedBy(object.metadata.uid).flatMap(child => podMakers(child, related))
  if (object.kind === 'Deployment') {
    const replicaSet = newestReplicaSet(object, related)
    return replicaSet === undefined ? [] : [replicaSet]
  }
  return POD_MAKERS.has(object.kind) ? [object] : []
}

/**
 * The ReplicaSet of a Deployment's present template; undefined while it is not in the view. The revision alone does not
 * tell: watches of two kinds may be out of step, and a write that also scales is observed before its ReplicaSet is made.
 */
export function newestReplicaSet(deployment: Workload, related: View): Workload | undefined {
  return related
    .ownedBy(deployment.metadata.uid)
    .filter((each: Workload) => each.kind === 'ReplicaSet' && isMade(each, deployment))
    .toSorted(newerFirst)[0]
}

/** While one waits, the same two objects are compared again and again: an object that changes is another one. */
const MADE = new WeakMap<Workload, WeakMap<Workload, boolean>>()

function isMade(replicaSet: Workload, deployment: Workload): boolean {
  const known = MADE.get(replicaSet) ?? new WeakMap<Workload, boolean>()
  const answer = known.get(deployment) ?? isMadeFrom(replicaSet, deployment)
  MADE.set(replicaSet, known.set(deployment, answer))
  return answer
}

/** The controller adds a label with the template's hash, and nothing else. */
function isMadeFrom({ spec }: Workload, deployment: Workload): boolean {
  const { template } = spec ?? {}
  const { 'pod-template-hash': hash, ...labels } = template?.metadata?.labels ?? {}
  const bare =
    hash === undefined ? template : { ...template, metadata: { ...template?.metadata, labels } }
  return equalValues(bare, deployment.spec?.template)
}

/** Whether labels satisfy a selector; an empty selector matches everything, as in Kubernetes. */
export function matches(
  selector: LabelSelector,
  labels: Record<string, string> | undefined = {},
): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key]
      if (operator === 'Exists') return value !== undefined
      if (operator === 'DoesNotExist') return value === undefined
      const isListed = value !== undefined && values.includes(value)
      return operator === 'In' ? isListed : !isListed
    })
  )
}

function selectedPods(service: KubeObject, related: View): Pod[] {
  const { selector } = (service['spec'] ?? {}) as { selector?: Record<string, string> }
  if (selector === undefined || Object.keys(selector).length === 0) return []
  return related
    .ofKind('Pod')
    .filter(
      ({ metadata }) =>
        metadata.namespace === service.metadata.namespace &&
        matches({ matchLabels: selector }, metadata.labels),
    )
}

function newerFirst(a: KubeObject, b: KubeObject): number {
  return (
    revisionOf(b) - revisionOf(a) ||
    (timeOf(b.metadata.creationTimestamp) ?? 0) - (timeOf(a.metadata.creationTimestamp) ?? 0)
  )
}

function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.[REVISION] ?? 0)
}
