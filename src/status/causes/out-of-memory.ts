import { containersOf, containerText, lastEnd, placeText } from '../containers.ts'
import type { PodContainer } from '../containers.ts'
import { exitText } from './exit-code.ts'
import { STORAGE_INITIALIZER } from '../phases.ts'
import { RESTARTS } from './cause.ts'
import type { PodCause } from './cause.ts'
import { plural } from '../../words/index.ts'

/** A container was killed because it used more memory than its limit. */
export const outOfMemory: PodCause = pod => {
  const container = containersOf(pod).find(isOutOfMemory)
  const end = container && lastEnd(container)
  if (container === undefined || end === undefined) return undefined
  const restarts = container.status.restartCount ?? 0
  const isLooping = container.status.state?.waiting?.reason === 'CrashLoopBackOff'
  return {
    cause: 'out-of-memory',
    summary: `${containerText(container)} of pod ${pod.metadata.name} used more memory than its limit${limitText(container)} and was killed`,
    evidence: [`${placeText(container)} ended with ${exitText(end)}`, plural(restarts, 'restart')],
    remedy: remedyFor(container),
    ...(isLooping && restarts >= RESTARTS && { outlook: 'hopeless' }),
  }
}

export function isOutOfMemory(container: PodContainer): boolean {
  return lastEnd(container)?.reason === 'OOMKilled'
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
