import {
  DEPLOYMENT,
  LLM_INFERENCE_SERVICE,
  MADE_OF_LLM,
  POD,
  REPLICA_SET,
  SERVICE,
  STATEFUL_SET,
  isEmpty,
  isKserve,
  isOf,
  kindOf,
  matches,
  selectorOf,
} from '../kinds/index.ts'
import { equalValues, type KubeObject } from '../object/index.ts'
import { newestRevisions } from './kserve/revisions.ts'
import type { Pod, Workload } from './shapes.ts'
import { timeOf } from './times.ts'
import type { View } from './view.ts'

/** The Deployment controller numbers its ReplicaSets with it; a rollback renumbers the old one. */
const REVISION = 'deployment.kubernetes.io/revision'

/** Everything that an object owns, directly or not, by ownerReference UID: owners before what they own. */
export function ownedBy(root: KubeObject, related: View): KubeObject[] {
  const found = new Set<KubeObject>()
  const revisions = isKserve(root) ? related.revisionsOf(root) : []
  const queue = [...related.ownedBy(root.metadata.uid), ...revisions]
  for (const object of queue) {
    if (found.has(object)) continue
    found.add(object)
    queue.push(...related.ownedBy(object.metadata.uid))
  }
  return [...found]
}

/** The pods of an object: those it owns (InferenceService → Deployment → ReplicaSet → Pod, in Knative mode by way of a revision), for a Service those it selects. */
export function podsOf(object: KubeObject, related: View): Pod[] {
  if (isOf(object, POD)) return [object]
  if (isOf(object, SERVICE)) return selectedPods(object, related)
  return [
    ...ownedBy(object, related).filter(each => isOf(each, POD)),
    ...groupedPods(object, related),
  ]
}

/** A LeaderWorkerSet and the StatefulSets that it makes are not read: labels lead to the pods of an LLMInferenceService on several nodes. */
export function groupedPods(object: KubeObject, related: View): Pod[] {
  if (!isOf(object, LLM_INFERENCE_SERVICE)) return []
  const [partOf = '', llm] = MADE_OF_LLM.split('=')
  return related.ofKind(POD).filter(({ metadata: { namespace, labels = {} } }) => {
    const isOfIt = labels[partOf] === llm && labels[APP_NAME] === object.metadata.name
    return isOfIt && GROUP in labels && namespace === object.metadata.namespace
  })
}

const APP_NAME = 'app.kubernetes.io/name'
/** https://lws.sigs.k8s.io/docs/reference/labels-annotations-and-environment-variables/ */
const GROUP = 'leaderworkerset.sigs.k8s.io/name'

/** The pods of what was written last: of a Deployment's newest ReplicaSet, of a StatefulSet's update revision. */
export function newestPods(object: KubeObject, related: View): Pod[] {
  if (isOf(object, POD)) return [object]
  const made = podMakers(object, related).flatMap(maker => {
    const revision = (maker as Workload).status?.updateRevision
    const pods = podsOf(maker, related)
    if (!isOf(maker, STATEFUL_SET) || revision === undefined) return pods
    return pods.filter(pod => pod.metadata.labels?.['controller-revision-hash'] === revision)
  })
  return [...made, ...groupedPods(object, related)]
}

/** The Deployments whose rollouts an object goes through: itself, or those that its controller made. */
export function deploymentsOf(object: KubeObject, related: View): Workload[] {
  if (isOf(object, DEPLOYMENT)) return [object]
  return newestMade(object, related).filter(each => isOf(each, DEPLOYMENT))
}

/**
 * The PersistentVolumeClaims that a pod mounts; that of an ephemeral volume is named for pod and volume:
 * https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#persistentvolumeclaim-naming
 */
export function claimsOf({ metadata, spec }: Pod): string[] {
  return (spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) =>
    ephemeral === undefined ? (persistentVolumeClaim?.claimName ?? []) : `${metadata.name}-${name}`,
  )
}

/** The controllers that make the newest pods: newest ReplicaSets for Deployments, else the object itself. */
export function podMakers(object: KubeObject, related: View): KubeObject[] {
  if (isOf(object, DEPLOYMENT)) {
    const replicaSet = newestReplicaSet(object, related)
    return replicaSet === undefined ? [] : [replicaSet]
  }
  const { makes = [], wave } = kindOf(object)
  if (makes.length > 0 && makes.every(type => isOf(type, POD))) return [object]
  // What is no workload (a CronJob) makes pods that say nothing of it.
  if (makes.length === 0 || wave !== 'workload') return []
  return newestMade(object, related).flatMap(child => podMakers(child, related))
}

/** What the controller of an object made of it; of Knative's revisions the newest. */
function newestMade(object: KubeObject, related: View): KubeObject[] {
  const owned = related.ownedBy(object.metadata.uid)
  return isKserve(object) ? [...owned, ...newestRevisions(object, related)] : [...owned]
}

/**
 * The ReplicaSet of a Deployment's present template; undefined while it is not in the view. The revision alone does not
 * tell: watches of two kinds may be out of step, and a write that also scales is observed before its ReplicaSet is made.
 */
export function newestReplicaSet(deployment: Workload, related: View): Workload | undefined {
  return related
    .ownedBy(deployment.metadata.uid)
    .filter((each: Workload) => isOf(each, REPLICA_SET) && isMade(each, deployment))
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

function selectedPods(service: KubeObject, related: View): Pod[] {
  const selector = selectorOf(service)
  if (selector === undefined || isEmpty(selector)) return []
  return related
    .ofKind(POD)
    .filter(
      ({ metadata }) =>
        metadata.namespace === service.metadata.namespace &&
        matches(selector, metadata.labels ?? {}),
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
