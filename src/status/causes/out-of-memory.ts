import { KSERVE } from '../../kinds/index.ts'
import {
  containersOf,
  containerText,
  isAdded,
  lastEnd,
  placeText,
  type PodContainer,
} from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import { exitText } from './exit-code.ts'
import { STORAGE_INITIALIZER } from '../phases.ts'
import { isLooping, type PodCause } from './cause.ts'
import { plural } from '../../words/index.ts'

/** A container was killed because it used more memory than its limit. */
export const outOfMemory: PodCause = (pod, inquiry) => {
  const container = containersOf(pod).find(isOutOfMemory)
  const end = container && lastEnd(container)
  if (container === undefined || end === undefined) return undefined
  const restarts = container.status.restartCount ?? 0
  return {
    cause: 'out-of-memory',
    summary: `${containerText(container)} of pod ${pod.metadata.name} used more memory than its limit${limitText(container)} and was killed`,
    evidence: [`${placeText(container)} ended with ${exitText(end)}`, plural(restarts, 'restart')],
    remedy: addedRemedy(container, inquiry) ?? remedyFor(container),
    ...(isLooping(container) && { outlook: 'hopeless' }),
  }
}

export function isOutOfMemory(container: PodContainer): boolean {
  return lastEnd(container)?.reason === 'OOMKilled'
}

/** Of those who put containers into pods: the annotation by which a pod says their limit. */
const LIMITS_OF_ADDED: Record<string, string> = {
  'gke-gcsfuse-sidecar': 'gke-gcsfuse/memory-limit',
  'istio-proxy': 'sidecar.istio.io/proxyMemoryLimit',
  'linkerd-proxy': 'config.linkerd.io/proxy-memory-limit',
  'vault-agent': 'vault.hashicorp.com/agent-limits-mem',
  [KSERVE.knativeProxy]: 'queue.sidecar.serving.knative.dev/memory-resource-limit',
}

/** The endpoint says nothing of the limit of a container that was added to its pods. */
function addedRemedy(container: PodContainer, inquiry: Inquiry): string | undefined {
  const { name } = container
  const annotation = LIMITS_OF_ADDED[name]
  if (name === STORAGE_INITIALIZER) return undefined
  if (annotation !== undefined && (isAdded(container, inquiry) || name === KSERVE.knativeProxy))
    return `raise its limit by the annotation ${annotation} of the pods`
  return isAdded(container, inquiry)
    ? `container ${name} was added to the pod on its way (by an injector, such as of a service mesh): raise its limit there`
    : undefined
}

/** Only the server has the endpoint's own limit; KServe's ConfigMap: https://github.com/kserve/kserve, config/configmap/inferenceservice.yaml */
function remedyFor({ name, isInit, isSidecar }: PodContainer): string {
  if (name === STORAGE_INITIALIZER)
    return 'raise memoryLimit of storageInitializer in the ConfigMap inferenceservice-config of KServe (kubectl -n kserve edit configmap inferenceservice-config), or of the ClusterStorageContainer that fetches it: the limit is not one of the endpoint'
  if (isSidecar) return `raise the memory limit of sidecar ${name} (sidecars)`
  if (isInit) return `raise the memory limit of init container ${name} (initContainers)`
  return 'raise resources.memory, or make it need less (a smaller model or batch, fewer concurrent requests)'
}

function limitText({ spec }: PodContainer): string {
  const limit = spec.resources?.limits?.['memory']
  return limit === undefined ? '' : ` of ${limit}`
}
